// The name of a light comes in; sky, sun and air change to it slowly. Every light has a floor below which it never falls.
import { Color } from 'three';
import { smoothstep } from './noise';

/** One light as flat numbers, so that two can be mixed without making anything new. */
export const FIELDS = [
  'azimuth', 'elevation', 'sunR', 'sunG', 'sunB', 'sun', 'skyR', 'skyG', 'skyB', 'bounceR', 'bounceG', 'bounceB', 'fill',
  'topR', 'topG', 'topB', 'rimR', 'rimG', 'rimB', 'glowR', 'glowG', 'glowB', 'hazeR', 'hazeG', 'hazeB', 'haze',
  'cloudR', 'cloudG', 'cloudB', 'shadeR', 'shadeG', 'shadeB', 'clouds', 'lamp', 'exposure',
] as const; // biome-ignore format: one row reads better

export type Field = (typeof FIELDS)[number];
export type Light = Float32Array;
const AT = Object.fromEntries(FIELDS.map((name, index) => [name, index])) as Record<Field, number>;

interface Wash {
  azimuth: number; // degrees from +Z towards +X: where the sun stands
  elevation: number; // degrees
  sun: [number, number]; // colour, strength
  sky: number; // light from above
  bounce: number; // light from the ground
  fill: number;
  top: number;
  rim: number; // the horizon
  glow: number; // around the sun
  haze: [number, number]; // colour, per metre
  cloud: number;
  shade: number;
  clouds: number; // how many, 0..1
  lamp: number; // how strongly flames and lamps show against the day, 0..1
  exposure: number;
}

const WASHES: Readonly<Record<string, Wash>> = {
  afternoon: {
    azimuth: -66, elevation: 31, sun: [0xffdca2, 3.7], sky: 0xdde6f0, bounce: 0xb3ab68, fill: 1.85, top: 0x6fa8da, rim: 0xf6e8c8,
    glow: 0xffe3aa, haze: [0xeae4c8, 0.0042], cloud: 0xfff4de, shade: 0xd2d2da, clouds: 0.62, lamp: 0.35, exposure: 1,
  },
  golden: {
    azimuth: -62, elevation: 21, sun: [0xffca80, 3.8], sky: 0xdedae4, bounce: 0xb89c5e, fill: 1.75, top: 0x739fcb, rim: 0xffe0ae,
    glow: 0xffd488, haze: [0xf0d8aa, 0.0052], cloud: 0xffeccb, shade: 0xcdbfc6, clouds: 0.62, lamp: 0.45, exposure: 1,
  },
  evening_gold: {
    azimuth: -59, elevation: 14, sun: [0xffb56a, 3.6], sky: 0xd0c6da, bounce: 0xae8759, fill: 1.7, top: 0x738fc0, rim: 0xffce94,
    glow: 0xffbd6c, haze: [0xecbf93, 0.006], cloud: 0xffd9ac, shade: 0xb9a3ba, clouds: 0.6, lamp: 0.7, exposure: 1,
  },
  evening: {
    azimuth: -62, elevation: 10, sun: [0xffa572, 2.7], sky: 0xbcb2d4, bounce: 0x937c6c, fill: 1.95, top: 0x5d6ca4, rim: 0xf7b48c,
    glow: 0xffa468, haze: [0xcba59d, 0.007], cloud: 0xf6b79b, shade: 0x9386ae, clouds: 0.55, lamp: 0.9, exposure: 1,
  },
  night: {
    azimuth: -50, elevation: 40, sun: [0xa9b4e6, 1.15], sky: 0x8089c6, bounce: 0x62607a, fill: 1.9, top: 0x2f3c78, rim: 0x7672a6,
    glow: 0x927fa4, haze: [0x616697, 0.006], cloud: 0x6a70a2, shade: 0x4a5188, clouds: 0.35, lamp: 0.9, exposure: 1,
  },
  dawn: {
    azimuth: 56, elevation: 13, sun: [0xffcb9e, 3.3], sky: 0xd2d6ec, bounce: 0xa89c78, fill: 1.85, top: 0x86acd9, rim: 0xffdcc2,
    glow: 0xffcda0, haze: [0xf2dacb, 0.006], cloud: 0xffe6d8, shade: 0xc6bfd2, clouds: 0.5, lamp: 0.5, exposure: 1,
  },
  calm: {
    azimuth: -70, elevation: 40, sun: [0xffe2bd, 1.5], sky: 0xf2e6d6, bounce: 0xc0a888, fill: 2.3, top: 0xd8cfc4, rim: 0xf3e5cf,
    glow: 0xfbe6c4, haze: [0xeedfc9, 0.03], cloud: 0xf6ecdc, shade: 0xe2d6c8, clouds: 0.3, lamp: 0.5, exposure: 1,
  },
}; // biome-ignore format: one light, one paragraph

export const LIGHTS: readonly string[] = Object.keys(WASHES);

function flat(wash: Wash): Light {
  const out = new Float32Array(FIELDS.length);
  const colour = (first: Field, hex: number) => new Color(hex).toArray(out, AT[first]);
  for (const name of ['azimuth', 'elevation', 'fill', 'clouds', 'lamp', 'exposure'] as const) out[AT[name]] = wash[name];
  colour('sunR', wash.sun[0]);
  out[AT.sun] = wash.sun[1];
  colour('skyR', wash.sky);
  colour('bounceR', wash.bounce);
  colour('topR', wash.top);
  colour('rimR', wash.rim);
  colour('glowR', wash.glow);
  colour('hazeR', wash.haze[0]);
  out[AT.haze] = wash.haze[1];
  colour('cloudR', wash.cloud);
  colour('shadeR', wash.shade);
  return out;
}

const FLAT: Readonly<Record<string, Light>> = Object.fromEntries(LIGHTS.map((name) => [name, flat(WASHES[name]!)]));

/** The light of now, on its way from one to another. */
export class Fading {
  readonly now: Light = FLAT['afternoon']!.slice();
  #from: Light = FLAT['afternoon']!.slice();
  #to: Light = FLAT['afternoon']!;
  #at = 1;
  #seconds = 1;
  name = 'afternoon';

  /** An unknown name leaves the light as it is. */
  turn(name: string, seconds: number): void {
    const to = FLAT[name];
    if (!to) return;
    this.name = name;
    this.#from.set(this.now);
    this.#to = to;
    this.#seconds = Math.max(0, seconds);
    this.#at = 0;
    if (this.#seconds === 0) this.step(0);
  }

  step(dt: number): void {
    if (this.#at >= 1) return;
    this.#at = this.#seconds > 0 ? Math.min(1, this.#at + dt / this.#seconds) : 1;
    const t = this.#at >= 1 ? 1 : smoothstep(0, 1, this.#at);
    for (let i = 0; i < this.now.length; i++) this.now[i] = this.#from[i]! * (1 - t) + this.#to[i]! * t;
  }

  get(field: Field): number {
    return this.now[AT[field]]!;
  }

  into(colour: Color, first: Field): Color {
    return colour.fromArray(this.now, AT[first]);
  }
}

/** What a grey card that lies in the shade gives back, relative luminance: the floor of a light. */
export function shadeLuminance(name: string): number {
  const light = FLAT[name]!;
  const part = (first: Field) => 0.2126 * light[AT[first]]! + 0.7152 * light[AT[first] + 1]! + 0.0722 * light[AT[first] + 2]!;
  return ((part('skyR') + part('bounceR')) / 2) * light[AT.fill]! * (0.5 / Math.PI);
}

/** Relative luminance of the darkest part of the sky. */
export function skyLuminance(name: string): number {
  const light = FLAT[name]!;
  return 0.2126 * light[AT.topR]! + 0.7152 * light[AT.topG]! + 0.0722 * light[AT.topB]!;
}
