import { describe, expect, it } from 'vitest';
import { Following } from '../../src/sound/following';

const RATE = 24000;
const told = (atS: number, sample: number | null, flowing = true, ended: number[] = [], clause = 1) => ({
  ended,
  position: sample === null ? null : { clause, sample },
  flowing,
  atS,
  level: 0.1,
});

/** Clause 1 flows for 0.1 s, waits for half a second, and flows on. */
function stumbling(): Following {
  const following = new Following(RATE);
  following.take(told(1, null));
  for (let n = 0; n <= 5; n += 1) following.take(told(1.02 + 0.02 * n, 480 * n, n < 5));
  for (let n = 1; n <= 25; n += 1) following.take(told(1.12 + 0.02 * n, 2400, false));
  following.take(told(1.64, 2528));
  return following;
}

describe('where the ear is', () => {
  it('is as far behind as the loudspeaker is late', () => {
    const following = stumbling();
    expect(following.at(0.9)).toBeNull();
    expect(following.at(1.01)).toBeNull();
    expect(following.at(1.03)).toEqual({ clause: 1, sample: 240 });
    expect(following.at(1.05)).toEqual({ clause: 1, sample: 720 });
  });

  it('stands still to the sample while sound is waited for, and goes on when it is there', () => {
    const following = stumbling();
    for (let t = 1.121; t < 1.62; t += 0.007) expect(following.at(t)).toEqual({ clause: 1, sample: 2400 });
    expect(following.at(1.65)).toEqual({ clause: 1, sample: 2768 });
  });

  it('is told a picture ahead, but not past where sound is waited for, nor out of a clause that is heard now', () => {
    const following = stumbling();
    expect(following.at(1.03, 0.016)).toEqual({ clause: 1, sample: 624 });
    expect(following.at(1.115, 0.016)).toEqual({ clause: 1, sample: 2400 });
    expect(following.at(1.3, 0.016)).toEqual({ clause: 1, sample: 2400 });
    expect(following.at(1.635, 0.016)).toEqual({ clause: 1, sample: 2792 });
    const over = new Following(RATE);
    over.take(told(1, 4800));
    over.take(told(1.02, 0, true, [1], 2));
    expect(over.at(1.01, 0.016)).toEqual({ clause: 1, sample: 4800 + 624 });
    expect(over.at(1.02, 0.016)).toEqual({ clause: 2, sample: 384 });
  });

  it('begins with its first sound, not a picture after it', () => {
    const following = new Following(RATE);
    following.take(told(1, null));
    following.take(told(1.02, 0));
    expect(following.at(1.01, 0.016)).toEqual({ clause: 1, sample: 144 });
    expect(following.at(1.01)).toBeNull();
  });

  it('is guessed a little ahead of what was told, and no further', () => {
    const following = new Following(RATE);
    following.take(told(1, 0));
    expect(following.at(1.05)!.sample).toBe(1200);
    expect(following.at(3)!.sample).toBe(0.08 * RATE);
  });

  it('tells of a clause that is over when it has been heard, once', () => {
    const following = new Following(RATE);
    following.take(told(1, 24000, true));
    following.take(told(1.02, 5, true, [1], 2));
    expect(following.ended(1.01)).toEqual([]);
    expect(following.at(1.01)!.clause).toBe(1);
    expect(following.ended(1.03)).toEqual([1]);
    expect(following.ended(1.04)).toEqual([]);
    expect(following.at(1.03)!.clause).toBe(2);
  });

  it('forgets all places when she falls silent, and keeps few when nobody asks', () => {
    const following = stumbling();
    following.hush();
    expect(following.at(1.05)).toBeNull();
    for (let n = 0; n < 20000; n += 1) following.take(told(2 + n * 0.02, n * 480));
    expect(following.at(2)).toBeNull(); // so long ago is not known any more
    expect(following.at(2 + 19999 * 0.02)!.sample).toBe(19999 * 480);
  });
});
