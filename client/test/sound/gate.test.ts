import { describe, expect, it } from 'vitest';
import { asInt16, Gate, HeldBack, rms } from '../../src/sound/gate';

describe('the gate of the microphone', () => {
  it('lets everything through while she is silent', () => {
    const gate = new Gate();
    expect([0, 0.001, 0.2].map((level) => gate.passes(level, 0))).toEqual([true, true, true]);
  });

  it('does not take her voice from the loudspeaker for the visitor’s', () => {
    const gate = new Gate();
    const passed = Array.from({ length: 100 }, (_, n) => gate.passes(0.03 + 0.01 * Math.sin(n), 0.08));
    expect(passed.some(Boolean)).toBe(false);
  });

  it('opens for a visitor who speaks over her, after some chunks', () => {
    const gate = new Gate();
    for (let n = 0; n < 100; n += 1) gate.passes(0.01, 0.08);
    const passed = Array.from({ length: 8 }, () => gate.passes(0.15, 0.08));
    expect(passed).toEqual([false, false, false, false, true, true, true, true]);
  });

  it('does not open for a cup that is put down', () => {
    const gate = new Gate();
    for (let n = 0; n < 100; n += 1) gate.passes(0.01, 0.08);
    const passed = [0.2, 0.2, 0.15, 0.1, 0.02, 0.01, 0.01, 0.2].map((level) => gate.passes(level, 0.08));
    expect(passed.some(Boolean)).toBe(false);
  });

  it('stays shut while the room still sounds, then opens', () => {
    const gate = new Gate();
    gate.passes(0.01, 0.08);
    const passed = Array.from({ length: 20 }, () => gate.passes(0.004, 0));
    expect(passed[0]).toBe(false);
    expect(passed.at(-1)).toBe(true);
  });
});

describe('what is held back', () => {
  const chunk = (value: number): Float32Array => new Float32Array([value, value]);
  const sums = (chunks: Float32Array[]): number[] => chunks.map((one) => one[0]!);

  it('goes out whole and in order when somebody breaks in', () => {
    const held = new HeldBack();
    for (const n of [1, 2, 3, 4]) expect(sums(held.take(chunk(n), false, true))).toEqual([]);
    expect(sums(held.take(chunk(5), false, true))).toEqual([0]);
    expect(sums(held.take(chunk(6), true, true))).toEqual([2, 3, 4, 5, 6]);
    expect(sums(held.take(chunk(7), true, true))).toEqual([7]);
  });

  it('is silence when it was only she, and nothing of the time is lost', () => {
    const held = new HeldBack();
    const out = [...Array(6).keys()].flatMap((n) => held.take(chunk(n + 1), false, true));
    expect(sums([...out, ...held.take(chunk(9), true, false)])).toEqual([0, 0, 0, 0, 0, 0, 9]);
  });
});

it('samples become int16 and are cut off, not wrapped', () => {
  expect([...asInt16(new Float32Array([0, 1, -1, 2, -2]))]).toEqual([0, 32767, -32767, 32767, -32767]);
  expect(rms(new Float32Array([0.5, -0.5]))).toBeCloseTo(0.5);
  expect(rms(new Float32Array())).toBe(0);
});
