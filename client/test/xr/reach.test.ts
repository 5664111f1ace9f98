import { expect, it } from 'vitest';
import { Visitor } from '../../src/wire/visitor';
import { ReachingHands } from '../../src/xr/reach';

it('arms held out for a hug by a key come back by themselves, a hand that is given does not', () => {
  for (const [what, ends] of [['hug', true], ['hand', false]] as const) {
    const [hands, visitor] = [new ReachingHands(), new Visitor()];
    hands.reaching = what;
    let seconds = 0;
    while (seconds < 20 && hands.update(0.1, visitor, null)) seconds += 0.1;
    expect(seconds < 12, what).toBe(ends);
    expect(seconds, what).toBeGreaterThan(6);
  } // biome-ignore format: two ways
});
