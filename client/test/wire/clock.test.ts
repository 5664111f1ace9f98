import { expect, it } from 'vitest';
import { ManualClock } from '../../src/wire/clock';

it('a manual clock moves only when told, and never back', () => {
  const clock = new ManualClock();
  clock.advance(0.5);
  clock.advance(0);
  expect(clock.now()).toBe(0.5);
  expect(() => clock.advance(-1)).toThrow(RangeError);
  expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
});
