// Names of small sounds come in, samples in [-1, 1] come out: everything of the place is made here, nothing is recorded.
import type { Chance } from '../wire/chance';
import { type Struck, struck, type Tune } from './melody';

const TAU = Math.PI * 2;

/** A music box: each tooth rings with the overtones of a bar that is held at one end. */
export function musicBox(tune: Tune, rateHz: number): Float32Array<ArrayBuffer> {
  const { notes, lengthS } = struck(tune);
  const out = new Float32Array(Math.ceil(lengthS * rateHz));
  for (const note of notes) ring(out, note, rateHz);
  return levelled(out, 0.5);
}

const PARTIALS = [
  { ratio: 1, strength: 1, decayS: 1.1 },
  { ratio: 2.005, strength: 0.32, decayS: 0.7 },
  { ratio: 6.27, strength: 0.1, decayS: 0.12 },
];

function ring(out: Float32Array, note: Struck, rateHz: number): void {
  const first = Math.floor(note.atS * rateHz);
  for (const { ratio, strength, decayS } of PARTIALS) {
    if (note.hz * ratio > rateHz * 0.45) continue;
    const count = Math.min(out.length - first, Math.floor(decayS * 4 * rateHz));
    const step = (TAU * note.hz * ratio) / rateHz;
    for (let n = 0; n < count; n += 1) {
      const rise = Math.min(1, n / (0.002 * rateHz));
      out[first + n]! += note.strength * strength * rise * Math.exp(-n / (decayS * rateHz)) * Math.sin(step * n);
    }
  }
}

/** Soft noise that falls off towards the heights (about 3 dB an octave), without a seam where it loops. */
export function softNoise(seconds: number, rateHz: number, chance: Chance): Float32Array<ArrayBuffer> {
  const count = Math.floor(seconds * rateHz);
  const lap = Math.floor(0.5 * rateHz);
  const raw = new Float32Array(count + lap);
  let [slow, middle, quick] = [0, 0, 0];
  for (let n = 0; n < raw.length; n += 1) {
    const white = chance.between(-1, 1);
    slow = 0.997 * slow + white * 0.03;
    middle = 0.963 * middle + white * 0.09;
    quick = 0.57 * quick + white * 0.35;
    raw[n] = slow * 2 + middle + quick * 0.5 + white * 0.05;
  }
  for (let n = 0; n < lap; n += 1) {
    const share = n / lap;
    raw[n] = raw[n]! * Math.sqrt(share) + raw[count + n]! * Math.sqrt(1 - share);
  }
  return levelled(raw.slice(0, count), 0.8);
}

/** One bird's phrase: some whistled notes that glide, each with its own small trill. */
export function birdPhrase(rateHz: number, chance: Chance, low: boolean): Float32Array<ArrayBuffer> {
  const notes = Math.floor(chance.between(3, low ? 6 : 9));
  const base = low ? chance.between(1600, 2300) : chance.between(2900, 4600);
  const parts: { at: number; lengthS: number; from: number; to: number; trill: number }[] = [];
  let at = 0.02;
  for (let n = 0; n < notes; n += 1) {
    const lengthS = low ? chance.between(0.14, 0.4) : chance.between(0.05, 0.17);
    const from = base * chance.between(0.82, 1.2);
    parts.push({ at, lengthS, from, to: from * chance.between(0.75, 1.3), trill: chance.next() < 0.3 ? chance.between(18, 34) : 0 });
    at += lengthS + chance.between(0.03, low ? 0.22 : 0.09);
  }
  const out = new Float32Array(Math.ceil((at + 0.05) * rateHz));
  for (const part of parts) {
    const count = Math.floor(part.lengthS * rateHz);
    const first = Math.floor(part.at * rateHz);
    let phase = 0;
    for (let n = 0; n < count; n += 1) {
      const share = n / count;
      const hz = part.from + (part.to - part.from) * share + (part.trill ? Math.sin((TAU * part.trill * n) / rateHz) * 160 : 0);
      phase += (TAU * hz) / rateHz;
      out[first + n] = Math.sin(Math.PI * share) ** 1.3 * (Math.sin(phase) + 0.08 * Math.sin(2 * phase));
    }
  }
  return levelled(out, 0.6);
}

/** Crickets: three short pulses, a breath, again; a little uneven. Loops. */
export function crickets(seconds: number, rateHz: number, chance: Chance): Float32Array<ArrayBuffer> {
  const out = new Float32Array(Math.floor(seconds * rateHz));
  let at = 0.1;
  while (at < seconds - 0.3) {
    const hz = chance.between(4150, 4300);
    for (let pulse = 0; pulse < 3; pulse += 1) {
      const first = Math.floor((at + pulse * 0.034) * rateHz);
      const count = Math.floor(0.022 * rateHz);
      for (let n = 0; n < count; n += 1) out[first + n] = Math.sin(Math.PI * (n / count)) ** 2 * Math.sin((TAU * hz * n) / rateHz);
    }
    at += chance.between(0.42, 0.6);
  }
  return levelled(out, 0.35);
}

/** A heart, heard close by: two low beats and a pause. Loops. */
export function heartbeat(rateHz: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(Math.floor(0.86 * rateHz));
  for (const [at, strength] of [
    [0.02, 1],
    [0.3, 0.7],
  ] as const) {
    const first = Math.floor(at * rateHz);
    const count = Math.floor(0.2 * rateHz);
    for (let n = 0; n < count; n += 1) {
      const t = n / rateHz;
      out[first + n]! += strength * Math.min(1, t / 0.012) * Math.exp(-t / 0.045) * Math.sin(TAU * (58 * t - 60 * t * t));
    }
  }
  return levelled(out, 0.7);
}

export type Effect = 'match' | 'puff' | 'pop' | 'rustle' | 'touch' | 'taste' | 'throw';

/** A short sound that answers something the visitor did. */
export function effect(kind: Effect, rateHz: number, chance: Chance): Float32Array<ArrayBuffer> {
  const shapes: Record<Effect, () => Float32Array<ArrayBuffer>> = {
    match: () => breathOfNoise(0.9, 0.04, 0.35, 0.75, rateHz, chance, 0.3),
    puff: () => breathOfNoise(0.7, 0.12, 0.16, 0.35, rateHz, chance, 0.4),
    rustle: () => breathOfNoise(1.1, 0.3, 0.3, 0.5, rateHz, chance, 0.25),
    throw: () => breathOfNoise(0.4, 0.12, 0.1, 0.3, rateHz, chance, 0.2),
    taste: () => tone([310, 210], 0.09, rateHz, 0.15),
    pop: () => tone([620, 1150], 0.07, rateHz, 0.3),
    touch: () => tone([196, 262], 0.9, rateHz, 0.22),
  };
  return shapes[kind]();
}

function breathOfNoise(lengthS: number, riseS: number, fallS: number, bright: number, rateHz: number, chance: Chance, peak: number) {
  const out = new Float32Array(Math.floor(lengthS * rateHz));
  let held = 0;
  for (let n = 0; n < out.length; n += 1) {
    const t = n / rateHz;
    held += (chance.between(-1, 1) - held) * bright;
    out[n] = held * Math.min(1, t / riseS) * Math.exp(-Math.max(0, t - riseS) / fallS) * Math.min(1, (lengthS - t) / 0.05);
  }
  return levelled(out, peak);
}

function tone([from, to]: readonly [number, number], lengthS: number, rateHz: number, peak: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(Math.floor(lengthS * rateHz));
  let phase = 0;
  for (let n = 0; n < out.length; n += 1) {
    const share = n / out.length;
    phase += (TAU * (from + (to - from) * share)) / rateHz;
    out[n] = Math.sin(Math.PI * share) ** 2 * (Math.sin(phase) + 0.2 * Math.sin(2 * phase));
  }
  return levelled(out, peak);
}

function levelled(samples: Float32Array<ArrayBuffer>, peak: number): Float32Array<ArrayBuffer> {
  const most = samples.reduce((found, sample) => Math.max(found, Math.abs(sample)), 1e-9);
  for (let n = 0; n < samples.length; n += 1) samples[n]! *= peak / most;
  return samples;
}
