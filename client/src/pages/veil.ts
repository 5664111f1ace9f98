// How much is to be hidden comes in; a warm veil around the head goes out: the calm room itself when it is whole. Never black.
import { BackSide, BufferAttribute, Color, Mesh, MeshBasicMaterial, SphereGeometry, type Vector3 } from 'three';

const RADIUS_M = 3;
const GROUND = new Color('#8d6a4f');
const MIDDLE = new Color('#e3c39c');
const TOP = new Color('#f3e2c6');

export class Veil {
  readonly mesh: Mesh<SphereGeometry, MeshBasicMaterial>;
  #amount = 0;
  #wanted = 0;
  #perS = 1;

  constructor() {
    const material = new MeshBasicMaterial({
      vertexColors: true,
      side: BackSide,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
      fog: false,
    });
    this.mesh = new Mesh(gradient(), material);
    this.mesh.renderOrder = 900;
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
  }

  get amount(): number {
    return this.#amount;
  }

  get whole(): boolean {
    return this.#amount > 0.995;
  }

  draw(amount: number, seconds: number): void {
    this.#wanted = amount;
    this.#perS = seconds <= 0 ? Number.POSITIVE_INFINITY : Math.abs(amount - this.#amount) / seconds;
  }

  update(dt: number, head: Vector3): void {
    const step = Math.min(Math.abs(this.#wanted - this.#amount), this.#perS * dt || 0);
    this.#amount += Math.sign(this.#wanted - this.#amount) * (Number.isFinite(this.#perS) ? step : Math.abs(this.#wanted - this.#amount));
    this.mesh.material.opacity = this.#amount * this.#amount * (3 - 2 * this.#amount);
    this.mesh.visible = this.#amount > 0.001;
    this.mesh.position.copy(head);
  }
}

function gradient(): SphereGeometry {
  const sphere = new SphereGeometry(RADIUS_M, 32, 24);
  const points = sphere.getAttribute('position');
  const colours = new Float32Array(points.count * 3);
  const colour = new Color();
  for (let n = 0; n < points.count; n += 1) {
    const height = points.getY(n) / RADIUS_M;
    if (height < 0) colour.lerpColors(MIDDLE, GROUND, Math.min(1, -height * 1.6) ** 0.8);
    else colour.lerpColors(MIDDLE, TOP, height ** 0.7);
    colours.set([colour.r, colour.g, colour.b], n * 3);
  }
  sphere.setAttribute('color', new BufferAttribute(colours, 3));
  return sphere;
}
