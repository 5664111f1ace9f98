// Nothing comes in but the place; the checked cloth with its folds, the low table, basket, bowls, buns and jug go out.
import {
  BufferGeometry,
  Color,
  CylinderGeometry,
  Float32BufferAttribute,
  Group,
  LatheGeometry,
  Mesh,
  PlaneGeometry,
  SphereGeometry,
  TorusGeometry,
  Vector2,
  Vector3,
} from 'three';
import type { Chance } from '../wire/chance';
import type { Air } from './air';
import { PICNIC } from './anchors';
import { fractal, smoothstep } from './noise';
import { ginghamTexture } from './paint';
import { at, type Paint, Shape, tube } from './shape';

export const TABLE = { halfX: 0.46, halfZ: 0.27, top: PICNIC.tableTop } as const;
const WICKER = 0xc79a5e;
const CHINA = 0xfaf3e6;

/** How the cloth lies: small folds, an edge that lifts a little off the grass. */
function clothHeight(x: number, z: number, folds: (x: number, y: number) => number): number {
  const edge = Math.max(Math.abs(x) / PICNIC.halfX, Math.abs(z) / PICNIC.halfZ);
  const crease = 0.016 * (folds(x * 2.2 + 5, z * 2.2) - 0.4) + 0.008 * Math.sin(3.1 * x + 9 * folds(x, z));
  const lift = 0.03 * smoothstep(0.86, 1, edge) * (folds(x * 3 + 2, z * 3 + 7) - 0.25);
  return 0.03 + Math.max(-0.008, crease) + lift;
}

export function clothGeometry(): BufferGeometry {
  const plane = new PlaneGeometry(2 * PICNIC.halfX, 2 * PICNIC.halfZ, 36, 34).rotateX(-Math.PI / 2);
  const folds = fractal(81, 3);
  const places = plane.getAttribute('position');
  const colours = new Float32Array(places.count * 3);
  for (let i = 0; i < places.count; i++) {
    const x = places.getX(i);
    const z = places.getZ(i);
    const wave = 0.035 * Math.sin(x * 5 + z * 3) * smoothstep(0.7, 1, Math.max(Math.abs(x) / PICNIC.halfX, Math.abs(z) / PICNIC.halfZ));
    const y = clothHeight(x, z, folds);
    places.setXYZ(i, x + wave, y, z + 0.7 * wave);
    const table = Math.max(Math.abs(x) / (TABLE.halfX + 0.1), Math.abs(z) / (TABLE.halfZ + 0.1));
    const shade = Math.min(1, 0.9 + (y - 0.03) * 6) * (0.62 + 0.38 * smoothstep(0.72, 1.22, table));
    colours.fill(shade, i * 3, i * 3 + 3);
  }
  plane.setAttribute('color', new Float32BufferAttribute(colours, 3));
  plane.computeVertexNormals();
  return plane;
}

function planks(shape: Shape, chance: Chance): void {
  for (let i = 0; i < 5; i++) {
    const z = -TABLE.halfZ + (i + 0.5) * ((2 * TABLE.halfZ) / 5);
    const wood = new Color(0xc8a57c).offsetHSL(0, 0, chance.between(-0.03, 0.03)).getHex();
    shape.add(roundedPlank(2 * TABLE.halfX, 0.024, (2 * TABLE.halfZ) / 5 - 0.006), wood, at(0, TABLE.top - 0.012, z), 0.9);
  }
  for (const x of [-1, 1]) {
    for (const z of [-1, 1]) {
      const leg = [
        new Vector3(x * (TABLE.halfX - 0.02), 0.02, z * (TABLE.halfZ - 0.02)),
        new Vector3(x * (TABLE.halfX - 0.08), TABLE.top - 0.02, z * (TABLE.halfZ - 0.06)),
      ];
      shape.add(tube(leg, [0.02, 0.026], 7), 0xa9865f, undefined, 0.55);
    }
  }
}

function roundedPlank(x: number, y: number, z: number): BufferGeometry {
  const half = new CylinderGeometry(0.5, 0.5, 1, 4, 1);
  half.rotateY(Math.PI / 4);
  half.scale(x * Math.SQRT2, y, z * Math.SQRT2);
  const flat = half.toNonIndexed();
  flat.computeVertexNormals();
  return flat;
}

/** A runner of linen over the table, its ends hanging. */
function runner(shape: Shape): void {
  const linen = new PlaneGeometry(0.34, 0.86, 6, 24).rotateX(-Math.PI / 2);
  const places = linen.getAttribute('position');
  for (let i = 0; i < places.count; i++) {
    const z = places.getZ(i);
    const over = Math.max(0, Math.abs(z) - TABLE.halfZ - 0.004);
    const wave = 0.006 * Math.sin(places.getX(i) * 26);
    places.setXYZ(
      i,
      places.getX(i),
      TABLE.top + 0.004 - over,
      Math.sign(z) * Math.min(Math.abs(z), TABLE.halfZ + 0.006 + (over > 0 ? wave : 0)),
    );
  }
  linen.computeVertexNormals();
  const paint: Paint = (out, p) => {
    const band = Math.abs(Math.abs(p.x) - 0.145) < 0.012;
    out.set(band ? 0xcf7f6a : 0xf8f0de).multiplyScalar(0.94);
  };
  shape.add(linen, paint);
}

/** A bowl or plate turned from its outline (radius, height pairs). */
export function turned(outline: readonly (readonly [number, number])[], around = 24): LatheGeometry {
  return new LatheGeometry(
    outline.map(([r, y]) => new Vector2(r, y)),
    around,
  );
}

export const PLATE: readonly (readonly [number, number])[] = [
  [0, 0.004],
  [0.05, 0.004],
  [0.062, 0.01],
  [0.094, 0.016],
  [0.096, 0.019],
  [0.062, 0.014],
  [0.05, 0.008],
  [0, 0.008],
];
const BOWL: readonly (readonly [number, number])[] = [
  [0, 0],
  [0.035, 0],
  [0.037, 0.008],
  [0.066, 0.03],
  [0.079, 0.056],
  [0.083, 0.058],
  [0.08, 0.062],
  [0.073, 0.053],
];

function wicker(radius: number, height: number, flare: number): BufferGeometry {
  const rows = 9;
  const basket = new CylinderGeometry(radius * flare, radius, height, 44, rows, true);
  const places = basket.getAttribute('position');
  for (let i = 0; i < places.count; i++) {
    const turn = Math.atan2(places.getZ(i), places.getX(i));
    const row = Math.round((places.getY(i) / height + 0.5) * rows);
    const bulge = 1 + 0.028 * Math.cos(turn * 22 + (row % 2) * Math.PI);
    places.setXYZ(i, places.getX(i) * bulge, places.getY(i), places.getZ(i) * bulge);
  }
  basket.computeVertexNormals();
  return basket;
}

function basketInto(shape: Shape, x: number, z: number): void {
  const weave: Paint = (out, p) => {
    const row = Math.floor(p.y * 55);
    const turn = Math.atan2(p.z - z, p.x - x);
    out.set(WICKER).multiplyScalar((0.62 + 0.4 * Math.min(1, p.y / 0.16)) * (0.9 + 0.16 * Math.sin(turn * 22 + row * Math.PI)));
  };
  shape.add(wicker(0.19, 0.2, 1.16), weave, at(x, 0.135, z, [0, 0, 0], [1.2, 1, 0.85]));
  shape.add(new CylinderGeometry(0.2, 0.2, 0.02, 30), 0x8d6a42, at(x, 0.2, z, [0, 0, 0], [1.2, 1, 0.85]), 1);
  shape.add(new TorusGeometry(0.222, 0.014, 6, 32), WICKER, at(x, 0.237, z, [Math.PI / 2, 0, 0], [1.2, 0.85, 1]));
  const arch = Array.from({ length: 17 }, (_, i) => {
    const turn = (i / 16) * Math.PI;
    return new Vector3(x, 0.22 + 0.24 * Math.sin(turn), z + 0.18 * Math.cos(turn));
  });
  shape.add(
    tube(
      arch,
      arch.map(() => 0.013),
      7,
    ),
    WICKER,
  );
  const napkin = new SphereGeometry(0.17, 18, 8, 0, Math.PI * 2, 0, Math.PI / 2);
  shape.add(
    napkin,
    (out, p) => out.set(Math.sin(p.x * 60) + Math.sin(p.z * 60) > 0.9 ? 0xb7c7cf : 0xf6efe0).multiplyScalar(0.95),
    at(x + 0.03, 0.2, z, [0, 0, 0.15], [1.15, 0.42, 0.85]),
  );
  for (const [dx, dz] of [
    [0.07, 0.07],
    [-0.08, -0.03],
    [0.01, -0.09],
  ] as const) {
    shape.add(new SphereGeometry(0.042, 12, 9), 0xc85a44, at(x + dx, 0.262, z + dz, [0, 0, 0], [1, 0.92, 1]));
  }
}

/** Lemonade in a jug, two mugs. */
function drinks(shape: Shape, x: number, z: number): void {
  shape.add(
    turned([
      [0, 0],
      [0.055, 0],
      [0.07, 0.05],
      [0.066, 0.12],
      [0.045, 0.17],
      [0.052, 0.2],
      [0.047, 0.2],
      [0.04, 0.17],
      [0.06, 0.12],
    ]),
    0x9fbfc4,
    at(x, 0.035, z),
  );
  shape.add(new TorusGeometry(0.045, 0.009, 7, 20, Math.PI * 1.1), 0x9fbfc4, at(x + 0.06, 0.14, z, [0, 0, -1.7]));
  for (const [dx, dz, hex] of [
    [0.15, 0.06, 0xe8b95a],
    [0.1, -0.13, 0xd98f7c],
  ] as const) {
    shape.add(
      turned(
        [
          [0, 0],
          [0.034, 0],
          [0.037, 0.08],
          [0.034, 0.08],
          [0.032, 0.01],
        ],
        20,
      ),
      hex,
      at(x + dx, 0.035, z + dz),
    );
    shape.add(new TorusGeometry(0.022, 0.005, 6, 14, Math.PI), hex, at(x + dx + 0.036, 0.078, z + dz, [0, 0, -Math.PI / 2]));
  }
}

export function makeCloth(air: Air, chance: Chance): Group {
  const group = new Group();
  const map = ginghamTexture();
  map.repeat.set(13, 12.4);
  const cloth = new Mesh(clothGeometry(), air.painted({ map }, { grain: 0.35 }));
  cloth.receiveShadow = true;
  const wares = new Shape();
  planks(wares, chance);
  runner(wares);
  basketInto(wares, -0.74, -0.5);
  drinks(wares, -0.8, 0.12);
  wares.add(turned(PLATE), CHINA, at(-0.27, TABLE.top, 0.13), 0.85);
  wares.add(turned(PLATE), CHINA, at(0.27, TABLE.top, -0.13), 0.85);
  const ware = new Mesh(wares.build(), air.painted({}, { grain: 0.5 }));
  ware.castShadow = ware.receiveShadow = true;
  ware.name = 'wares';
  group.add(cloth, ware);
  group.position.set(PICNIC.x, 0, PICNIC.z);
  return group;
}

/** Two bowls of soup with pasta stars, and their spoons. */
export function makeSoup(air: Air, chance: Chance): Mesh {
  const shape = new Shape();
  for (const [x, z] of [
    [0.3, 0.13],
    [-0.28, -0.14],
  ] as const) {
    shape.add(turned(BOWL), 0xf4e7cf, at(x, TABLE.top, z), 0.75);
    shape.add(new CylinderGeometry(0.074, 0.07, 0.004, 28), 0xe79a48, at(x, TABLE.top + 0.05, z), 1);
    for (let i = 0; i < 11; i++) {
      const r = 0.062 * Math.sqrt(chance.next());
      const turn = chance.next() * 6.28;
      shape.add(
        star(0.0085),
        0xfbe6a8,
        at(x + Math.cos(turn) * r, TABLE.top + 0.0535, z + Math.sin(turn) * r, [-Math.PI / 2, 0, chance.next() * 3]),
        1,
      );
    }
    for (let i = 0; i < 5; i++)
      shape.add(
        new SphereGeometry(0.005, 6, 5),
        i % 2 ? 0x7f9a4a : 0xcf6a3a,
        at(x + chance.between(-0.05, 0.05), TABLE.top + 0.0525, z + chance.between(-0.045, 0.045), [0, 0, 0], [1, 0.4, 1]),
        1,
      );
    const side = Math.sign(z);
    shape.add(
      tube(
        [
          new Vector3(x + 0.05, TABLE.top + 0.055, z),
          new Vector3(x + 0.085, TABLE.top + 0.066, z + 0.01 * side),
          new Vector3(x + 0.14, TABLE.top + 0.07, z + 0.03 * side),
        ],
        [0.005, 0.004, 0.0055],
        6,
      ),
      0xb7aa95,
    );
  }
  const mesh = new Mesh(shape.build(), air.painted({}, { grain: 0.35 }));
  mesh.receiveShadow = true; // flat bowls on a table throw no shadow worth its cost
  mesh.position.set(PICNIC.x, 0, PICNIC.z);
  return mesh;
}

function star(radius: number): BufferGeometry {
  const corners: number[] = [];
  for (let i = 0; i < 10; i++) {
    const [a, b] = [(i / 10) * Math.PI * 2, ((i + 1) / 10) * Math.PI * 2];
    const [r, s] = i % 2 ? [0.45, 1] : [1, 0.45];
    corners.push(
      0,
      0,
      0.002,
      Math.cos(a) * r * radius,
      Math.sin(a) * r * radius,
      0.001,
      Math.cos(b) * s * radius,
      Math.sin(b) * s * radius,
      0.001,
    );
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(corners, 3));
  geometry.setAttribute('uv', new Float32BufferAttribute(new Float32Array((corners.length / 3) * 2), 2));
  geometry.computeVertexNormals();
  return geometry;
}

/** A plate of strawberry buns. */
export function makeBuns(air: Air, chance: Chance): Mesh {
  const shape = new Shape();
  const [x, z] = [0.72, -0.28];
  shape.add(
    turned([
      [0, 0.004],
      [0.1, 0.004],
      [0.135, 0.02],
      [0.138, 0.024],
      [0.1, 0.012],
      [0, 0.012],
    ]),
    0xdfe7e4,
    at(x, 0.035, z),
  );
  const spots: [number, number, number][] = [
    [0.06, 0.045, 0.02],
    [-0.055, 0.045, 0.04],
    [0, 0.045, -0.065],
    [0.002, 0.095, 0],
  ];
  for (const [dx, y, dz] of spots) {
    const dough: Paint = (out, _, n) =>
      out
        .set(0xe0a661)
        .lerp(new Color(0xf6dcae), n.y > 0 ? 0.15 : 0.6)
        .multiplyScalar(0.8 + 0.25 * Math.max(0, n.y));
    shape.add(new SphereGeometry(0.056, 16, 10), dough, at(x + dx, 0.03 + y, z + dz, [0, 0, 0], [1, 0.68, 1]));
    shape.add(
      new SphereGeometry(0.03, 14, 6, 0, Math.PI * 2, 0, 1.3),
      0xfdf1ea,
      at(x + dx, 0.03 + y + 0.022, z + dz, [0, 0, 0], [1.25, 0.62, 1.25]),
      1,
    );
    const berry: Paint = (out, p, n) =>
      out.set(0xd8433c).multiplyScalar(0.85 + 0.25 * Math.max(0, n.y) + 0.12 * Math.sin(p.x * 900) * Math.sin(p.y * 900));
    shape.add(
      new SphereGeometry(0.015, 9, 7),
      berry,
      at(x + dx, 0.03 + y + 0.045, z + dz, [chance.between(-0.3, 0.3), 0, chance.between(-0.3, 0.3)], [1, 1.15, 1]),
    );
    shape.add(star(0.011), 0x7d9b4c, at(x + dx, 0.03 + y + 0.061, z + dz, [-Math.PI / 2, 0, chance.next()]), 1);
  }
  const mesh = new Mesh(shape.build(), air.painted({}, { grain: 0.35 }));
  mesh.castShadow = mesh.receiveShadow = true;
  mesh.position.set(PICNIC.x, 0, PICNIC.z);
  return mesh;
}
