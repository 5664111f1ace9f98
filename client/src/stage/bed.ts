// Nothing comes in but the place; a bed under the tree, its stump with the whale lamp, and a cloth rabbit go out.
import { type BufferGeometry, Color, CylinderGeometry, Group, Mesh, PlaneGeometry, SphereGeometry, TorusGeometry, Vector3 } from 'three';
import type { Chance } from '../wire/chance';
import type { Air } from './air';
import { BED } from './anchors';
import { smoothstep } from './noise';
import { at, type Paint, Shape, tube } from './shape';

export const LAMP_AT = new Vector3(BED.x - 0.74, 0.56, BED.z - 0.82);
const WOOD = 0xc49a6c;
const LINEN = new Color(0xfaf1df);

/** A box whose corners are round: `soft` metres. */
export function pillowy(x: number, y: number, z: number, soft: number): BufferGeometry {
  const box = new SphereGeometry(1, 26, 16);
  const places = box.getAttribute('position');
  const p = new Vector3();
  const squash = (v: number, half: number) => Math.sign(v) * (half - soft) * Math.min(1, Math.abs(v) * 1.9) ** 0.7 + v * soft;
  for (let i = 0; i < places.count; i++) {
    p.fromBufferAttribute(places, i);
    places.setXYZ(i, squash(p.x, x / 2), squash(p.y, y / 2), squash(p.z, z / 2));
  }
  box.computeVertexNormals();
  return box;
}

function frame(shape: Shape): void {
  const post = (x: number, z: number, high: number) => {
    shape.add(new CylinderGeometry(0.034, 0.042, high, 9), WOOD, at(x, high / 2, z), 0.55);
    shape.add(new SphereGeometry(0.05, 10, 7), WOOD, at(x, high + 0.025, z));
  };
  const [hx, hz] = [BED.halfX + 0.02, BED.halfZ + 0.03];
  for (const x of [-hx, hx]) {
    post(x, -hz, 0.98);
    post(x, hz, 0.62);
    shape.add(tube([new Vector3(x, 0.27, -hz), new Vector3(x, 0.27, hz)], [0.045, 0.045], 8), WOOD, undefined, 0.6);
  }
  const rail = (y: number, z: number, bow: number) => {
    const way = Array.from({ length: 10 }, (_, i) => new Vector3(-hx + (2 * hx * i) / 9, y + bow * Math.sin((i / 9) * Math.PI), z));
    shape.add(
      tube(
        way,
        way.map(() => 0.03),
        7,
      ),
      WOOD,
    );
  };
  rail(0.88, -hz, 0.16);
  rail(0.42, -hz, 0);
  rail(0.54, hz, 0.07);
  rail(0.3, hz, 0);
  for (let i = 1; i < 8; i++) {
    const x = -hx + (2 * hx * i) / 8;
    const arch = 0.16 * Math.sin((i / 8) * Math.PI);
    shape.add(new CylinderGeometry(0.013, 0.013, 0.46 + arch, 6), WOOD, at(x, 0.65 + arch / 2, -hz));
    if (i % 2 === 0) shape.add(new CylinderGeometry(0.013, 0.013, 0.24, 6), WOOD, at(x, 0.43, hz));
  }
}

function bedding(shape: Shape): void {
  const sheet: Paint = (out, p, n) =>
    out.copy(LINEN).multiplyScalar(0.8 + 0.16 * Math.max(0, n.y) + 0.03 * Math.sin(p.x * 21 + 3 * Math.sin(p.z * 9)));
  shape.add(pillowy(2 * BED.halfX, 0.24, 2 * BED.halfZ, 0.07), sheet, at(0, BED.top - 0.12, 0));
  const pillow = pillowy(0.72, 0.15, 0.44, 0.075);
  const places = pillow.getAttribute('position');
  for (let i = 0; i < places.count; i++) {
    const [x, y, z] = [places.getX(i), places.getY(i), places.getZ(i)];
    const dent = y > 0 ? 0.035 * Math.exp(-(x * x) / 0.022 - ((z - 0.02) * (z - 0.02)) / 0.014) : 0;
    const pinch = 1 - 0.34 * smoothstep(0.2, 0.36, Math.abs(x)) * smoothstep(0.1, 0.22, Math.abs(z));
    places.setXYZ(i, x, (y - dent) * pinch, z);
  }
  pillow.computeVertexNormals();
  const ticking: Paint = (out, p, n) => {
    const stripe = Math.abs(((p.x * 22 + 100) % 2) - 1) < 0.1;
    out.set(stripe ? 0xc9d4da : 0xfdf6e8).multiplyScalar(0.82 + 0.16 * Math.max(0, n.y));
  };
  shape.add(pillow, ticking, at(0, BED.top + 0.055, -BED.halfZ + 0.28, [0.1, 0, 0]));
}

/** The stump that carries the lamp, with a small book. */
function stump(shape: Shape, chance: Chance): void {
  const [x, z] = [LAMP_AT.x - BED.x, LAMP_AT.z - BED.z];
  const bark: Paint = (out, p, n) => {
    if (n.y > 0.7) out.set(0xd9b98a).multiplyScalar(0.86 + 0.12 * Math.sin(Math.hypot(p.x - x, p.z - z) * 190));
    else out.set(0x8d765c).multiplyScalar(0.6 + 0.35 * Math.min(1, p.y / 0.25) + 0.1 * Math.sin(Math.atan2(p.z - z, p.x - x) * 17));
  };
  shape.add(new CylinderGeometry(0.19, 0.24, 0.46, 22), bark, at(x, 0.23, z));
  shape.add(pillowy(0.15, 0.024, 0.11, 0.006), 0x86a0ae, at(x + 0.03, 0.474, z + 0.13, [0, chance.between(0.2, 0.6), 0]), 0.9);
}

export function makeBed(air: Air, chance: Chance): Mesh {
  const shape = new Shape();
  frame(shape);
  bedding(shape);
  stump(shape, chance);
  const mesh = new Mesh(shape.build(), air.painted({}, { grain: 0.5 }));
  mesh.castShadow = mesh.receiveShadow = true;
  mesh.position.set(BED.x, 0, BED.z);
  return mesh;
}

/** A small whale of paper and light. Its glow is given each frame. */
export function makeLamp(air: Air): { mesh: Mesh; glow: { value: number } } {
  const shape = new Shape();
  const back = new Color(0x86aebf);
  const belly = new Color(0xfbe9c8);
  const skin: Paint = (out, p) => out.copy(belly).lerp(back, smoothstep(-0.025, 0.03, p.y + 0.12 * p.x));
  const body = new SphereGeometry(0.1, 24, 16);
  const places = body.getAttribute('position');
  for (let i = 0; i < places.count; i++) {
    const [x, y, z] = [places.getX(i), places.getY(i), places.getZ(i)];
    const taper = x > 0 ? 1 - 0.75 * smoothstep(0, 0.1, x) ** 1.2 : 1 - 0.12 * smoothstep(0, 0.1, -x);
    places.setXYZ(
      i,
      x * 1.45 + (x > 0 ? 0.035 * smoothstep(0.03, 0.1, x) : 0),
      y * 0.86 * taper + (x > 0 ? 0.055 * smoothstep(0.04, 0.1, x) : 0),
      z * 0.86 * taper,
    );
  }
  body.computeVertexNormals();
  shape.add(body, skin);
  for (const side of [-1, 1]) {
    shape.add(new SphereGeometry(0.045, 14, 8), 0x7ba3b5, at(0.2, 0.072, side * 0.035, [0, side * -0.7, 0.45], [0.85, 0.2, 0.55]), 0.9);
    shape.add(
      new SphereGeometry(0.04, 12, 8),
      0x7ba3b5,
      at(-0.03, -0.035, side * 0.088, [side * 0.7, side * -0.5, 0.3], [1, 0.22, 0.6]),
      0.9,
    );
    shape.add(new SphereGeometry(0.0075, 10, 8), 0x3b4650, at(-0.1, 0.006, side * 0.058), 1);
    shape.add(new TorusGeometry(0.03, 0.0022, 5, 12, 1.3), 0x5d8395, at(-0.105, -0.008, side * 0.0545, [0, side * 0.6, -2.3]), 1);
  }
  for (let i = 0; i < 3; i++)
    shape.add(
      tube(
        [0, 1, 2, 3].map((k) => new Vector3(-0.02 + (i - 1) * 0.012 * k, 0.08 + 0.018 * k - (i === 1 ? 0 : 0.002 * k * k), 0)),
        [0.004, 0.0035, 0.003, 0.001],
        5,
      ),
      0xe8f4f4,
      undefined,
      1,
    );
  const glow = { value: 0 };
  const mesh = new Mesh(
    shape.build(),
    air.painted(
      {},
      {
        grain: 0.2,
        uniforms: { uShine: glow },
        fragmentHead: 'uniform float uShine;',
        glow: 'totalEmissiveRadiance += diffuseColor.rgb * vec3(1.0, 0.66, 0.32) * uShine * (0.75 + 2.2 * max(0.0, 0.03 - vBrush.y));',
      },
    ),
  );
  mesh.position.copy(LAMP_AT);
  mesh.rotation.y = 2.1;
  return { mesh, glow };
}

/** A rabbit sewn of cloth, much loved: sits with its feet before it, 28 cm with its ears. */
export function makeRabbit(air: Air): Group {
  const shape = new Shape();
  const cloth = 0xd9c2a4;
  const felt: Paint = (out, p, n) =>
    out.set(cloth).multiplyScalar(0.8 + 0.16 * Math.max(0, n.y) + 0.05 * Math.sin(p.x * 160) * Math.sin(p.y * 170 + p.z * 150));
  shape.add(new SphereGeometry(0.06, 18, 12), felt, at(0, 0.068, 0, [0, 0, 0], [1, 1.15, 0.92]));
  shape.add(new SphereGeometry(0.048, 18, 12), felt, at(0, 0.165, 0.008, [0, 0, 0], [1.06, 0.96, 0.96]));
  for (const side of [-1, 1]) {
    const ear = Array.from(
      { length: 7 },
      (_, i) =>
        new Vector3(
          side * (0.022 + 0.004 * i + (side > 0 && i > 3 ? 0.012 * (i - 3) : 0)),
          0.198 + 0.0165 * i - (side > 0 && i > 3 ? 0.009 * (i - 3) ** 1.5 : 0),
          -0.004,
        ),
    );
    shape.add(tube(ear, [0.011, 0.015, 0.0175, 0.018, 0.0165, 0.013, 0.003], 7), felt);
    shape.add(
      tube(
        ear.slice(1, 6).map((p) => p.clone().add(new Vector3(0, 0, 0.009))),
        [0.004, 0.009, 0.0105, 0.009, 0.004],
        7,
      ),
      0xe9b9a8,
      undefined,
      1,
    );
    shape.add(
      tube(
        [new Vector3(side * 0.045, 0.105, 0.012), new Vector3(side * 0.075, 0.07, 0.035), new Vector3(side * 0.07, 0.045, 0.055)],
        [0.017, 0.018, 0.014],
        7,
      ),
      felt,
    );
    shape.add(new SphereGeometry(0.015, 12, 9), felt, at(side * 0.07, 0.042, 0.057));
    shape.add(
      tube(
        [new Vector3(side * 0.03, 0.028, 0.02), new Vector3(side * 0.045, 0.024, 0.08), new Vector3(side * 0.048, 0.026, 0.105)],
        [0.025, 0.022, 0.02],
        7,
      ),
      felt,
    );
    shape.add(new SphereGeometry(0.024, 14, 10), felt, at(side * 0.048, 0.03, 0.11, [0, 0, 0], [0.9, 1.2, 0.62]));
    shape.add(new CylinderGeometry(0.0065, 0.0065, 0.003, 12), 0x4c4038, at(side * 0.019, 0.176, 0.052, [Math.PI / 2, 0, side * 0.3]), 1);
  }
  shape.add(new SphereGeometry(0.007, 10, 8), 0xcf8f86, at(0, 0.161, 0.056, [0, 0, 0], [1.2, 0.8, 0.7]), 1);
  shape.add(new TorusGeometry(0.043, 0.0105, 6, 18), 0x7f9fb2, at(0, 0.125, 0.004, [Math.PI / 2, 0, 0]));
  shape.add(new PlaneGeometry(0.028, 0.07), 0x7f9fb2, at(0.02, 0.092, 0.057, [-0.22, 0, -0.25]), 0.9);
  const mesh = new Mesh(shape.build(), air.painted({ side: 2 }, { grain: 0.7 }));
  mesh.castShadow = mesh.receiveShadow = true;
  const group = new Group();
  group.add(mesh);
  return group;
}
