import { describe, expect, it } from 'vitest';
import { coded, lips, type Mark, type Picture, rendered, seen } from '../../src/pages/lipmarks';

const RATE = 1000;
const LONG = 200; // samples of each sound
const SOUNDS = 12;
const marks: Mark[] = Array.from({ length: SOUNDS }, (_, n) => ({ sample: n * LONG, shut: n % 2 === 0 })).slice(1);
const stamps = Array.from({ length: 80 }, (_, n) => ({ audioS: n * 0.05, atMs: 500 + n * 50 + (n % 2) }));

/** What the worklet rendered: all samples, with a stall before one of them. */
function sound(stallAt = -1, stallLong = 0) {
  const samples: number[] = [];
  for (let n = 0; n < SOUNDS * LONG; n += 1) {
    if (n === stallAt) samples.push(...new Array(stallLong).fill(0));
    samples.push(coded(n) / 32768);
  }
  return rendered([{ frame: 0, samples: new Float32Array(samples) }], new Set([0]));
}

/** Lips that follow the sound that late. */
function pictures(found: ReturnType<typeof sound>, lateMs: number, still = true): Picture[] {
  const out: Picture[] = [];
  const last = found.frames.at(-1)!;
  for (let ms = 0; ms < last; ms += 16) {
    const heard = found.frames.filter((frame) => frame <= ms - lateMs).length - 1;
    const shut = Math.floor(heard / LONG) % 2 === 0 && heard >= 0;
    const moving = still ? 0 : 0.2 * Math.sin(ms);
    out.push({ atMs: 500 + ms, jaw: (shut || heard < 0 ? 0 : 1) + moving, shut: shut ? 1 : 0 });
  }
  return out;
}

const errors = (found: ReturnType<typeof sound>, late: number) => lips(found, marks, pictures(found, late), stamps, RATE, 0).errorsMs;

describe('how far lips and sound are apart', () => {
  it('is as late as the lips are, give or take a picture', () => {
    for (const late of [0, 30, 70]) {
      for (const error of errors(sound(), late)) expect(Math.abs(error - late)).toBeLessThanOrEqual(17);
    }
  });

  it('is below nothing when the lips come first', () => {
    for (const error of errors(sound(), -50)) expect(error).toBeLessThan(-30);
  });

  it('counts a picture from when it is on the screen', () => {
    const drawn = [0, 16, 40].map((atMs) => ({ atMs, jaw: atMs, shut: 0 }));
    expect(seen(drawn)).toEqual([
      { atMs: 16, jaw: 0, shut: 0 },
      { atMs: 40, jaw: 16, shut: 0 },
    ]);
  });

  it('counts a place that holds the sound back', () => {
    const found = sound();
    const { errorsMs } = lips(found, marks, pictures(found, 0), stamps, RATE, 40);
    for (const error of errorsMs) expect(error).toBeLessThan(-20);
  });

  it('knows where the sound stood still, and who goes on moving then', () => {
    const found = sound(1000, 400);
    expect(found.stalls).toEqual([{ sample: 1000, fromFrame: 1000, toFrame: 1400 }]);
    for (const error of errors(found, 0)) expect(Math.abs(error)).toBeLessThanOrEqual(17);
    expect(lips(found, marks, pictures(found, 0), stamps, RATE, 0).movedInStalls).toBe(0);
    expect(lips(found, marks, pictures(found, 0, false), stamps, RATE, 0).movedInStalls).toBeGreaterThan(0.3);
  });

  it('is worst where the lips do not follow a stall', () => {
    const found = sound(900, 400);
    const through = pictures(sound(), 0);
    expect(Math.max(...lips(found, marks, through, stamps, RATE, 0).errorsMs.map(Math.abs))).toBeGreaterThan(80);
  });

  it('counts samples that were left out, and takes silence between clauses for none', () => {
    const whole = new Float32Array(100).map((_, n) => coded(n) / 32768);
    const blocks = [
      { frame: 0, samples: whole.subarray(0, 50) },
      { frame: 80, samples: whole.subarray(50) },
    ];
    expect(rendered(blocks, new Set([0, 50]))).toMatchObject({ stalls: [], skipped: 0 });
    blocks[1] = { frame: 80, samples: whole.subarray(60) };
    expect(rendered(blocks, new Set([0, 50])).skipped).toBe(40);
  });
});
