import { describe, expect, it } from 'vitest';
import { Chance } from '../../src/wire/chance';
import { WorldSoFar } from '../../src/wire/sofar';

describe('chance', () => {
  it('is the same for the same seed, and inside its bounds', () => {
    const [one, two] = [new Chance(7), new Chance(7)];
    for (let n = 0; n < 200; n += 1) {
      const drawn = one.between(-1, 3);
      expect(drawn).toBe(two.between(-1, 3));
      expect(drawn >= -1 && drawn < 3).toBe(true);
    }
    expect(() => one.pick([])).toThrow(RangeError);
  });
});

describe('the world so far', () => {
  const prop = (target: string, state = 'on') => ({ kind: 'prop', target, args: { state } });

  it('keeps the newest of each, and puts away what was not there yet', () => {
    const late = new WorldSoFar();
    for (const cue of [prop('cake'), { kind: 'light', target: 'golden', args: {} }, prop('bed'), { kind: 'act', target: 'wave', args: {} }])
      late.take(cue);
    const early = new WorldSoFar();
    early.take(prop('cake', 'cut'));
    expect(late.cues().map((cue) => cue.target)).toEqual(['cake', 'golden', 'bed']);
    expect(early.from(late)).toEqual([prop('bed', 'off'), prop('cake', 'cut')]);
  });
});
