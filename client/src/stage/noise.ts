// A seed comes in, smooth noise over the plane goes out, tileable where a period is given.

export type Noise = (x: number, y: number) => number;

function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 1442695041);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Value noise in [0, 1); it repeats after `period` cells where that is above 0. */
export function valueNoise(seed: number, period = 0): Noise {
  const wrap = (cell: number) => (period > 0 ? ((cell % period) + period) % period : cell);
  return (x, y) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const u = smooth(x - x0);
    const v = smooth(y - y0);
    const left = wrap(x0);
    const right = wrap(x0 + 1);
    const low = wrap(y0);
    const high = wrap(y0 + 1);
    const a = hash(left, low, seed) * (1 - u) + hash(right, low, seed) * u;
    const b = hash(left, high, seed) * (1 - u) + hash(right, high, seed) * u;
    return a * (1 - v) + b * v;
  };
}

/** Octaves of value noise, each half as strong and twice as fine, in [0, 1). */
export function fractal(seed: number, octaves: number, period = 0): Noise {
  const layers = Array.from({ length: octaves }, (_, i) => valueNoise(seed + i * 17, period * 2 ** i));
  return (x, y) => {
    let sum = 0;
    let weight = 0.5;
    let total = 0;
    for (let i = 0; i < layers.length; i++) {
      sum += weight * layers[i]!(x * 2 ** i, y * 2 ** i);
      total += weight;
      weight *= 0.5;
    }
    return sum / total;
  };
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  return smooth(Math.min(1, Math.max(0, (value - low) / (high - low))));
}
