// Where the visitor is and where hands are comes in; bubbles that drift, shimmer and burst go out.
import {
  DynamicDrawUsage,
  IcosahedronGeometry,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  ShaderMaterial,
  Vector3,
} from 'three';
import type { Chance } from '../wire/chance';
import type { VisitorHand } from '../wire/world';
import type { Air } from './air';
import { Appearing, type Args, type Around, ON, type Prop } from './prop';
import type { Touchable } from './reach';
import { Touch } from './simple';

export const BUBBLES = 14;
const BURST_S = 0.28;
const ROUND = 5;
const FROM_EYES_M = 0.42; // none drifts into the eyes

/** The bubbles as numbers: where they are, how they drift, when they burst. Nothing is drawn here. */
export class BubbleFlight {
  readonly places = Array.from({ length: BUBBLES }, () => new Vector3(0, -9, 0));
  readonly radii = new Float32Array(BUBBLES);
  readonly ages = new Float32Array(BUBBLES);
  readonly burst = new Float32Array(BUBBLES).fill(-1); // seconds since it burst, -1 while whole
  popped = 0;
  blowing = false;
  readonly #drift = Array.from({ length: BUBBLES }, () => new Vector3());
  #next = 0;

  constructor(private readonly chance: Chance) {
    this.ages.fill(99);
  }

  /** Bubbles come from around `source` and drift towards and past `to`. */
  step(dt: number, time: number, source: Vector3, to: Vector3): void {
    this.#next -= dt;
    for (let i = 0; i < BUBBLES; i++) {
      this.ages[i] = this.ages[i]! + dt;
      if (this.burst[i]! >= 0) this.burst[i] = this.burst[i]! + dt;
      const gone = this.burst[i]! > BURST_S || this.ages[i]! > 15;
      if (gone && this.burst[i]! < 0 && this.ages[i]! < 90) this.burst[i] = 0;
      if (this.burst[i]! > BURST_S || this.ages[i]! > 90) {
        this.radii[i] = 0;
        if (this.blowing && this.#next <= 0) this.#blow(i, source, to);
        continue;
      }
      const p = this.places[i]!;
      const d = this.#drift[i]!;
      const slow = Math.exp(-this.ages[i]! * 0.35);
      p.x += (d.x * (0.25 + slow) + 0.07 * Math.sin(time * 0.9 + i * 2.1)) * dt;
      p.y += (d.y + 0.06 * Math.sin(time * 0.7 + i * 1.3)) * dt;
      p.z += (d.z * (0.25 + slow) + 0.07 * Math.cos(time * 0.8 + i * 1.7)) * dt;
      const near = FROM_EYES_M + this.radii[i]! - p.distanceTo(to);
      if (near > 0) p.addScaledVector(AWAY.subVectors(p, to).normalize(), Math.min(near, dt));
    }
  }

  #blow(i: number, source: Vector3, to: Vector3): void {
    const { chance } = this;
    this.places[i]!.set(
      source.x + chance.between(-0.12, 0.12),
      source.y + chance.between(-0.08, 0.12),
      source.z + chance.between(-0.12, 0.12),
    );
    this.#drift[i]!.subVectors(to, source).setY(0).normalize().multiplyScalar(chance.between(0.35, 0.65));
    this.#drift[i]!.x += chance.between(-0.22, 0.22);
    this.#drift[i]!.z += chance.between(-0.22, 0.22);
    this.#drift[i]!.y = chance.between(-0.01, 0.07);
    this.radii[i] = chance.between(0.028, 0.075);
    this.ages[i] = 0;
    this.burst[i] = -1;
    this.#next = chance.between(0.35, 0.95);
  }

  whole(i: number): boolean {
    return this.radii[i]! > 0 && this.burst[i]! < 0;
  }

  /** True when it was whole. */
  pop(i: number): boolean {
    if (!this.whole(i)) return false;
    this.burst[i] = 0;
    this.popped++;
    return true;
  }

  /** Five bubbles make a round; each round counts once. */
  get roundDone(): boolean {
    return this.popped > 0 && this.popped % ROUND === 0;
  }
}

export class Bubbles implements Prop {
  readonly name = 'bubbles';
  readonly states = ON;
  readonly object: Mesh;
  readonly touchables: readonly Touchable[];
  readonly flight: BubbleFlight;
  readonly #appearing = new Appearing(1);
  readonly #spots: InstancedBufferAttribute;
  readonly #source = new Vector3();
  readonly #towards = new Vector3();
  #act: ((act: string, target?: string) => void) | null = null;

  constructor(air: Air, chance: Chance) {
    this.flight = new BubbleFlight(chance);
    const ball = new IcosahedronGeometry(1, 2);
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute('position', ball.getAttribute('position'));
    this.#spots = new InstancedBufferAttribute(new Float32Array(BUBBLES * 4), 4);
    this.#spots.setUsage(DynamicDrawUsage);
    geometry.setAttribute('spot', this.#spots);
    geometry.setAttribute('burst', new InstancedBufferAttribute(this.flight.burst, 1).setUsage(DynamicDrawUsage));
    geometry.instanceCount = BUBBLES;
    this.object = new Mesh(geometry, soapMaterial(air));
    this.object.frustumCulled = false;
    this.object.renderOrder = 25;
    this.object.visible = false;
    this.object.name = 'bubbles';
    this.touchables = this.flight.places.map((place, i) => new BubbleTouch(place, this, i));
  }

  get shown(): boolean {
    return this.#appearing.on;
  }

  state(state: string, _args: Args): void {
    this.#appearing.on = state !== 'off';
    this.flight.blowing = this.#appearing.on;
    if (this.#appearing.on) this.flight.popped = 0;
    this.object.visible = true;
  }

  pop(i: number): void {
    if (!this.flight.pop(i)) return;
    this.#act?.('bubble_popped', `bubble_${i}`);
    if (this.flight.roundDone) this.#act?.('round_done', 'bubbles');
  }

  update(dt: number, around: Around): void {
    if (!this.object.visible) return;
    this.#act = around.act;
    this.object.visible = this.#appearing.step(dt * (this.#appearing.on ? 1 : 0.12));
    const { visitor, person } = around;
    if (person?.root.visible) person.landmark('mouth', this.#source).y += 0.02;
    else this.#source.copy(visitor.head).addScaledVector(visitor.gaze, 2).setY(1.1);
    this.#towards.subVectors(visitor.head, this.#source).setY(0).normalize();
    this.#source.addScaledVector(this.#towards, 0.28);
    this.flight.step(dt, around.time, this.#source, visitor.head);
    for (let i = 0; i < BUBBLES; i++) {
      const p = this.flight.places[i]!;
      const grown = Math.min(1, this.flight.ages[i]! * 2.2);
      this.#spots.setXYZW(i, p.x, p.y, p.z, this.flight.radii[i]! * grown);
    }
    this.#spots.needsUpdate = true;
    this.object.geometry.getAttribute('burst')!.needsUpdate = true;
  }
}

const AWAY = new Vector3();

class BubbleTouch extends Touch {
  override byTouch = true;

  constructor(
    override readonly place: Vector3,
    bubbles: Bubbles,
    i: number,
  ) {
    super(
      `bubble_${i}`,
      'Pop a bubble',
      'bubbles',
      0.07,
      () => bubbles.shown && bubbles.flight.whole(i),
      (_hand: VisitorHand | null) => bubbles.pop(i),
    );
  }
}

function soapMaterial(air: Air): ShaderMaterial {
  return new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    uniforms: air.uniforms,
    vertexShader: /* glsl */ `
attribute vec4 spot; attribute float burst; varying vec3 vNormalW; varying vec3 vRay; varying float vBurst; uniform float uTime;
void main() {
  vBurst = burst;
  float open = burst < 0.0 ? 0.0 : burst / ${BURST_S.toFixed(2)};
  float i = float(gl_InstanceID);
  vec3 wobble = 1.0 + 0.035 * vec3(sin(uTime * 3.1 + i), sin(uTime * 2.7 + i * 2.0), sin(uTime * 3.4 + i * 3.0));
  vec3 place = spot.xyz + position * wobble * spot.w * (1.0 + 0.7 * open);
  vNormalW = normalize(position);
  vRay = normalize(place - cameraPosition);
  gl_Position = projectionMatrix * viewMatrix * vec4(place, 1.0);
}`,
    fragmentShader: /* glsl */ `
varying vec3 vNormalW; varying vec3 vRay; varying float vBurst; uniform vec3 uSunDirection; uniform vec3 uRim; uniform vec3 uGlow; uniform float uTime;
void main() {
  float facing = max(dot(-vRay, vNormalW), 0.0);
  float edge = pow(1.0 - facing, 2.2);
  float film = 2.6 / (0.35 + facing) + vNormalW.y * 1.7 + 0.7 * sin(vNormalW.x * 3.0 + uTime * 0.7);
  vec3 rainbow = 0.5 + 0.5 * cos(film * 2.2 + vec3(0.0, 2.1, 4.2));
  vec3 mirror = reflect(vRay, vNormalW);
  float glint = pow(max(dot(mirror, uSunDirection), 0.0), 90.0);
  float window = smoothstep(0.86, 0.9, dot(vNormalW, normalize(-vRay + vec3(-0.35, 0.75, 0.0)))) * 0.5;
  vec3 colour = mix(uRim, rainbow * 1.15, 0.6) * (0.35 + 0.75 * edge) + uGlow * (glint * 1.4 + window * 0.6);
  float open = vBurst < 0.0 ? 0.0 : vBurst / ${BURST_S.toFixed(2)};
  float specks = step(0.72, fract(sin(dot(floor(vNormalW * 9.0), vec3(12.9, 78.2, 37.7))) * 43758.5));
  float alpha = clamp(edge * 0.8 + glint + window * 0.6 + 0.07, 0.0, 0.92) * mix(1.0, specks, min(1.0, open * 3.0)) * (1.0 - open);
  gl_FragColor = vec4(colour, alpha);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`,
  });
}
