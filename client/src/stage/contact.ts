// Places and sizes come in, soft dark patches on the ground go out, so that nothing seems to float. One draw call.
import { Color, DynamicDrawUsage, InstancedMesh, Matrix4, PlaneGeometry, ShaderMaterial } from 'three';
import type { Air } from './air';

const MOST = 40;

export class ContactShade {
  readonly mesh: InstancedMesh;
  readonly #place = new Matrix4();
  readonly #strength = new Color();
  #used = 0;

  constructor(air: Air) {
    const plane = new PlaneGeometry(2, 2).rotateX(-Math.PI / 2);
    const material = new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: -2,
      polygonOffsetUnits: -2,
      uniforms: air.uniforms,
      vertexShader: /* glsl */ `
varying vec2 vAt; varying float vStrength;
void main() {
  vAt = position.xz;
  vStrength = instanceColor.r;
  gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position, 1.0);
}`,
      fragmentShader: /* glsl */ `
varying vec2 vAt; varying float vStrength;
void main() {
  float d = 1.0 - clamp(length(vAt), 0.0, 1.0);
  gl_FragColor = vec4(0.10, 0.105, 0.07, vStrength * d * d * (3.0 - 2.0 * d));
}`,
    });
    this.mesh = new InstancedMesh(plane, material, MOST);
    this.mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    for (let i = 0; i < MOST; i++) this.mesh.setColorAt(i, this.#strength.setRGB(0, 0, 0));
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 1;
    this.mesh.count = 0;
    this.mesh.name = 'contact shade';
  }

  /** Begin a new frame's patches from index `kept` on. */
  begin(kept: number): void {
    this.#used = kept;
  }

  /** Half sizes in metres, strength 0..1. Returns how many there are now. */
  put(x: number, y: number, z: number, halfX: number, halfZ: number, strength: number, yaw = 0): number {
    if (this.#used >= MOST) return this.#used;
    const c = Math.cos(yaw);
    const s = Math.sin(yaw);
    this.#place.set(c * halfX, 0, s * halfZ, x, 0, 1, 0, y + 0.012, -s * halfX, 0, c * halfZ, z, 0, 0, 0, 1);
    this.mesh.setMatrixAt(this.#used, this.#place);
    this.mesh.setColorAt(this.#used, this.#strength.setRGB(strength, strength, strength));
    this.#used++;
    return this.#used;
  }

  end(): void {
    this.mesh.count = this.#used;
    this.mesh.instanceMatrix.needsUpdate = true;
    if (this.mesh.instanceColor) this.mesh.instanceColor.needsUpdate = true;
  }
}
