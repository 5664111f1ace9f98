// What floats in the air goes out: seeds by day, fireflies at dusk, stars at night. One draw call each, all moved by the shader.
import {
  AdditiveBlending,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  NormalBlending,
  PlaneGeometry,
  ShaderMaterial,
  Vector3,
} from 'three';
import type { Chance } from '../wire/chance';
import type { Air } from './air';
import { Appearing, type Args, type Around, ON, type Prop } from './prop';
import type { Touchable } from './reach';

type Kind = 'seeds' | 'fireflies' | 'stars';
const MANY: Readonly<Record<Kind, number>> = { seeds: 36, fireflies: 34, stars: 420 };
/** How often a firefly glows up, in turns a second: a slow breath (X10). */
export const FIREFLY_HZ = 0.16;
export const TWINKLE_HZ = 0.3;

const PLACES: Readonly<Record<Kind, string>> = {
  seeds: /* glsl */ `
vec3 drift = vec3(0.22, 0.02, 0.09) * uTime + 0.35 * vec3(sin(uTime * 0.31 + seed.w * 9.0), 0.5 * sin(uTime * 0.47 + seed.w * 5.0), cos(uTime * 0.27 + seed.w * 7.0));
vec3 place = vec3(mod(seed.x * 14.0 + drift.x - uFocus.x + 7.0, 14.0) - 7.0 + uFocus.x, 0.35 + mod(seed.y * 2.6 + drift.y, 2.6), mod(seed.z * 14.0 + drift.z - uFocus.z + 7.0, 14.0) - 7.0 + uFocus.z);
float size = 0.011 + 0.009 * seed.w;
float bright = 0.5 * smoothstep(0.9, 2.0, distance(place, cameraPosition));`,
  fireflies: /* glsl */ `
float own = uTime * (0.14 + 0.1 * seed.w);
vec3 place = uFocus + vec3((seed.x - 0.5) * 9.0 + 0.7 * sin(own * 2.3 + seed.z * 20.0), 0.3 + 1.7 * seed.y + 0.3 * sin(own * 3.1 + seed.x * 11.0), (seed.z - 0.5) * 9.0 + 0.7 * cos(own * 2.7 + seed.y * 17.0));
float size = 0.075;
float bright = pow(0.5 + 0.5 * sin(6.2832 * (uTime * ${FIREFLY_HZ.toFixed(2)} + seed.w)), 2.0) * smoothstep(0.7, 1.6, distance(place, cameraPosition));`,
  stars: /* glsl */ `
float turn = seed.x * 6.2832;
float up = 0.07 + 0.93 * pow(seed.y, 0.8);
vec3 place = cameraPosition + 300.0 * vec3(cos(turn) * sqrt(1.0 - up * up), up, sin(turn) * sqrt(1.0 - up * up));
float size = 0.9 + 2.2 * seed.z * seed.z * seed.z * seed.z;
float bright = (0.35 + 0.65 * seed.z) * (0.86 + 0.14 * sin(6.2832 * (uTime * ${TWINKLE_HZ.toFixed(2)} + seed.w))) * smoothstep(0.05, 0.25, up);`,
};

const COLOURS: Readonly<Record<Kind, string>> = {
  seeds: 'vec4 colour = vec4(mix(uRim, uGlow, 0.6) * 1.2, pow(soft, 0.8) * vBright * uOn);',
  fireflies: 'vec4 colour = vec4(vec3(0.78, 0.9, 0.3) * (pow(soft, 3.0) * 0.55 + pow(soft, 16.0) * 1.3) * vBright * uOn, 1.0);',
  stars: 'vec4 colour = vec4(mix(vec3(1.0, 0.9, 0.74), vec3(0.85, 0.9, 1.0), vTint) * (pow(soft, 4.0) * 0.9) * vBright * uOn, 1.0);',
};

export class Motes implements Prop {
  readonly states = ON;
  readonly object: Mesh;
  readonly touchables: readonly Touchable[] = [];
  readonly #appearing: Appearing;
  readonly #on = { value: 0 };
  readonly #focus = { value: new Vector3() };

  constructor(
    readonly name: Kind,
    air: Air,
    chance: Chance,
  ) {
    this.#appearing = new Appearing(name === 'seeds' ? 0.5 : 0.14);
    const plane = new PlaneGeometry(1, 1);
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute('position', plane.getAttribute('position'));
    geometry.setIndex(plane.index);
    const seeds = new Float32Array(MANY[name] * 4).map(() => chance.next());
    geometry.setAttribute('seed', new InstancedBufferAttribute(seeds, 4));
    geometry.instanceCount = MANY[name];
    const material = new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      blending: name === 'seeds' ? NormalBlending : AdditiveBlending,
      uniforms: { ...air.uniforms, uOn: this.#on, uFocus: this.#focus },
      vertexShader: /* glsl */ `
attribute vec4 seed; uniform float uTime; uniform vec3 uFocus; varying vec2 vAt; varying float vBright; varying float vTint;
void main() {
  ${PLACES[name]}
  vAt = position.xy * 2.0; vBright = bright; vTint = fract(seed.w * 7.0);
  vec4 centre = viewMatrix * vec4(place, 1.0);
  centre.xy += position.xy * size;
  gl_Position = projectionMatrix * centre;
}`,
      fragmentShader: /* glsl */ `
uniform float uOn; uniform vec3 uRim; uniform vec3 uGlow; varying vec2 vAt; varying float vBright; varying float vTint;
void main() {
  float soft = max(0.0, 1.0 - length(vAt));
  ${COLOURS[name]}
  gl_FragColor = colour;
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`,
    });
    this.object = new Mesh(geometry, material);
    this.object.frustumCulled = false;
    this.object.renderOrder = 15;
    this.object.visible = false;
    this.object.name = name;
  }

  get shown(): boolean {
    return this.#appearing.on;
  }

  state(state: string, _args: Args): void {
    this.#appearing.on = state !== 'off';
    this.object.visible = true;
  }

  update(dt: number, around: Around): void {
    if (!this.object.visible) return;
    this.object.visible = this.#appearing.step(dt);
    this.#on.value = this.#appearing.level;
    this.#focus.value.copy(around.visitor.head).setY(0);
  }
}
