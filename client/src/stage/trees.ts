// Where trees stand comes in; trunks (one mesh) and crowns of painted leaf cards (one mesh near, one far) go out.
import { BufferAttribute, BufferGeometry, Color, DoubleSide, Group, Mesh, Vector3 } from 'three';
import type { Chance } from '../wire/chance';
import type { Air } from './air';
import { BED, HIDE_TREE, PICNIC } from './anchors';
import { fieldEdge, heightAt, hollow, pathDistance } from './ground';
import { fractal, smoothstep } from './noise';
import { LEAF_SHEETS, leafTexture } from './paint';
import { type Paint, Shape, tube } from './shape';

export interface Tree {
  x: number;
  z: number;
  height: number;
  crown: number; // radius, metres
  trunk: number; // radius, metres
  leaf: number; // colour
  bark: number;
  lean: number;
}

const OAK = { leaf: 0xb2c462, bark: 0x94836c };
const LINDEN = { leaf: 0xc2d070, bark: 0x9a8c78 };
const APPLE = { leaf: 0xbccf76, bark: 0x988775 };
const WILLOW = { leaf: 0xc0cd7e, bark: 0x988670 };

/** The trees that have a name in the story, and their neighbours. */
export const TREES: readonly Tree[] = [
  { ...APPLE, x: HIDE_TREE.x, z: HIDE_TREE.z, height: 5.8, crown: 2.1, trunk: HIDE_TREE.radius, lean: 0.12 },
  { ...OAK, x: PICNIC.x + 2.5, z: PICNIC.z - 2.9, height: 8.6, crown: 3.9, trunk: 0.38, lean: -0.3 },
  { ...LINDEN, x: BED.x - 0.3, z: BED.z - 2.4, height: 7.6, crown: 3.3, trunk: 0.31, lean: 0.25 },
  { ...LINDEN, x: -8.6, z: -15.5, height: 9.2, crown: 3.6, trunk: 0.32, lean: 0.1 },
  { ...OAK, x: 1.2, z: -23, height: 8.4, crown: 3.6, trunk: 0.32, lean: 0.2 },
  { ...WILLOW, x: 21, z: -29, height: 8.2, crown: 4.2, trunk: 0.34, lean: -0.6 },
  { ...OAK, x: -17, z: -4, height: 9.4, crown: 4.3, trunk: 0.32, lean: 0.2 },
  { ...LINDEN, x: 14.5, z: -3.4, height: 7.8, crown: 3.2, trunk: 0.36, lean: 0.1 },
  { ...APPLE, x: 8.5, z: 8, height: 5, crown: 2.3, trunk: 0.26, lean: 0.2 },
  { ...OAK, x: -7.5, z: 9.5, height: 8, crown: 3.7, trunk: 0.34, lean: -0.2 },
  { ...LINDEN, x: 1.5, z: 17, height: 9, crown: 3.8, trunk: 0.32, lean: 0.2 },
];

const RISE = 12; // rings of a trunk

function trunkOf(tree: Tree, chance: Chance, shape: Shape, around: number): void {
  const bark = new Color(tree.bark);
  const rough = fractal(Math.round(tree.x * 10) + 50, 3);
  const paint: Paint = (out, p, n) => {
    const cracks = rough(Math.atan2(p.z - tree.z, p.x - tree.x) * 6, p.y * 1.1);
    const shade = (0.66 + 0.3 * Math.min(1, p.y / 1.2)) * (0.42 + 1.05 * cracks) * (1 - 0.25 * smoothstep(0.5, 0.8, p.y / tree.height));
    out.copy(bark).multiplyScalar(shade * (n.y < 0 ? 0.85 : 1));
  };
  const top = tree.height * 0.66;
  const base = heightAt(tree.x, tree.z) - 0.12;
  const points: Vector3[] = [];
  const radii: number[] = [];
  for (let i = 0; i <= RISE; i++) {
    const t = (i / RISE) ** 1.25;
    points.push(
      new Vector3(tree.x + tree.lean * t * t + 0.1 * Math.sin(t * 5 + tree.x), base + top * t, tree.z + 0.12 * Math.sin(t * 4 + tree.z)),
    );
    radii.push(tree.trunk * (1 + 0.75 * Math.exp(-t * 16) - 0.62 * t));
  }
  shape.add(tube(points, radii, around), paint);
  for (let b = 0; b < 5; b++) {
    const start = points[8 + (b % 3)]!;
    const turn = (b / 5) * Math.PI * 2 + chance.between(-0.4, 0.4);
    const long = tree.crown * chance.between(0.6, 0.85);
    const way = [0, 0.35, 0.7, 1].map(
      (t) =>
        new Vector3(start.x + Math.cos(turn) * long * t, start.y + long * (0.3 * t + 0.45 * t * t), start.z + Math.sin(turn) * long * t),
    );
    const thick = tree.trunk * 0.42;
    shape.add(tube(way, [thick, thick * 0.7, thick * 0.45, thick * 0.2], Math.ceil(around / 3)), paint);
  }
}

/** Collects leaf cards: a square each, shaded by where it hangs in the crown. */
class Cards {
  readonly #places: number[] = [];
  readonly #normals: number[] = [];
  readonly #uvs: number[] = [];
  readonly #colours: number[] = [];
  readonly #normal = new Vector3();
  readonly #side = new Vector3();
  readonly #up = new Vector3();
  readonly #colour = new Color();

  /** A bunch of cards on a ball around (cx, cy, cz); `heart` is the middle of the crown, for the shading. */
  bunch(centre: Vector3, radius: number, count: number, size: number, leaf: Color, heart: Vector3, crown: number, chance: Chance): void {
    for (let i = 0; i < count; i++) {
      const y = 1 - 2 * ((i + chance.next()) / count) * 0.86;
      const turn = i * 2.399963 + chance.between(-0.3, 0.3);
      const flat = Math.sqrt(Math.max(0, 1 - y * y));
      this.#normal.set(Math.cos(turn) * flat, y, Math.sin(turn) * flat);
      const out = radius * chance.between(0.72, 1.02);
      const x = centre.x + this.#normal.x * out;
      const h = centre.y + this.#normal.y * out * 0.86;
      const z = centre.z + this.#normal.z * out;
      const deep = Math.min(1, Math.hypot(x - heart.x, (h - heart.y) * 1.15, z - heart.z) / crown);
      const high = Math.min(1, Math.max(0, (h - heart.y + crown) / (2 * crown)));
      const shade = (0.46 + 0.34 * deep * deep + 0.36 * high) * (0.84 + 0.2 * this.#normal.y) * chance.between(0.88, 1.1);
      this.#colour.copy(leaf).multiplyScalar(shade);
      this.#colour.r *= 0.84 + 0.28 * high;
      this.#colour.b *= 1.16 - 0.3 * high;
      this.#card(x, h, z, size * chance.between(0.8, 1.2), chance, centre, heart);
    }
  }

  #card(x: number, y: number, z: number, size: number, chance: Chance, centre: Vector3, heart: Vector3): void {
    const tilt = chance.between(0, Math.PI * 2);
    const face = this.#normal
      .clone()
      .add(new Vector3(chance.between(-0.6, 0.6), chance.between(-0.3, 0.6), chance.between(-0.6, 0.6)))
      .normalize();
    this.#side.set(-face.z, 0.001, face.x).normalize();
    this.#up.crossVectors(face, this.#side);
    const sheet = Math.floor(chance.next() * LEAF_SHEETS);
    const corners = [-1, -1, 1, -1, 1, 1, -1, -1, 1, 1, -1, 1];
    for (let i = 0; i < 12; i += 2) {
      const u = corners[i]!;
      const v = corners[i + 1]!;
      const a = (u * Math.cos(tilt) - v * Math.sin(tilt)) * size * 0.5;
      const b = (u * Math.sin(tilt) + v * Math.cos(tilt)) * size * 0.5;
      const px = x + this.#side.x * a + this.#up.x * b;
      const py = y + this.#side.y * a + this.#up.y * b;
      const pz = z + this.#side.z * a + this.#up.z * b;
      this.#places.push(px, py, pz);
      const n = new Vector3(
        px - centre.x * 0.6 - heart.x * 0.4,
        py - centre.y * 0.6 - heart.y * 0.4 + 0.25,
        pz - centre.z * 0.6 - heart.z * 0.4,
      ).normalize();
      this.#normals.push(n.x, n.y, n.z);
      this.#uvs.push((sheet + 0.5 + u * 0.5) / LEAF_SHEETS, 0.5 + v * 0.5);
      this.#colours.push(this.#colour.r, this.#colour.g, this.#colour.b);
    }
  }

  build(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.#places), 3));
    geometry.setAttribute('normal', new BufferAttribute(new Float32Array(this.#normals), 3));
    geometry.setAttribute('uv', new BufferAttribute(new Float32Array(this.#uvs), 2));
    geometry.setAttribute('color', new BufferAttribute(new Float32Array(this.#colours), 3));
    geometry.computeBoundingSphere();
    return geometry;
  }
}

function crownOf(tree: Tree, cards: Cards, chance: Chance, fine: number): void {
  const base = heightAt(tree.x, tree.z);
  const heart = new Vector3(tree.x + tree.lean * 0.7, base + tree.height - tree.crown * 0.82, tree.z);
  const leaf = new Color(tree.leaf);
  const bunches = Math.round(15 * fine) + 4;
  for (let i = 0; i < bunches; i++) {
    const y = 1 - (2 * (i + 0.5)) / bunches;
    const turn = i * 2.399963 + tree.x;
    const flat = Math.sqrt(1 - y * y);
    const away = tree.crown * chance.between(0.42, 0.82);
    const centre = new Vector3(
      heart.x + Math.cos(turn) * flat * away,
      heart.y + y * away * 0.72 + (i % 3 === 0 ? 0.12 * tree.crown : 0),
      heart.z + Math.sin(turn) * flat * away,
    );
    const tone = leaf.clone().offsetHSL(chance.between(-0.018, 0.012), 0, chance.between(-0.03, 0.03));
    const radius = tree.crown * chance.between(0.26, 0.46);
    cards.bunch(centre, radius, Math.round((18 + 60 * (radius / tree.crown)) * fine), tree.crown * 0.27, tone, heart, tree.crown, chance);
  }
}

/** Copses and single trees on the hills, and hedges along the fields: a few large cards each. */
function farCrowns(cards: Cards, chance: Chance): number {
  let planted = 0;
  for (let i = 0; i < 1500 && planted < 250; i++) {
    const turn = chance.next() * Math.PI * 2;
    const r = 26 + 270 * chance.next() ** 1.2;
    const x = Math.cos(turn) * r;
    const z = -5 + Math.sin(turn) * r;
    const grove = Math.sin(x * 0.045 + 1.3) + Math.sin(z * 0.052 - 0.7);
    const hedge = r > 60 && fieldEdge(x, z);
    if (pathDistance(x, z) < 6 || hollow(x, z) > 0.05 || (grove < 0.75 && !hedge)) continue;
    const size = chance.between(2.2, 4.2) * (hedge && grove < 0.75 ? 0.55 : 1);
    const leaf = new Color(chance.pick([0x93ad58, 0x86a35a, 0xa0b45e, 0xb2ba62, 0x7b9c5c]));
    const heart = new Vector3(x, heightAt(x, z) + size * 0.95, z);
    cards.bunch(heart, size * 0.7, r > 120 ? 4 : r > 60 ? 9 : 14, size * (r > 120 ? 1.5 : r > 60 ? 1.25 : 1.1), leaf, heart, size, chance);
    planted++;
  }
  return planted;
}

const SWAY = /* glsl */ `
float hang = transformed.x * 0.7 + transformed.z * 0.5;
transformed += vec3(sin(uTime * 1.3 + hang), 0.6 * sin(uTime * 1.7 + hang * 1.9), cos(uTime * 1.1 + hang * 1.3)) * 0.028 * uWind * (uv.y + 0.3);`;

const THROUGH = /* glsl */ `
vec3 leafRay = normalize(vAir - cameraPosition);
float through = pow(max(dot(leafRay, uSunDirection), 0.0), 2.0);
totalEmissiveRadiance += diffuseColor.rgb * uSunColour * vec3(0.34, 0.3, 0.1) * (0.26 + through);`;

export function makeTrees(air: Air, chance: Chance): Group {
  const group = new Group();
  const trunks = new Shape();
  const farTrunks = new Shape();
  const near = new Cards();
  const far = new Cards();
  for (const tree of TREES) {
    const close = Math.hypot(tree.x, tree.z + 5) < 14;
    trunkOf(tree, chance, close ? trunks : farTrunks, close ? 13 : 5);
    crownOf(tree, close ? near : far, chance, close ? 1 : 0.55);
  }
  farCrowns(far, chance);
  const wood = new Mesh(trunks.build(), air.painted({}, { grain: 1 }));
  wood.castShadow = wood.receiveShadow = true;
  wood.name = 'trunks';
  const farWood = new Mesh(farTrunks.build(), wood.material);
  farWood.name = 'far trunks';
  const map = leafTexture();
  const leaves = air.painted({ map, side: DoubleSide, alphaTest: 0.4 }, { grain: 0.3, soft: true, vertex: SWAY, glow: THROUGH });
  const crowns = new Mesh(near.build(), leaves);
  crowns.castShadow = true;
  crowns.name = 'crowns';
  const hills = new Mesh(far.build(), leaves);
  hills.name = 'far crowns';
  group.add(wood, farWood, crowns, hills);
  return group;
}
