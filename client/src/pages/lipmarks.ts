// What the audio thread rendered, what the ear hears when, and her mouth in every picture come in; how far lips and sound are apart goes out.

/** Sound in which every sample says which one it is, so that what was rendered can be told from what was sent. */
const CODES = 32000;
/** A stall this near to where a sound begins may fall on either side of it. */
const CUT_S = 0.06;
const LONGEST_MS = 150; // no answer of the mouth within that: none at all
const SETTLE_MS = 60;

export interface Mark {
  /** Where the sound begins, counted through all clauses. */
  readonly sample: number;
  readonly shut: boolean;
}

/** One picture: when, how far the jaw is open and the lips are shut by a sound. */
export interface Picture {
  readonly atMs: number;
  readonly jaw: number;
  readonly shut: number;
}

/** The same pictures when they are on the screen: each with the beginning of the next one, which is the soonest that it can be. */
export function seen(pictures: readonly Picture[]): Picture[] {
  return pictures.slice(0, -1).map((one, n) => ({ ...one, atMs: pictures[n + 1]!.atMs }));
}

/** One moment of the loudspeaker: this time of the audio is heard at this time of the page. */
export interface Stamp {
  readonly audioS: number;
  readonly atMs: number;
}

export interface Block {
  readonly frame: number;
  readonly samples: Float32Array;
}

export interface Stall {
  readonly sample: number;
  readonly fromFrame: number;
  readonly toFrame: number;
}

/** What was rendered: in which frame of the audio each sample sounded, and where it stood still inside a clause. */
export interface Rendered {
  readonly frames: readonly number[];
  readonly stalls: readonly Stall[];
  readonly skipped: number;
}

/** The sample's own number as int16; never 0, which is silence. */
export function coded(sample: number): number {
  return (sample % CODES) + 1;
}

/** `begins`: where clauses begin; silence before those is no stall. */
export function rendered(blocks: readonly Block[], begins: ReadonlySet<number>): Rendered {
  const frames: number[] = [];
  const stalls: Stall[] = [];
  let skipped = 0;
  let last = -1;
  for (const { frame, samples } of blocks) {
    for (let n = 0; n < samples.length; n += 1) {
      const code = Math.round(samples[n]! * 32768);
      if (code === 0) continue;
      if (code !== coded(frames.length)) skipped += 1;
      if (last >= 0 && frame + n > last + 1 && !begins.has(frames.length))
        stalls.push({ sample: frames.length, fromFrame: last + 1, toFrame: frame + n });
      last = frame + n;
      frames.push(last);
    }
  }
  return { frames, stalls, skipped };
}

export interface Lips {
  /** Mouth after sound, one for each beginning sound; early ones are below 0. */
  readonly errorsMs: readonly number[];
  /** The most that jaw or lips moved while the sound stood still. */
  readonly movedInStalls: number;
}

export function lips(
  { frames, stalls }: Rendered,
  marks: readonly Mark[],
  pictures: readonly Picture[],
  stamps: readonly Stamp[],
  rateHz: number,
  lateMs: number,
): Lips {
  const heardMs = ear(stamps, rateHz, lateMs);
  const jaw = crossings(pictures, (one) => one.jaw);
  const shut = crossings(pictures, (one) => one.shut);
  const errorsMs = marks
    .filter(({ sample }) => frames[sample] !== undefined)
    .map((mark) => {
      const cuts = stalls.filter(({ sample }) => Math.abs(sample - mark.sample) < CUT_S * rateHz);
      const sides = cuts.flatMap((cut) => [cut.fromFrame, cut.toFrame].map((frame) => frame + mark.sample - cut.sample));
      const errors = [frames[mark.sample]!, ...sides].map((frame) => nearest(mark.shut ? shut : jaw, heardMs(frame)));
      return errors.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best));
    });
  const moved = stalls.map(({ fromFrame, toFrame }) => {
    const within = pictures.filter(({ atMs }) => atMs > heardMs(fromFrame) + SETTLE_MS && atMs < heardMs(toFrame) - SETTLE_MS / 2);
    return Math.max(0, spread(within.map((one) => one.jaw)), spread(within.map((one) => one.shut)));
  });
  return { errorsMs, movedInStalls: Math.max(0, ...moved) };
}

/** When a frame of the audio is heard. Single stamps tremble; half a second of them does not. */
function ear(stamps: readonly Stamp[], rateHz: number, lateMs: number): (frame: number) => number {
  return (frame) => {
    const at = frame / rateHz;
    const near = stamps.filter((one) => Math.abs(one.audioS - at) < 0.5);
    const sorted = (near.length > 0 ? near : stamps).map((one) => one.atMs - one.audioS * 1000).sort((a, b) => a - b);
    return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) + at * 1000 + lateMs;
  };
}

/** Where the value rises through the middle of its range. */
function crossings(pictures: readonly Picture[], of: (one: Picture) => number): number[] {
  const values = pictures.map(of).sort((a, b) => a - b);
  const middle = (values[Math.floor(values.length * 0.1)]! + values[Math.floor(values.length * 0.9)]!) / 2;
  const found: number[] = [];
  for (let n = 1; n < pictures.length; n += 1) {
    const [before, after] = [of(pictures[n - 1]!), of(pictures[n]!)];
    if (before >= middle || after < middle) continue;
    const share = (middle - before) / (after - before);
    found.push(pictures[n - 1]!.atMs + share * (pictures[n]!.atMs - pictures[n - 1]!.atMs));
  }
  return found;
}

function nearest(times: readonly number[], atMs: number): number {
  const errors = times.map((time) => time - atMs);
  return errors.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best), LONGEST_MS);
}

function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
