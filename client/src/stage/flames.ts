// Places and heights of flames come in; soft small flames with a warm halo go out, all in one draw call.
import {
  AdditiveBlending,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
} from 'three';
import type { Air } from './air';

export const FLAMES = 28;

export class Flames {
  readonly mesh: Mesh;
  readonly #spots = new InstancedBufferAttribute(new Float32Array(FLAMES * 4), 4);
  readonly #share = { value: 1 };
  readonly #halos = new InstancedBufferAttribute(new Float32Array(FLAMES), 1);

  constructor(air: Air) {
    const plane = new PlaneGeometry(1, 1);
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute('position', plane.getAttribute('position'));
    geometry.setIndex(plane.index);
    this.#spots.setUsage(DynamicDrawUsage);
    geometry.setAttribute('spot', this.#spots);
    geometry.setAttribute('halo', this.#halos);
    geometry.instanceCount = FLAMES;
    const material = new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      blending: AdditiveBlending,
      uniforms: { ...air.uniforms, uShare: this.#share },
      vertexShader: /* glsl */ `
attribute vec4 spot; attribute float halo; varying vec2 vAt; varying float vHigh; varying float vHalo; uniform float uTime;
void main() {
  vAt = position.xy * 2.0; vHigh = spot.w; vHalo = halo;
  float phase = float(gl_InstanceID) * 1.7;
  vAt.x -= 0.018 * sin(uTime * 4.4 + phase) * max(0.0, position.y + 0.5);
  vec4 centre = viewMatrix * vec4(spot.xyz, 1.0);
  float size = (halo > 0.0 ? halo : 0.17) * (spot.w > 0.001 ? 1.0 : 0.0);
  centre.xyz += vec3(position.xy * size, 0.02);
  gl_Position = projectionMatrix * centre;
}`,
      fragmentShader: /* glsl */ `
varying vec2 vAt; varying float vHigh; varying float vHalo; uniform float uLamp; uniform float uShare;
void main() {
  float d = length(vAt);
  float soft = pow(max(0.0, 1.0 - d), 2.6);
  vec3 colour = vec3(1.0, 0.62, 0.26) * soft * (0.16 + 0.3 * uLamp) * vHigh * (vHalo > 0.0 ? 1.0 : uShare);
  if (vHalo <= 0.0) {
    float y = vAt.y / (0.26 * (0.4 + 0.6 * vHigh)) + 0.25;
    float width = 0.072 * sqrt(max(0.0, 1.0 - abs(y - 0.1) * 0.62)) * (1.0 - 0.55 * smoothstep(-0.2, 1.5, y));
    float inside = (1.0 - smoothstep(width * 0.35, width, abs(vAt.x))) * smoothstep(-0.95, -0.6, y) * (1.0 - smoothstep(0.95, 1.5, y));
    vec3 heart = mix(vec3(1.0, 0.86, 0.52), vec3(1.0, 0.55, 0.16), smoothstep(0.1, 1.2, y));
    colour += heart * inside * 1.15 * smoothstep(0.0, 0.3, vHigh);
  }
  gl_FragColor = vec4(colour, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`,
    });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 20;
    this.mesh.name = 'flames';
  }

  /** `height` 0..1; `haloM` above 0 makes it a glow without a flame, that many metres across. */
  put(index: number, x: number, y: number, z: number, height: number, haloM = 0): void {
    this.#spots.setXYZW(index, x, y, z, height);
    this.#halos.setX(index, haloM);
  }

  /** Many candles do not dazzle: their halos share the light of two. */
  end(): void {
    let many = 0;
    for (let i = 0; i < FLAMES; i++) if (this.#halos.getX(i) <= 0) many += this.#spots.getW(i);
    this.#share.value = Math.min(1, 1.6 / Math.max(1, many));

    this.#spots.needsUpdate = true;
    this.#halos.needsUpdate = true;
  }
}
