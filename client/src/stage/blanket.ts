// How far it is drawn up and where somebody lies come in; a patchwork blanket that drapes over them goes out.
import { BufferAttribute, BufferGeometry, DoubleSide, DynamicDrawUsage, Mesh, Vector3 } from 'three';
import type { PersonView } from '../wire/world';
import type { Air } from './air';
import { BED } from './anchors';
import { Lying } from './lying';
import { smoothstep } from './noise';
import { quiltTexture } from './paint';

const ACROSS = 30;
const ALONG = 34;
const HALF_M = 0.82; // half the blanket's width
const FOOT_Z = BED.halfZ - 0.045; // before the footboard
const OPEN_Z = 0.62; // its upper edge when it lies at the foot of the bed
const TURNED_DOWN = 3; // rows of sheet that are folded over its edge
export class Blanket {
  readonly mesh: Mesh;
  readonly edge = new Vector3(BED.x, BED.top + 0.1, BED.z + OPEN_Z); // where a hand takes it, world
  pulled = 0; // 0 at the foot, 1 up to the chest: where it is to be
  tucked = 0;
  #pull = 0;
  #tuck = 0;
  readonly #lying = new Lying();
  readonly #heights = new Float32Array((ACROSS + 1) * (ALONG + 1));
  readonly #places: BufferAttribute;
  readonly #normals: BufferAttribute;
  #top = 0.1;

  constructor(air: Air) {
    const geometry = sheet();
    this.#places = geometry.getAttribute('position') as BufferAttribute;
    this.#normals = geometry.getAttribute('normal') as BufferAttribute;
    this.#places.setUsage(DynamicDrawUsage);
    this.#normals.setUsage(DynamicDrawUsage);
    const map = quiltTexture();
    this.mesh = new Mesh(geometry, air.painted({ map, side: DoubleSide }, { grain: 0.45 }));
    this.mesh.castShadow = this.mesh.receiveShadow = true;
    this.mesh.position.set(BED.x, 0, BED.z);
    this.mesh.frustumCulled = false;
    this.drape();
  }

  /** At once where it is to be. */
  settle(): void {
    this.#pull = this.pulled;
    this.#tuck = this.tucked;
    this.drape();
  }

  update(dt: number, person: PersonView | null): void {
    this.#pull += (this.pulled - this.#pull) * Math.min(1, dt * 2.4);
    this.#tuck += (this.tucked - this.#tuck) * Math.min(1, dt * 1.8);
    this.#lying.follow(dt, person);
    this.drape();
  }

  /** Lay every point on what is under it, then let folds soften. */
  drape(): void {
    const upper = this.#lying.there ? this.#lying.chestZ - 0.06 : -0.3;
    const open = this.#lying.there ? Math.max(OPEN_Z, Math.min(0.75, this.#lying.kneeZ + 0.1)) : OPEN_Z;
    const edgeZ = open + (upper - open) * this.#pull;
    this.#top = BED.top;
    let index = 0;
    for (let j = 0; j <= ALONG; j++) {
      const v = j / ALONG;
      const z = FOOT_Z + (edgeZ - FOOT_Z) * v;
      for (let i = 0; i <= ACROSS; i++) this.#point(index++, (i / ACROSS) * 2 - 1, v, z);
    }
    this.#soften();
    this.#shade();
    this.edge.set(BED.x + 0.12, this.#top + 0.02, BED.z + edgeZ);
  }

  #point(index: number, u: number, v: number, z: number): void {
    const s = u * HALF_M;
    const inside = BED.halfX + 0.015;
    const over = Math.max(0, Math.abs(s) - inside);
    const bunched = (1 - this.#pull) * (1 - this.#pull);
    const fold = 0.012 * Math.sin(z * 16 + 2 * Math.sin(s * 5)) * (1 - 0.6 * this.#tuck);
    const x =
      over > 0
        ? Math.sign(s) *
          (inside + 0.012 + (0.02 * Math.sin(z * 19 + s) + 0.066 + 0.04 * over) * Math.min(1, over * 7) * (1 - 0.82 * this.#tuck))
        : s;
    const lies = BED.top + 0.02 + bunched * 0.05 * (0.5 + 0.5 * Math.sin(v * 21 + s * 3)) + Math.max(0, fold) * 0.7;
    const body = this.#lying.there ? this.#lying.over(Math.min(Math.max(x, -inside), inside), z, 0.85 + 0.9 * this.#tuck) : 0;
    const edge = smoothstep(1 - (TURNED_DOWN + 1) / ALONG, 1, v) * 0.018;
    let y = Math.max(lies, body) + edge + (over > 0 ? 0 : this.#puff(s, v));
    if (over > 0) y = Math.max(0.16 + 0.165 * this.#tuck, Math.max(BED.top + 0.015, body) - over * (1 - 0.25 * this.#tuck));
    this.#places.setXYZ(index, x, y, z);
    this.#heights[index] = y;
    if (v > 0.9 && Math.abs(s) < 0.2 && y > this.#top) this.#top = y;
  }

  /** Padding between the seams of the patchwork. */
  #puff(s: number, v: number): number {
    return 0.007 * Math.abs(Math.sin((s / HALF_M) * 3 * Math.PI) * Math.sin(v * 5 * Math.PI));
  }

  /** Two rounds of smoothing along the bed and across it. */
  #soften(): void {
    const row = ACROSS + 1;
    const y = this.#heights;
    for (let round = 0; round < 2; round++) {
      for (let j = 1; j < ALONG - TURNED_DOWN; j++) {
        for (let i = 1; i < ACROSS; i++) {
          const k = j * row + i;
          const mean = (y[k - 1]! + y[k + 1]! + y[k - row]! + y[k + row]!) * 0.25;
          if (mean > y[k]!) y[k] = y[k]! * 0.45 + mean * 0.55;
        }
      }
    }
    for (let k = 0; k < y.length; k++) this.#places.setY(k, y[k]!);
    this.#places.needsUpdate = true;
  }

  #shade(): void {
    const row = ACROSS + 1;
    const p = this.#places.array as Float32Array;
    const n = this.#normals.array as Float32Array;
    for (let j = 0; j <= ALONG; j++) {
      for (let i = 0; i <= ACROSS; i++) {
        const k = j * row + i;
        const l = (i > 0 ? k - 1 : k) * 3;
        const r = (i < ACROSS ? k + 1 : k) * 3;
        const d = (j > 0 ? k - row : k) * 3;
        const u = (j < ALONG ? k + row : k) * 3;
        const ax = p[r]! - p[l]!;
        const ay = p[r + 1]! - p[l + 1]!;
        const az = p[r + 2]! - p[l + 2]!;
        const bx = p[u]! - p[d]!;
        const by = p[u + 1]! - p[d + 1]!;
        const bz = p[u + 2]! - p[d + 2]!;
        const x = ay * bz - az * by;
        const y = az * bx - ax * bz;
        const z = ax * by - ay * bx;
        const long = Math.hypot(x, y, z) || 1;
        n[k * 3] = x / long;
        n[k * 3 + 1] = y / long;
        n[k * 3 + 2] = z / long;
      }
    }
    this.#normals.needsUpdate = true;
  }
}

/** The grid: patchwork, with a white fold at the upper edge. */
function sheet(): BufferGeometry {
  const row = ACROSS + 1;
  const count = row * (ALONG + 1);
  const uvs = new Float32Array(count * 2);
  const colours = new Float32Array(count * 3);
  const index: number[] = [];
  for (let j = 0; j <= ALONG; j++) {
    for (let i = 0; i <= ACROSS; i++) {
      const k = j * row + i;
      uvs.set([(i / ACROSS) * 1.34, (j / ALONG) * 1], k * 2);
      const hang = Math.max(0, Math.abs((i / ACROSS) * 2 - 1) * HALF_M - BED.halfX);
      const shade = 1 - 0.9 * hang;
      colours.fill(shade, k * 3, k * 3 + 3);
      if (j < ALONG && i < ACROSS) index.push(k, k + 1, k + row, k + 1, k + row + 1, k + row);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(count * 3), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(count * 3), 3));
  geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  geometry.setAttribute('color', new BufferAttribute(colours, 3));
  geometry.setIndex(index);
  return geometry;
}
