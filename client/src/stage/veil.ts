// How much is to be hidden comes in; a warm veil around the head goes out, of the colour of the air. Never black, never white.
import { BackSide, Color, Mesh, ShaderMaterial, SphereGeometry, type Vector3 } from 'three';
import { smoothstep } from './noise';
import type { Park } from './park';

export class VeilBall {
  readonly mesh: Mesh<SphereGeometry, ShaderMaterial>;
  amount = 0;
  #from = 0;
  #to = 0;
  #at = 1;
  #seconds = 0;
  readonly #colour = { value: new Color(0xe9d3b4) };
  readonly #low = { value: new Color(0xb08d68) };
  readonly #opacity = { value: 0 };

  constructor() {
    const material = new ShaderMaterial({
      side: BackSide,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      uniforms: { uColour: this.#colour, uLow: this.#low, uOpacity: this.#opacity },
      vertexShader:
        'varying float vUp; void main() { vUp = normalize(position).y; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }',
      fragmentShader: /* glsl */ `
uniform vec3 uColour; uniform vec3 uLow; uniform float uOpacity; varying float vUp;
void main() {
  gl_FragColor = vec4(mix(uLow, uColour, smoothstep(-0.9, 0.35, vUp)), uOpacity);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`,
    });
    this.mesh = new Mesh(new SphereGeometry(2, 24, 16), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 800;
    this.mesh.visible = false;
    this.mesh.name = 'veil';
  }

  draw(to: number, seconds: number): void {
    this.#from = this.amount;
    this.#to = to;
    this.#seconds = seconds;
    this.#at = seconds > 0 ? 0 : 1;
    if (seconds <= 0) this.amount = to;
  }

  follow(dt: number, head: Vector3, park: Park): void {
    if (this.#at < 1) {
      this.#at = Math.min(1, this.#at + dt / this.#seconds);
      this.amount = this.#from + (this.#to - this.#from) * smoothstep(0, 1, this.#at);
    }
    this.mesh.visible = this.amount > 0.001;
    if (!this.mesh.visible) return;
    this.#opacity.value = this.amount;
    park.veilColour(this.#colour.value);
    this.#low.value.copy(this.#colour.value).multiplyScalar(0.62);
    this.mesh.position.copy(head);
  }
}
