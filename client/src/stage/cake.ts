// Nothing comes in; a lemon cake on its stand goes out, whole and cut, with a slice, candles and a match.
import {
  type BufferGeometry,
  Color,
  CylinderGeometry,
  Group,
  InstancedMesh,
  LatheGeometry,
  Matrix4,
  Mesh,
  SphereGeometry,
  TorusGeometry,
  Vector2,
  Vector3,
} from 'three';
import type { Air } from './air';
import { PICNIC } from './anchors';
import { candleSpot, MOST_CANDLES } from './candles';
import { smoothstep } from './noise';
import { PLATE, TABLE, turned } from './picnic';
import { at, type Paint, Shape, tube } from './shape';

export const CAKE = { radius: 0.13, foot: TABLE.top + 0.075, top: TABLE.top + 0.19 } as const;
export const CANDLE_M = 0.06;
const HIGH = CAKE.top - CAKE.foot;
const WEDGE = 0.62; // radians that a cut leaves open, towards the visitor
const ICING = new Color(0xfff3da);
const CREAM = new Color(0xfbe7a6);
const SPONGE = new Color(0xf0cc7a);

/** Where icing runs down the side, metres from the top, around the cake. */
function drip(turn: number): number {
  const wave = 0.5 + 0.5 * Math.sin(turn * 9 + 1.2 * Math.sin(turn * 4));
  return 0.016 + 0.036 * wave ** 2.4;
}

const sidePaint: Paint = (out, p, n) => {
  const turn = Math.atan2(p.z, p.x);
  const below = HIGH - p.y;
  if (n.y > 0.6 || below < drip(turn)) out.copy(ICING).multiplyScalar(0.97);
  else {
    const layer = Math.abs(p.y - HIGH * 0.5) < 0.008;
    out.copy(layer ? CREAM : SPONGE).multiplyScalar(0.86 + 0.14 * Math.sin(p.x * 310) * Math.sin(p.y * 270 + p.z * 290));
  }
};

const cutPaint: Paint = (out, p) => {
  const crust = smoothstep(0.012, 0.004, HIGH - p.y);
  const layer = Math.abs(p.y - HIGH * 0.5) < 0.008;
  out
    .copy(layer ? CREAM : SPONGE)
    .multiplyScalar(1 + 0.07 * Math.sin(p.x * 420) * Math.sin(p.y * 390))
    .lerp(ICING, crust);
};

function round(start: number, length: number): BufferGeometry {
  const outline = [
    [0.001, 0],
    [CAKE.radius, 0],
    [CAKE.radius + 0.002, HIGH * 0.2],
    [CAKE.radius + 0.002, HIGH * 0.45],
    [CAKE.radius + 0.001, HIGH * 0.7],
    [CAKE.radius + 0.004, HIGH - 0.016],
    [CAKE.radius - 0.004, HIGH - 0.003],
    [CAKE.radius - 0.014, HIGH],
    [0.001, HIGH + 0.002],
  ];
  return new LatheGeometry(
    outline.map(([r, y]) => new Vector2(r!, y!)),
    Math.max(8, Math.round(52 * (length / (Math.PI * 2)))),
    start,
    length,
  );
}

/** A flat inner side where the knife went; `turn` in the lathe's sense (0 is +Z). */
function innerSide(shape: Shape, turn: number, facing: 1 | -1): void {
  const side = new CylinderGeometry(0.5, 0.5, 1, 4, 1);
  side.rotateY(Math.PI / 4);
  side.scale(Math.SQRT2 * 0.002, HIGH - 0.002, Math.SQRT2 * CAKE.radius);
  side.translate(-facing * 0.001, HIGH / 2, CAKE.radius / 2);
  side.rotateY(turn);
  const flat = side.toNonIndexed();
  flat.computeVertexNormals();
  shape.add(flat, cutPaint);
}

function topping(shape: Shape, keep: (turn: number) => boolean): void {
  for (let i = 0; i < 8; i++) {
    const turn = (i / 8) * Math.PI * 2 + 0.4;
    if (!keep(turn)) continue;
    const [x, z] = [Math.sin(turn) * 0.106, Math.cos(turn) * 0.106];
    shape.add(new SphereGeometry(0.0135, 9, 6), 0xfff6e2, at(x, HIGH + 0.004, z, [0, 0, 0], [1, 0.8, 1]), 0.9);
    if (i % 2) {
      shape.add(new CylinderGeometry(0.018, 0.018, 0.003, 16), 0xf3cf4e, at(x, HIGH + 0.021, z, [1.15, turn, 0]), 1);
      shape.add(new TorusGeometry(0.018, 0.0022, 4, 16), 0xe6ae2c, at(x, HIGH + 0.021, z, [1.15 + Math.PI / 2, 0, turn]), 1);
    } else {
      shape.add(new SphereGeometry(0.012, 10, 7), 0xd4483f, at(x, HIGH + 0.018, z), 0.8);
    }
  }
}

export interface CakeParts {
  group: Group;
  whole: Mesh;
  cut: Mesh;
  slice: Mesh;
  herSlice: Mesh;
  candles: InstancedMesh;
  match: Mesh;
}

/** The plate on its foot, turned like a bowl. */
function plateOnFoot(): BufferGeometry {
  return turned(
    [
      [0, 0],
      [0.07, 0],
      [0.074, 0.006],
      [0.02, 0.02],
      [0.016, 0.05],
      [0.03, 0.062],
      [0.155, 0.068],
      [0.166, 0.074],
      [0.163, 0.078],
      [0.15, 0.074],
      [0, 0.073],
    ],
    32,
  );
}

export function makeCake(air: Air): CakeParts {
  const material = air.painted({}, { grain: 0.22 });
  const standing = new Shape();
  const foot = plateOnFoot();
  standing.add(foot, 0xe8e6dc, at(0, -0.075, 0), 0.7);
  const whole = new Shape();
  whole.add(standing.build(), (out) => out.set(0xeeeae0).multiplyScalar(0.96));
  whole.add(round(0, Math.PI * 2), sidePaint);
  topping(whole, () => true);
  const cut = new Shape();
  cut.add(plateOnFoot(), 0xeeeae0, at(0, -0.075, 0), 0.8);
  cut.add(round(WEDGE, Math.PI * 2 - 2 * WEDGE), sidePaint);
  innerSide(cut, WEDGE, -1);
  innerSide(cut, -WEDGE, 1);
  topping(cut, (turn) => Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) > WEDGE + 0.1);
  const mesh = (shape: Shape, own = material) => {
    const made = new Mesh(shape.build(), own);
    made.castShadow = made.receiveShadow = true;
    return made;
  };
  const slices = [0, 1].map(() => {
    const slice = new Shape();
    slice.add(round(-WEDGE / 2, WEDGE), sidePaint);
    innerSide(slice, -WEDGE / 2, -1);
    innerSide(slice, WEDGE / 2, 1);
    topping(slice, (turn) => Math.abs(turn - 0.4) < 0.05);
    return mesh(slice, air.painted({}, { grain: 0.22 }));
  });
  const group = new Group();
  group.position.set(PICNIC.x, CAKE.foot, PICNIC.z);
  const parts: CakeParts = {
    group,
    whole: mesh(whole),
    cut: mesh(cut),
    slice: slices[0]!,
    herSlice: slices[1]!,
    candles: candleMesh(air),
    match: matchMesh(air),
  };
  parts.slice.scale.setScalar(0.86);
  parts.herSlice.scale.setScalar(0.86);
  group.add(parts.whole, parts.cut, parts.candles);
  return parts;
}

/** Where the two slices stand when the cake is cut: on the two plates. */
export function layOut(parts: CakeParts): void {
  const y = TABLE.top + PLATE[6]![1];
  parts.slice.position.set(PICNIC.x - 0.27, y, PICNIC.z + 0.07);
  parts.herSlice.position.set(PICNIC.x + 0.27, y, PICNIC.z - 0.19);
}

const WAX = [0xf3b7a2, 0xf6d98c, 0xa9c9c4, 0xd9b4d4, 0xf4efe2].map((hex) => new Color(hex));

function candleMesh(air: Air): InstancedMesh {
  const shape = new Shape();
  const stripes: Paint = (out, p) =>
    out.set(Math.sin(p.y * 300 + Math.atan2(p.z, p.x)) > 0.2 ? 0xffffff : 0xf0dcd0).multiplyScalar(0.9 + 2 * p.y);
  shape.add(new CylinderGeometry(0.0042, 0.0045, CANDLE_M, 9, 6), stripes, at(0, CANDLE_M / 2, 0));
  shape.add(new CylinderGeometry(0.0008, 0.0008, 0.008, 4), 0x4a3a30, at(0, CANDLE_M + 0.004, 0), 1);
  const mesh = new InstancedMesh(shape.build(), air.painted({}, { grain: 0 }), MOST_CANDLES);
  mesh.castShadow = true;
  mesh.count = 0;
  mesh.frustumCulled = false;
  return mesh;
}

/** Set candles on the cake; the wicks' places in the stage's frame go into `wicks`. */
export function setCandles(parts: CakeParts, count: number, wicks: Vector3[]): void {
  const spot = new Vector3();
  const place = new Matrix4();
  for (let i = 0; i < count; i++) {
    candleSpot(i, count, CAKE.radius, spot);
    parts.candles.setMatrixAt(i, place.makeTranslation(spot.x, HIGH - 0.006, spot.z));
    parts.candles.setColorAt(i, WAX[i % WAX.length]!);
    wicks[i]!.set(PICNIC.x + spot.x, CAKE.top + CANDLE_M + 0.006, PICNIC.z + spot.z);
  }
  parts.candles.count = count;
  parts.candles.instanceMatrix.needsUpdate = true;
  if (parts.candles.instanceColor) parts.candles.instanceColor.needsUpdate = true;
}

export const MATCH_M = 0.095;

/** A long match: its head points along -Z of the mesh. */
function matchMesh(air: Air): Mesh {
  const shape = new Shape();
  shape.add(tube([new Vector3(0, 0, 0), new Vector3(0, 0, -MATCH_M)], [0.0022, 0.0022], 6), 0xe2c79a, undefined, 1);
  shape.add(new SphereGeometry(0.0042, 8, 6), 0xb5493c, at(0, 0, -MATCH_M, [0, 0, 0], [1, 1, 1.4]), 1);
  const mesh = new Mesh(shape.build(), air.painted({}, { grain: 0.2 }));
  mesh.castShadow = true;
  return mesh;
}
