// The light of now comes in, a painted sky goes out: gradient, sun and heaped clouds that drift slowly.
import { BackSide, Color, Mesh, ShaderMaterial, SphereGeometry } from 'three';
import type { Air } from './air';
import type { Fading } from './light';
import { cloudTexture } from './paint';

const FRAGMENT = /* glsl */ `
uniform vec3 uTop; uniform vec3 uRim; uniform vec3 uGlow; uniform vec3 uSunDirection; uniform vec3 uSunColour; uniform vec3 uHaze;
uniform vec3 uCloud; uniform vec3 uShade; uniform float uClouds; uniform float uTime; uniform float uPlain;
uniform sampler2D uHeaps; uniform sampler2D uGrain; varying vec3 vRay;
void main() {
  vec3 ray = normalize(vRay);
  float up = max(ray.y, 0.0);
  float toSun = max(dot(ray, uSunDirection), 0.0);
  vec3 colour = mix(uRim, uTop, pow(smoothstep(0.0, 0.72, up), 0.6));
  colour = mix(colour, uHaze, 0.6 * exp(-up * 13.0));
  colour = mix(colour, uGlow * 1.12, 0.72 * pow(toSun, 7.0) + 0.34 * pow(toSun, 1.5) * exp(-up * 6.0));
  colour += uSunColour * (0.05 * pow(toSun, 60.0) + 0.3 * smoothstep(0.9988, 0.9995, toSun));
  float round = atan(ray.z, ray.x) * 0.159155;
  vec2 heaps = texture2D(uHeaps, vec2(round + uTime * 0.00012, clamp((asin(up) - 0.03) / 0.62, 0.0, 1.0))).rg;
  vec3 heap = mix(uShade, uCloud * 1.08, smoothstep(0.22, 0.86, heaps.g));
  heap = mix(heap, uGlow * 1.1, 0.45 * pow(toSun, 4.0));
  heap = mix(heap, uHaze, 0.5 * exp(-up * 9.0));
  colour = mix(colour, heap, heaps.r * smoothstep(0.0, 0.06, up) * (1.0 - smoothstep(0.5, 0.58, up)) * min(1.0, uClouds * 1.5));
  vec2 veil = ray.xz / (up + 0.3) * 0.11 + uTime * 0.0003;
  float wisps = smoothstep(0.5, 0.72, texture2D(uGrain, veil * vec2(0.6, 2.2)).r) * smoothstep(0.12, 0.6, up);
  colour = mix(colour, uCloud, wisps * 0.3 * uClouds);
  colour = mix(colour, mix(uHaze, uRim, smoothstep(-0.3, 0.5, ray.y)), uPlain);
  gl_FragColor = vec4(colour, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`;

export class Sky {
  readonly mesh: Mesh;
  readonly #own = {
    uTop: { value: new Color() },
    uCloud: { value: new Color() },
    uShade: { value: new Color() },
    uClouds: { value: 0.6 },
    uPlain: { value: 0 },
    uHeaps: { value: cloudTexture() },
  };

  constructor(air: Air) {
    const material = new ShaderMaterial({
      side: BackSide,
      depthWrite: false,
      uniforms: { ...air.uniforms, ...this.#own },
      vertexShader: /* glsl */ `
varying vec3 vRay;
void main() {
  vRay = position;
  vec4 place = projectionMatrix * vec4(mat3(modelViewMatrix) * position, 1.0);
  gl_Position = place.xyww;
}`,
      fragmentShader: FRAGMENT,
    });
    this.mesh = new Mesh(new SphereGeometry(10, 20, 12), material);
    this.mesh.name = 'sky';
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 10;
  }

  /** A room without a horizon, for the calm after a stop. */
  set plain(share: number) {
    this.#own.uPlain.value = share;
  }

  follow(light: Fading): void {
    light.into(this.#own.uTop.value, 'topR');
    light.into(this.#own.uCloud.value, 'cloudR');
    light.into(this.#own.uShade.value, 'shadeR');
    this.#own.uClouds.value = light.get('clouds');
  }
}
