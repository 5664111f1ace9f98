// Where the visitor is comes in; a carpet of grass that is always around them goes out, with flowers that stay in their places.
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  Sphere,
  Vector3,
  Vector4,
} from 'three';
import type { Chance } from '../wire/chance';
import type { Air } from './air';
import { PICNIC } from './anchors';
import { BREEZE_GLSL } from './glsl';
import { heightAt, hollow, MIDDLE, PATH_GLSL, PATH_HALF_M, pathDistance } from './ground';
import { TREES } from './trees';

const TUFTS = 5300;
const BLADES = 4;
export const CARPET_M = 12;

/** One tuft: slim blades of a triangle each, height 0..1 in y; `bend` says how each leans. */
function tuftGeometry(chance: Chance): InstancedBufferGeometry {
  const places: number[] = [];
  const index: number[] = [];
  for (let b = 0; b < BLADES; b++) {
    const turn = (b / BLADES) * Math.PI * 2 + chance.between(-0.5, 0.5);
    const away = chance.between(0.02, 0.12);
    const [x, z] = [Math.cos(turn) * away, Math.sin(turn) * away];
    const across = turn + Math.PI / 2 + chance.between(-0.8, 0.8);
    const wide = chance.between(0.007, 0.0125);
    const tall = chance.between(0.55, 1);
    const lean = chance.between(0.15, 0.5) * tall;
    const first = places.length / 3;
    const point = (t: number, w: number) => {
      const bow = lean * t * t * 0.16;
      places.push(x + Math.cos(turn) * bow + Math.cos(across) * wide * w, t * tall, z + Math.sin(turn) * bow + Math.sin(across) * wide * w);
    };
    point(0.03, -1);
    point(0.12, 1);
    point(1, 0);
    index.push(first, first + 1, first + 2);
  }
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(places), 3));
  geometry.setAttribute(
    'normal',
    new BufferAttribute(
      new Float32Array(places.length).map((_, i) => (i % 3 === 1 ? 1 : 0)),
      3,
    ),
  );
  geometry.setIndex(index);
  return geometry;
}

/** Grass keeps away from the path, from what lies on it (`uKeep`: x, z, half sizes) and from trunks. */
const WHERE_GLSL = /* glsl */ `
uniform vec4 uKeep[3];
${PATH_GLSL}
float room(vec2 p) {
  float r = smoothstep(${(PATH_HALF_M - 0.22).toFixed(2)}, ${(PATH_HALF_M + 0.25).toFixed(2)}, pathDistance(p) + 0.22 * sin(p.y * 3.7) * sin(p.x * 2.9 + p.y * 1.3));
  for (int i = 0; i < 3; i++) {
    vec2 d = abs(p - uKeep[i].xy) - uKeep[i].zw;
    r *= smoothstep(0.0, 0.12, max(d.x, d.y));
  }
  return r;
}`;

export class Grass {
  readonly mesh: Mesh;
  readonly #keep = [new Vector4(0, 0, -9, -9), new Vector4(0, 0, -9, -9), new Vector4(0, 0, -9, -9)];
  readonly #focus = { value: new Vector3() };

  constructor(air: Air, chance: Chance) {
    const geometry = tuftGeometry(chance);
    const seeds = new Float32Array(TUFTS * 4);
    const side = Math.ceil(Math.sqrt(TUFTS));
    for (let i = 0; i < TUFTS; i++) {
      const x = ((i % side) + chance.next()) / side;
      const z = (Math.floor(i / side) + chance.next()) / side;
      seeds.set([x * CARPET_M, z * CARPET_M, chance.next(), chance.next()], i * 4);
    }
    geometry.setAttribute('seed', new InstancedBufferAttribute(seeds, 4));
    geometry.instanceCount = TUFTS;
    geometry.boundingSphere = new Sphere(new Vector3(), 1e6);
    this.mesh = new Mesh(geometry, this.#material(air));
    this.mesh.receiveShadow = true;
    this.mesh.frustumCulled = false;
    this.mesh.name = 'grass';
  }

  #material(air: Air) {
    return air.painted(
      { side: DoubleSide, vertexColors: false, color: new Color(0x86a548) },
      {
        grain: 0,
        soft: true,
        uniforms: { uFocus: this.#focus, uKeep: { value: this.#keep } },
        vertexHead: `attribute vec4 seed; uniform vec3 uFocus; varying vec2 vBlade; ${WHERE_GLSL} ${BREEZE_GLSL}`,
        vertex: /* glsl */ `
const float side = ${CARPET_M.toFixed(1)};
vec2 spot = mod(seed.xy - uFocus.xz + side * 0.5, side) - side * 0.5 + uFocus.xz;
float away = length(spot - uFocus.xz);
float clump = sin(spot.x * 1.9 + 0.7) * sin(spot.y * 2.3) * 0.5 + 0.5;
float size = room(spot) * (1.0 - smoothstep(side * 0.26, side * 0.49, away)) * (0.45 + 0.5 * seed.z + 0.55 * clump * seed.w);
float turn = seed.w * 6.2832;
transformed.xz = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * transformed.xz;
float t = transformed.y;
transformed.y *= 0.17 * size;
transformed.xz *= 0.75 + 0.6 * size;
transformed.xz += breeze(spot) * t * t * 0.22 * size;
transformed.xz += spot;
if (size < 0.06) transformed = vec3(spot.x, -1.0, spot.y);
vBlade = vec2(t, seed.z);`,
        fragmentHead: 'varying vec2 vBlade;',
        fragment: /* glsl */ `
vec3 foot = vec3(0.20, 0.285, 0.075);
vec3 tip = mix(vec3(0.36, 0.45, 0.125), vec3(0.56, 0.53, 0.20), vBlade.y * vBlade.y);
diffuseColor.rgb = mix(foot, tip, vBlade.x) * (0.88 + 0.22 * vBlade.y);`,
        glow: /* glsl */ `
vec3 bladeRay = normalize(vAir - cameraPosition);
totalEmissiveRadiance += diffuseColor.rgb * uSunColour * vec3(0.3, 0.26, 0.06) * vBlade.x * (0.06 + pow(max(dot(bladeRay, uSunDirection), 0.0), 2.0));`,
      },
    );
  }

  /** Where something lies: index 0 the cloth, 1 the bed, 2 the woodpile. Half sizes below 0 let the grass grow. */
  keep(index: number, x: number, z: number, halfX: number, halfZ: number): void {
    this.#keep[index]!.set(x, z, halfX, halfZ);
  }

  follow(place: Vector3): void {
    this.#focus.value.copy(place);
  }
}

const PETALS = [0xfdf6e6, 0xfdf6e6, 0xf4c64f, 0xe8705a, 0x8f9fe0, 0xf2b8c6];
const FLOWERS = 420;
const HEADS = 6; // petals

/** A stem and six petals around a heart, about 20 cm, in one piece; colour white is replaced by each flower's own. */
function flowerGeometry(): BufferGeometry {
  const places: number[] = [];
  const tints: number[] = [];
  const push = (points: number[], r: number, g: number, b: number) => {
    places.push(...points);
    for (let i = 0; i < points.length / 3; i++) tints.push(r, g, b);
  };
  const h = 0.2;
  push([-0.003, 0, 0, 0.003, 0, 0, 0, h, 0, 0, 0, -0.003, 0, 0, 0.003, 0, h, 0], -1, 0.5, 0.5);
  push([0, 0.05, 0, 0.035, 0.11, 0.012, 0.012, 0.075, 0.02, 0, 0.07, 0, -0.03, 0.13, -0.015, -0.012, 0.09, 0.01], -1, 0.7, 0.5);
  for (let i = 0; i < HEADS; i++) {
    const a = (i / HEADS) * Math.PI * 2;
    const [c, s] = [Math.cos(a), Math.sin(a)];
    const [r, w] = [0.032, 0.0145];
    const shade = i % 2 ? 0.92 : 1;
    push([0, h, 0, c * r - s * w, h + 0.005, s * r + c * w, c * r + s * w, h + 0.005, s * r - c * w], shade, shade, shade);
    if (i % 2) continue;
    const b = ((i + 2) / HEADS) * Math.PI * 2;
    push([c * 0.011, h + 0.004, s * 0.011, Math.cos(b) * 0.011, h + 0.004, Math.sin(b) * 0.011, 0, h + 0.012, 0], -2, 1, 1);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(places), 3));
  geometry.setAttribute('tint', new BufferAttribute(new Float32Array(tints), 3));
  geometry.setAttribute(
    'normal',
    new BufferAttribute(
      new Float32Array(places.length).map((_, i) => (i % 3 === 1 ? 1 : 0)),
      3,
    ),
  );
  return geometry;
}

/** May a flower grow here: off the path, the cloth, the water and the trunks. */
export function flowerRoom(x: number, z: number): boolean {
  if (pathDistance(x, z) < PATH_HALF_M + 0.3 || hollow(x, z) > 0.2) return false;
  if (Math.abs(x - PICNIC.x) < PICNIC.halfX + 0.15 && Math.abs(z - PICNIC.z) < PICNIC.halfZ + 0.15) return false;
  if (Math.hypot(x + 6.6, z + 5) < 1.5 || Math.hypot(x, z) < 0.7 || Math.hypot(x, z + 2.5) < 0.5) return false;
  return TREES.every((tree) => Math.hypot(x - tree.x, z - tree.z) > tree.trunk + 0.3);
}

export function makeFlowers(air: Air, chance: Chance): Mesh {
  const source = flowerGeometry();
  const geometry = new InstancedBufferGeometry();
  for (const name of ['position', 'normal', 'tint']) geometry.setAttribute(name, source.getAttribute(name)!);
  const seeds: number[] = [];
  const petals: number[] = [];
  const colour = new Color();
  while (seeds.length < FLOWERS * 4) {
    const turn = chance.next() * Math.PI * 2;
    const r = 1.2 + 16 * chance.next() ** 1.3;
    const [cx, cz] = [MIDDLE.x + Math.cos(turn) * r, MIDDLE.z + 2 + Math.sin(turn) * r];
    const kind = chance.pick(PETALS);
    for (let i = 0; i < 9; i++) {
      const x = cx + chance.between(-0.8, 0.8);
      const z = cz + chance.between(-0.8, 0.8);
      if (!flowerRoom(x, z)) continue;
      seeds.push(x, heightAt(x, z), z, chance.next());
      colour.set(kind).toArray(petals, petals.length);
    }
  }
  geometry.setAttribute('seed', new InstancedBufferAttribute(new Float32Array(seeds.slice(0, FLOWERS * 4)), 4));
  geometry.setAttribute('petal', new InstancedBufferAttribute(new Float32Array(petals.slice(0, FLOWERS * 3)), 3));
  geometry.instanceCount = FLOWERS;
  geometry.boundingSphere = new Sphere(new Vector3(MIDDLE.x, 0, MIDDLE.z), 25);
  const material = air.painted(
    { side: DoubleSide, vertexColors: false },
    {
      grain: 0,
      soft: true,
      vertexHead: `attribute vec4 seed; attribute vec3 petal; attribute vec3 tint; varying vec3 vTint; ${BREEZE_GLSL}`,
      vertex: /* glsl */ `
float turn = seed.w * 6.2832;
float tall = 0.75 + 0.7 * fract(seed.w * 7.3);
transformed.xz = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * transformed.xz * (0.85 + 0.5 * fract(seed.w * 3.1));
float up = transformed.y * 5.0;
transformed.y *= tall;
transformed.z += max(0.0, transformed.y - 0.19 * tall) * 0.5;
transformed.xz += breeze(seed.xz) * up * up * 0.16;
transformed += seed.xyz;
vTint = tint.x > 0.0 ? petal * tint : (tint.x < -1.5 ? vec3(0.82, 0.52, 0.10) : vec3(0.16, 0.27, 0.06) * tint.y * 1.6);`,
      fragmentHead: 'varying vec3 vTint;',
      fragment: 'diffuseColor.rgb = vTint;',
      glow: 'totalEmissiveRadiance += diffuseColor.rgb * uSunColour * 0.05;',
    },
  );
  const mesh = new Mesh(geometry, material);
  mesh.receiveShadow = true;
  mesh.frustumCulled = false;
  mesh.name = 'flowers';
  return mesh;
}
