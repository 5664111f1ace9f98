// Nothing comes in but the ground; what always stands in the park goes out: bench, windmill, fence, stones, pond.
import { BoxGeometry, CircleGeometry, Color, ConeGeometry, CylinderGeometry, DodecahedronGeometry, Group, Mesh, Vector3 } from 'three';
import type { Chance } from '../wire/chance';
import type { Air } from './air';
import { BENCH } from './anchors';
import { heightAt, POND, pathX } from './ground';
import { at, Shape, tube } from './shape';

const PLANK = 0xb7a183;
const IRON = 0x5d5a52;
export const MILL = { x: -14, z: -112 } as const;

/** A park bench of planks on iron feet, about 1.5 m wide, seat 43 cm high. */
export function benchShape(chance: Chance): Shape {
  const shape = new Shape();
  const plank = () => new Color(PLANK).offsetHSL(0, 0, chance.between(-0.035, 0.035)).getHex();
  for (let i = 0; i < 4; i++)
    shape.add(new BoxGeometry(1.5, 0.032, 0.095), plank(), at(0, BENCH.seat - 0.016 - 0.006 * i, 0.17 - i * 0.108), 0.85);
  for (let i = 0; i < 3; i++)
    shape.add(new BoxGeometry(1.5, 0.1, 0.03), plank(), at(0, 0.56 + i * 0.125, -0.235 - i * 0.032, [-0.2, 0, 0]), 0.9);
  for (const x of [-0.62, 0.62]) {
    const leg = (points: [number, number, number][], r: number) =>
      tube(
        points.map((p) => new Vector3(x, p[1], p[2])),
        points.map(() => r),
        6,
      );
    shape.add(
      leg(
        [
          [0, 0, 0.2],
          [0, 0.2, 0.16],
          [0, 0.4, 0.19],
        ],
        0.021,
      ),
      IRON,
      undefined,
      0.6,
    );
    shape.add(
      leg(
        [
          [0, 0, -0.3],
          [0, 0.2, -0.23],
          [0, 0.42, -0.2],
          [0, 0.88, -0.315],
        ],
        0.021,
      ),
      IRON,
      undefined,
      0.6,
    );
    shape.add(
      leg(
        [
          [0, 0.383, 0.2],
          [0, 0.383, -0.21],
        ],
        0.019,
      ),
      IRON,
    );
    shape.add(
      leg(
        [
          [0, 0.4, 0.19],
          [0, 0.6, 0.2],
          [0, 0.64, 0.12],
          [0, 0.63, -0.24],
        ],
        0.017,
      ),
      IRON,
    );
  }
  return shape;
}

function millShape(): Shape {
  const shape = new Shape();
  shape.add(new CylinderGeometry(2.1, 3.2, 9, 10), 0xefe2cb, at(0, 4.4, 0), 0.9);
  shape.add(new ConeGeometry(2.6, 2.6, 10), 0xb0684e, at(0, 10.1, 0), 0.9);
  shape.add(new BoxGeometry(1.2, 2.2, 0.3), 0x8a6a50, at(0, 1.1, 3));
  for (const y of [4, 6.6]) shape.add(new BoxGeometry(0.8, 1, 0.3), 0x7d8894, at(0, y, 2.65 - (y - 4) * 0.11));
  return shape;
}

function sailsShape(): Shape {
  const shape = new Shape();
  for (let i = 0; i < 4; i++) {
    const turn = (i * Math.PI) / 2;
    const reach = (r: number, side: number): [number, number] => [
      Math.cos(turn) * r - Math.sin(turn) * side,
      Math.sin(turn) * r + Math.cos(turn) * side,
    ];
    const [ax, ay] = reach(2.8, 0);
    const [bx, by] = reach(3.5, 0.55);
    shape.add(new BoxGeometry(5.6, 0.2, 0.16), 0x8d7256, at(ax, ay, 0, [0, 0, turn]), 1);
    shape.add(new BoxGeometry(4, 1.05, 0.07), 0xf6ead2, at(bx, by, 0, [0, 0, turn]), 1);
  }
  return shape;
}

function scattered(shape: Shape, chance: Chance): void {
  const spots: [number, number, number][] = [
    [2.05, -6.1, 0.2],
    [-0.75, -6.6, 0.13],
    [2.4, -9.4, 0.24],
    [2.85, -9.7, 0.15],
    [-4.6, -2.1, 0.2],
    [-4.25, -2.3, 0.12],
    [1.9, 1.6, 0.17],
  ];
  for (const [x, z, r] of spots) {
    const stone = new DodecahedronGeometry(r, 1);
    const places = stone.getAttribute('position');
    const bump = (v: number) => 1 + 0.12 * Math.sin(v * 40 + r * 90);
    for (let i = 0; i < places.count; i++)
      places.setXYZ(i, places.getX(i) * bump(places.getY(i)), places.getY(i) * 0.62 * bump(places.getZ(i)), places.getZ(i) * 1.15);
    shape.add(stone, 0xa9a294, at(x, heightAt(x, z) + r * 0.3, z, [0.1, chance.next() * 3, 0.1]), 0.55);
  }
}

/** A low fence far along the path, which gives the eye a measure. */
function fence(shape: Shape, chance: Chance): void {
  let before: Vector3 | null = null;
  for (let i = 0; i < 18; i++) {
    const z = -17 - i * 2.1;
    const x = pathX(z) - 2.4 - 0.12 * i;
    const y = heightAt(x, z);
    const lean = chance.between(-0.05, 0.05);
    shape.add(new CylinderGeometry(0.055, 0.065, 1.15, 6), 0xa58d70, at(x, y + 0.5, z, [lean, 0, lean]), 0.7);
    const head = new Vector3(x, y + 0.86, z);
    if (before) {
      const low = (p: Vector3) => p.clone().setY(p.y - 0.4);
      shape.add(tube([before, head], [0.035, 0.03], 5), 0xa98f70);
      shape.add(tube([low(before), low(head)], [0.032, 0.035], 5), 0xa08768);
    }
    before = head;
  }
}

export interface Fixtures {
  group: Group;
  bench: Mesh;
  sails: Mesh;
}

export function makeFixtures(air: Air, chance: Chance): Fixtures {
  const group = new Group();
  const solid = air.painted({}, { grain: 0.8 });
  const bench = new Mesh(benchShape(chance).build(), solid);
  bench.position.set(BENCH.x, 0, BENCH.z);
  bench.rotation.y = BENCH.yaw;
  bench.castShadow = bench.receiveShadow = true;
  bench.name = 'bench';
  const low = new Shape();
  scattered(low, chance);
  fence(low, chance);
  const mill = millShape().build();
  mill.applyMatrix4(at(MILL.x, heightAt(MILL.x, MILL.z) - 0.4, MILL.z, [0, 0.25, 0]));
  low.add(mill, (out) => out.set(0xffffff));
  const still = new Mesh(low.build(), solid);
  still.receiveShadow = true;
  still.name = 'fixtures';
  const sails = new Mesh(sailsShape().build(), solid);
  sails.position.set(MILL.x + 0.75, heightAt(MILL.x, MILL.z) + 8.7, MILL.z + 2.9);
  sails.rotation.y = 0.25;
  sails.name = 'sails';
  group.add(bench, still, sails, makePond(air));
  return { group, bench, sails };
}

/** Water that gives back the sky, with glints towards the sun. */
function makePond(air: Air): Mesh {
  const geometry = new CircleGeometry(1, 48);
  geometry.applyMatrix4(at(POND.x, POND.y, POND.z, [-Math.PI / 2, 0, 0], [POND.halfX * 1.12, POND.halfZ * 1.12, 1]));
  const material = air.painted(
    { vertexColors: false, color: 0x4e7484 },
    {
      grain: 0,
      glow: /* glsl */ `
vec3 waterRay = normalize(vAir - cameraPosition);
vec2 ripple = texture2D(uGrain, vAir.xz * vec2(0.11, 0.42) + uTime * vec2(0.004, 0.011)).rr - 0.5;
float slant = pow(1.0 - abs(waterRay.y), 4.0);
vec3 mirror = normalize(vec3(waterRay.x + 0.1 * ripple.x, abs(waterRay.y), waterRay.z));
totalEmissiveRadiance += mix(uRim * 0.5, airColour(mirror), 0.5 + ripple.x) * (0.25 + 0.55 * slant);
totalEmissiveRadiance += uSunColour * 0.22 * smoothstep(0.2, 0.34, ripple.x) * pow(max(dot(mirror.xz, uSunDirection.xz), 0.0) + 0.35, 2.0);`,
    },
  );
  const mesh = new Mesh(geometry, material);
  mesh.name = 'pond';
  return mesh;
}
