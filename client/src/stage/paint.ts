// Chance and noise come in, small painted textures go out: brush marks, grass, leaves, clouds, cloth. No file is loaded.
import {
  DataTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  RedFormat,
  RepeatWrapping,
  RGBAFormat,
  RGFormat,
  SRGBColorSpace,
} from 'three';
import { Chance } from '../wire/chance';
import { fractal, type Noise, smoothstep } from './noise';

function finish(texture: DataTexture, repeat: boolean, anisotropy: number): DataTexture {
  if (repeat) texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.anisotropy = anisotropy;
  texture.needsUpdate = true;
  return texture;
}

function grey(size: number, height: number, at: (u: number, v: number) => number, anisotropy = 1): DataTexture {
  const data = new Uint8Array(size * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < size; x++) data[y * size + x] = Math.max(0, Math.min(255, 255 * at(x / size, y / height)));
  }
  return finish(new DataTexture(data, size, height, RedFormat), true, anisotropy);
}

/** Soft marks of a dry brush, mean 0.5. */
export function grainTexture(): DataTexture {
  const strokes = fractal(5, 3, 4);
  const fine = fractal(9, 3, 24);
  return grey(128, 128, (u, v) => 0.5 + 0.62 * (strokes(u * 4, v * 4) - 0.5) + 0.34 * (fine(u * 24, v * 24) - 0.5));
}

const CLOUDS = { width: 1024, height: 192 } as const;

/** Heaped summer clouds all around the horizon: red says how thick, green how light. Painted puff by puff, back to front. */
export function cloudTexture(): DataTexture {
  const { width, height } = CLOUDS;
  const data = new Uint8Array(width * height * 2);
  const chance = new Chance(64);
  const rough = fractal(21, 3, 64);
  for (let i = 0; i < 17; i++) {
    const x = ((i + chance.between(-0.3, 0.3)) / 17) * width;
    const small = chance.next() < 0.4;
    const half = small ? chance.between(22, 40) : chance.between(46, 86);
    const foot = small ? chance.between(60, 120) : chance.between(18, 74);
    for (let p = 0; p < 46; p++) puff(data, x, foot, half, p / 46, chance, rough);
  }
  const texture = new DataTexture(data, width, height, RGFormat);
  finish(texture, false, 1);
  texture.wrapS = RepeatWrapping;
  return texture;
}

function puff(data: Uint8Array, x: number, foot: number, half: number, late: number, chance: Chance, rough: Noise): void {
  const { width, height } = CLOUDS;
  const across = chance.between(-1, 1);
  const dome = (1 - across * across) * half * 0.62;
  const radius = half * chance.between(0.13, 0.3) * (1 - 0.45 * Math.abs(across));
  const cx = x + across * half;
  const cy = foot + dome * (1 - late) * chance.between(0.35, 1) + radius * 0.5;
  const reach = Math.ceil(radius * 1.15);
  for (let dy = -reach; dy <= reach; dy++) {
    const y = Math.round(cy + dy);
    if (y < 0 || y >= height) continue;
    const base = smoothstep(foot - 5, foot + 4, y);
    for (let dx = -reach; dx <= reach; dx++) {
      const column = ((Math.round(cx + dx) % width) + width) % width;
      const d = Math.hypot(dx, dy) / radius + (rough(column / 16, y / 16) - 0.5) * 0.55;
      const thick = (1 - smoothstep(0.62, 1, d)) * base;
      if (thick <= 0) continue;
      const at = (y * width + column) * 2;
      const light = 0.42 + 0.4 * (dy / radius) - 0.14 * (dx / radius) + 0.3 * Math.min(1, (y - foot) / (half * 0.7));
      data[at + 1] = data[at + 1]! * (1 - thick) + 255 * Math.max(0, Math.min(1, light)) * thick;
      data[at] = Math.max(data[at]!, 255 * thick);
    }
  }
}

/** Blades of grass seen from above: lightness around 0.5. */
export function meadowTexture(): DataTexture {
  const size = 256;
  const chance = new Chance(71);
  const light = new Float32Array(size * size).fill(0.46);
  for (let i = 0; i < 5200; i++) stroke(light, size, chance);
  return grey(size, size, (u, v) => light[Math.round(v * size) * size + Math.round(u * size)]!, 4);
}

function stroke(light: Float32Array, size: number, chance: Chance): void {
  const turn = chance.between(-0.7, 0.7) + (chance.next() < 0.5 ? 0 : Math.PI / 2);
  const length = chance.between(7, 22);
  const shade = chance.between(0.26, 0.78);
  let x = chance.next() * size;
  let y = chance.next() * size;
  for (let t = 0; t < length; t++) {
    const ix = ((Math.floor(x) % size) + size) % size;
    const iy = ((Math.floor(y) % size) + size) % size;
    const at = iy * size + ix;
    light[at] = light[at]! * 0.45 + shade * 0.55;
    x += Math.sin(turn);
    y += Math.cos(turn);
  }
}

export const LEAF_SHEETS = 4;

/** Four sprays of leaves side by side: lightness in the colours, shape in alpha. */
export function leafTexture(): DataTexture {
  const size = 256;
  const width = size * LEAF_SHEETS;
  const data = new Uint8Array(width * size * 4);
  for (let i = 0; i < width * size; i++) data.set([150, 150, 150, 0], i * 4);
  const chance = new Chance(33);
  for (let sheet = 0; sheet < LEAF_SHEETS; sheet++) {
    const count = 74 + sheet * 10;
    for (let i = 0; i < count; i++) leaf(data, width, sheet * size, size, i / count, chance);
  }
  const texture = new DataTexture(data, width, size, RGBAFormat);
  texture.colorSpace = SRGBColorSpace;
  return finish(texture, false, 2);
}

/** Later leaves lie on top and are lighter. */
function leaf(data: Uint8Array, width: number, left: number, size: number, late: number, chance: Chance): void {
  const away = Math.sqrt(chance.next()) * size * 0.4;
  const turn = chance.next() * Math.PI * 2;
  const cx = size / 2 + Math.cos(turn) * away;
  const cy = size / 2 + Math.sin(turn) * away;
  const lie = turn + chance.between(-1, 1);
  const long = size * chance.between(0.055, 0.1);
  const wide = long * chance.between(0.45, 0.6);
  const shade = (0.5 + 0.42 * late) * chance.between(0.86, 1.1);
  const reach = Math.ceil(long);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const along = (dx * Math.cos(lie) + dy * Math.sin(lie)) / long;
      const across = (-dx * Math.sin(lie) + dy * Math.cos(lie)) / wide;
      const d = Math.abs(across) + along * along;
      const x = Math.round(cx + dx);
      const y = Math.round(cy + dy);
      if (d > 1 || x < 2 || y < 2 || x > size - 3 || y > size - 3) continue;
      const vein = Math.abs(across) < 0.09 ? 1.08 : across > 0 ? 1 : 0.9;
      const level = Math.min(255, 235 * shade * vein * (1 - 0.16 * d));
      data.set([level, level, level, 255], (y * width + left + x) * 4);
    }
  }
}

/** A square of cloth or quilt: `colour` gives red, green, blue in 0..255 (sRGB) for u, v in 0..1. */
export function clothTexture(size: number, colour: (u: number, v: number) => readonly [number, number, number]): DataTexture {
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const weave = 0.965 + 0.035 * (((x >> 1) + (y >> 1)) % 2);
      const [r, g, b] = colour((x + 0.5) / size, (y + 0.5) / size);
      data.set([r * weave, g * weave, b * weave, 255], (y * size + x) * 4);
    }
  }
  const texture = new DataTexture(data, size, size, RGBAFormat);
  texture.colorSpace = SRGBColorSpace;
  return finish(texture, true, 4);
}

const GINGHAM: readonly (readonly [number, number, number])[] = [
  [250, 243, 230],
  [232, 178, 158],
  [206, 96, 84],
];

/** A checked cloth, faded by summers. */
export function ginghamTexture(): DataTexture {
  return clothTexture(128, (u, v) => GINGHAM[(u < 0.5 ? 1 : 0) + (v < 0.5 ? 1 : 0)]!);
}

const PATCHES: readonly (readonly [number, number, number])[] = [
  [222, 170, 150],
  [240, 222, 184],
  [150, 178, 178],
  [196, 206, 160],
  [214, 146, 138],
  [248, 238, 220],
  [168, 160, 196],
  [232, 192, 130],
];

/** Patchwork: squares with dots, stripes or small flowers, and a stitched edge. */
export function quiltTexture(): DataTexture {
  const across = 6;
  const chance = new Chance(12);
  const squares = Array.from({ length: across * across }, (_, i) => ({
    colour: PATCHES[(i + Math.floor(i / across) * 3 + Math.floor(chance.next() * 2)) % PATCHES.length]!,
    motif: Math.floor(chance.next() * 4),
  }));
  return clothTexture(384, (u, v) => patch(squares[Math.floor(v * across) * across + Math.floor(u * across)]!, u * across, v * across));
}

interface Square {
  colour: readonly [number, number, number];
  motif: number;
}

function patch(square: Square, u: number, v: number): readonly [number, number, number] {
  const x = u - Math.floor(u) - 0.5;
  const y = v - Math.floor(v) - 0.5;
  const edge = Math.max(Math.abs(x), Math.abs(y));
  let lift = 1 - 0.22 * smoothstep(0.42, 0.5, edge);
  const stitch = Math.abs(edge - 0.44) < 0.014 && Math.floor((Math.abs(x) < Math.abs(y) ? x : y) * 26 + 40) % 2 === 0;
  if (stitch) lift *= 1.12;
  const [dotX, dotY] = [((x * 5 + 20) % 1) - 0.5, ((y * 5 + 20) % 1) - 0.5];
  if (square.motif === 0 && Math.hypot(dotX, dotY) < 0.17) lift *= 1.16;
  if (square.motif === 1 && Math.abs(dotX) < 0.12) lift *= 0.9;
  if (square.motif === 2) {
    const turn = Math.atan2(y, x);
    if (Math.hypot(x, y) < 0.2 + 0.08 * Math.cos(5 * turn)) lift *= 1.15;
    if (Math.hypot(x, y) < 0.08) lift *= 0.85;
  }
  return [Math.min(252, square.colour[0] * lift), Math.min(250, square.colour[1] * lift), Math.min(246, square.colour[2] * lift)];
}

type Rgb = readonly [number, number, number];

/** What stands in for the family's own picture until it comes: a crayon drawing of a hill, or of a house with two people. */
export function drawingTexture(what: 'hill' | 'home'): DataTexture {
  const wax = fractal(17, 3);
  const paper: Rgb = [250, 243, 228];
  const crayon = (u: number, v: number, colour: Rgb, thick: number): Rgb => {
    const on = Math.min(1, thick * (0.35 + 1.1 * wax(u * 60, v * 46)));
    return [paper[0] + (colour[0] - paper[0]) * on, paper[1] + (colour[1] - paper[1]) * on, paper[2] + (colour[2] - paper[2]) * on];
  };
  const texture = clothTexture(128, (u, v) => {
    const [colour, thick] = what === 'hill' ? hill(u, v) : home(u, v);
    return crayon(u, v, colour, thick);
  });
  return texture;
}

function hill(u: number, v: number): [Rgb, number] {
  if (Math.hypot(u - 0.74, (v - 0.76) * 0.78) < 0.1) return [[244, 190, 70], 1];
  if (v < 0.3 + 0.1 * Math.sin(u * 5 + 0.5)) return [[120, 165, 80], 0.95];
  if (v < 0.42 + 0.12 * Math.sin(u * 4 + 3)) return [[150, 178, 120], 0.85];
  return [[140, 186, 216], 0.5 + 0.4 * v];
}

function home(u: number, v: number): [Rgb, number] {
  if (v < 0.2 + 0.03 * Math.sin(u * 9)) return [[122, 168, 84], 0.9];
  const inHouse = u > 0.1 && u < 0.42 && v < 0.52;
  if (inHouse && u > 0.22 && u < 0.3 && v < 0.36) return [[120, 84, 64], 0.9];
  if (inHouse) return [[214, 120, 92], 0.85];
  if (v >= 0.52 && v < 0.52 + 0.22 * (1 - Math.abs(u - 0.26) / 0.22)) return [[150, 70, 66], 0.9];
  if (
    Math.hypot(u - 0.85, v - 0.82) < 0.09 ||
    (Math.hypot(u - 0.85, v - 0.82) < 0.15 && Math.sin(9 * Math.atan2(v - 0.82, u - 0.85)) > 0.55)
  )
    return [[246, 192, 62], 1];
  for (const [x, tall, dress] of [
    [0.58, 0.42, [88, 120, 176]],
    [0.72, 0.28, [222, 132, 160]],
  ] as [number, number, Rgb][]) {
    const high = (v - 0.17) / tall;
    if (Math.hypot(u - x, (high - 1.08) * tall) < 0.048) return [[240, 200, 166], 1];
    if (Math.hypot(u - x, (high - 1.16) * tall) < 0.05 && high > 1.1) return [[110, 74, 52], 1];
    if (high > 0.25 && high < 0.95 && Math.abs(u - x) < 0.02 + 0.07 * (0.95 - high)) return [dress, 0.95];
    if (high > 0 && high <= 0.25 && Math.abs(Math.abs(u - x) - 0.02) < 0.009) return [[96, 76, 66], 0.9];
  }
  if (Math.abs(v - 0.36) < 0.012 && u > 0.6 && u < 0.7) return [[240, 200, 166], 1];
  return [[150, 196, 224], v > 0.86 ? 0.8 : 0];
}
