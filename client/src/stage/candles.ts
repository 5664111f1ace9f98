// A number of candles comes in; which of them burn, how high, and how their light wavers goes out. Nothing here flashes.
import type { Vector3 } from 'three';

export const MOST_CANDLES = 24;
/** The fastest waver of any flame, in turns a second. Far below three a second (X10). */
export const WAVER_HZ = [0.7, 1.3, 1.9] as const;
const WAVER = [0.035, 0.025, 0.012] as const;
const RISE_PER_S = 1.6;

/** How bright a flame is at a time, around 1, within some hundredths. */
export function waver(time: number, index: number): number {
  let sum = 1;
  for (let i = 0; i < WAVER_HZ.length; i++) sum += WAVER[i]! * Math.sin(2 * Math.PI * WAVER_HZ[i]! * time + index * (1.7 + i));
  return sum;
}

export class Candles {
  count = 0;
  readonly burning = new Uint8Array(MOST_CANDLES);
  readonly height = new Float32Array(MOST_CANDLES); // of the flames, 0..1
  blown = false;

  set(count: number): void {
    this.count = Math.min(MOST_CANDLES, Math.max(0, Math.round(count)));
    this.burning.fill(0);
    this.blown = false;
  }

  get lit(): number {
    let sum = 0;
    for (let i = 0; i < this.count; i++) sum += this.burning[i]!;
    return sum;
  }

  /** True when this candle was dark and burns now. */
  light(index: number): boolean {
    if (index < 0 || index >= this.count || this.burning[index]) return false;
    this.burning[index] = 1;
    this.blown = false;
    return true;
  }

  /** The next dark one, or -1. */
  dark(): number {
    for (let i = 0; i < this.count; i++) if (!this.burning[i]) return i;
    return -1;
  }

  lightAll(): void {
    for (let i = 0; i < this.count; i++) this.burning[i] = 1;
    this.blown = false;
  }

  /** True when there was something to blow out. */
  blowOut(): boolean {
    const any = this.lit > 0;
    this.burning.fill(0);
    this.blown = any || this.blown;
    return any;
  }

  /** Flames rise and sink softly. */
  step(dt: number): void {
    for (let i = 0; i < MOST_CANDLES; i++) {
      const to = i < this.count && this.burning[i] ? 1 : 0;
      const change = Math.min(Math.abs(to - this.height[i]!), dt * RISE_PER_S);
      this.height[i] = this.height[i]! + Math.sign(to - this.height[i]!) * change;
    }
  }

  /** How much light all flames give together, 0..1. */
  glow(): number {
    let sum = 0;
    for (let i = 0; i < this.count; i++) sum += this.height[i]!;
    return this.count ? Math.min(1, 0.35 + 0.65 * (sum / this.count)) * (sum > 0 ? Math.min(1, sum) : 0) : 0;
  }
}

/** Where candle `index` of `count` stands on a cake of this radius: one ring, two from eleven on. */
export function candleSpot(index: number, count: number, radius: number, into: Vector3): Vector3 {
  const outer = count > 10 ? Math.ceil(count * 0.64) : count;
  const inRing = index < outer;
  const ring = inRing ? outer : count - outer;
  const k = inRing ? index : index - outer;
  const r = count === 1 ? 0 : radius * (inRing ? 0.72 : 0.36);
  const turn = ((k + (inRing ? 0 : 0.5)) / Math.max(1, ring)) * Math.PI * 2 + 0.35;
  return into.set(Math.cos(turn) * r, 0, Math.sin(turn) * r);
}
