// Simple solids and colours come in; one merged geometry with painted, shaded vertex colours goes out.
import { BufferAttribute, BufferGeometry, Color, Euler, Matrix4, Quaternion, Vector3 } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';

/** Colour at a vertex: its place (after placing) and normal come in; write linear red, green, blue into `out`. */
export type Paint = (out: Color, place: Vector3, normal: Vector3) => void;

/** `position`, `turn` (Euler radians) and `scale` as a matrix. */
export function at(
  x: number,
  y: number,
  z: number,
  turn: readonly [number, number, number] = [0, 0, 0],
  scale: number | readonly [number, number, number] = 1,
): Matrix4 {
  const size = typeof scale === 'number' ? new Vector3(scale, scale, scale) : new Vector3(...scale);
  return new Matrix4().compose(new Vector3(x, y, z), new Quaternion().setFromEuler(new Euler(...turn)), size);
}

/** One colour, darker towards the piece's foot (`foot` times) where light comes less. */
export function wash(hex: number, foot = 0.72): (low: number, high: number) => Paint {
  const base = new Color(hex);
  return (low, high) => (out, place, normal) => {
    const up = Math.min(1, (place.y - low) / Math.max(1e-4, (high - low) * 0.6));
    const below = normal.y < 0 ? 1 + 0.25 * normal.y : 1;
    out.copy(base).multiplyScalar((foot + (1 - foot) * up) * below);
  };
}

export class Shape {
  readonly #pieces: BufferGeometry[] = [];

  /** `colour` is a hex with the usual shading, or paint made by hand. The geometry given is used up. */
  add(geometry: BufferGeometry, colour: number | Paint, place?: Matrix4, foot = 0.72): this {
    const piece = geometry.index ? geometry.toNonIndexed() : geometry;
    for (const name of Object.keys(piece.attributes)) if (!['position', 'normal', 'uv'].includes(name)) piece.deleteAttribute(name);
    if (place) piece.applyMatrix4(place);
    if (!piece.getAttribute('normal')) piece.computeVertexNormals();
    piece.computeBoundingBox();
    const box = piece.boundingBox!;
    const paint = typeof colour === 'number' ? wash(colour, foot)(box.min.y, box.max.y) : colour;
    piece.setAttribute('color', coloured(piece, paint));
    this.#pieces.push(piece);
    return this;
  }

  build(): BufferGeometry {
    const merged = mergeGeometries(this.#pieces);
    merged.computeBoundingSphere();
    return merged;
  }
}

function coloured(piece: BufferGeometry, paint: Paint): BufferAttribute {
  const places = piece.getAttribute('position');
  const normals = piece.getAttribute('normal');
  const colours = new Float32Array(places.count * 3);
  const place = new Vector3();
  const normal = new Vector3();
  const colour = new Color();
  for (let i = 0; i < places.count; i++) {
    place.fromBufferAttribute(places, i);
    normal.fromBufferAttribute(normals, i);
    paint(colour, place, normal);
    colour.toArray(colours, i * 3);
  }
  return new BufferAttribute(colours, 3);
}

/** A tube along points (x y z) with a radius at each: trunks, branches, handles, ribbons of icing. */
export function tube(points: readonly Vector3[], radii: readonly number[], around = 8): BufferGeometry {
  const places: number[] = [];
  const uvs: number[] = [];
  const index: number[] = [];
  const along = new Vector3();
  const side = new Vector3();
  const other = new Vector3();
  for (let i = 0; i < points.length; i++) {
    along.subVectors(points[Math.min(i + 1, points.length - 1)]!, points[Math.max(i - 1, 0)]!).normalize();
    side
      .set(Math.abs(along.y) > 0.9 ? 1 : 0, Math.abs(along.y) > 0.9 ? 0 : 1, 0)
      .cross(along)
      .normalize();
    other.crossVectors(along, side);
    for (let k = 0; k <= around; k++) {
      const turn = (k / around) * Math.PI * 2;
      const p = points[i]!;
      const r = radii[i]!;
      const c = Math.cos(turn) * r;
      const s = Math.sin(turn) * r;
      places.push(p.x + side.x * c + other.x * s, p.y + side.y * c + other.y * s, p.z + side.z * c + other.z * s);
      uvs.push(k / around, i / (points.length - 1));
    }
  }
  const row = around + 1;
  for (let i = 0; i + 1 < points.length; i++) {
    for (let k = 0; k < around; k++) {
      const a = i * row + k;
      index.push(a, a + 1, a + row, a + 1, a + row + 1, a + row);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(places), 3));
  geometry.setAttribute('uv', new BufferAttribute(new Float32Array(uvs), 2));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return geometry;
}

/** Triangles that a geometry draws, with its instances. */
export function trianglesOf(geometry: BufferGeometry, instances = 1): number {
  const corners = geometry.index ? geometry.index.count : (geometry.getAttribute('position')?.count ?? 0);
  return (corners / 3) * instances;
}
