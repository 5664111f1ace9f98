import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { around, passes } from '../../src/person/being';
import type { Gait } from '../../src/person/body';
import { CHILD_MANNER, OLD_MANNER, Walk } from '../../src/person/walk';

const FRAME_S = 1 / 72;
const gait = (): Gait => ({ weight: 0, run: 0, speed: 0 });

function walked(walk: Walk, seconds: number, seen: (g: Gait) => void = () => {}): number {
  const g = gait();
  for (let t = 0; t < seconds; t += FRAME_S) {
    walk.update(FRAME_S, g);
    seen(g);
    if (walk.arrived) return t;
  }
  return -1;
}

describe('her walk', () => {
  for (const [who, manner] of [['a child', CHILD_MANNER(1.05, 2.6)], ['an old man', OLD_MANNER(0.85, 0.85)]] as const) {
    it(`brings ${who} to the place, turned as asked, without passing it`, () => {
      const walk = new Walk(manner);
      walk.snap(new Vector3(-2, 0, -8), 0);
      walk.go(new Vector3(0, 0, -2.5), 0, true);
      let farthest = -9;
      const took = walked(walk, 20, () => {
        farthest = Math.max(farthest, walk.position.z);
      });
      expect(took).toBeGreaterThan(2);
      expect(walk.position.distanceTo(new Vector3(0, 0, -2.5))).toBeLessThan(0.02);
      expect(farthest).toBeLessThan(-2.48);
      walked(walk, 4);
      expect(Math.abs(walk.yaw)).toBeLessThan(0.02);
    });
  } // biome-ignore format: two people

  it('quickens and slows without a jerk', () => {
    const walk = new Walk(CHILD_MANNER(1.05, 2.6));
    walk.snap(new Vector3(0, 0, -8), 0);
    walk.go(new Vector3(0, 0, -2), 0, true);
    let before = 0;
    let hardest = 0;
    walked(walk, 20, (g) => {
      hardest = Math.max(hardest, Math.abs(g.speed - before) / FRAME_S);
      before = g.speed;
    });
    expect(hardest).toBeLessThan(4);
  });

  it('a child runs and becomes slower near the visitor', () => {
    const walk = new Walk(CHILD_MANNER(1.05, 2.6));
    walk.snap(new Vector3(0, 0, -9), 0);
    walk.go(new Vector3(0, 0, -2), 0, true);
    let fastest = 0;
    let last = 9;
    walked(walk, 20, (g) => {
      fastest = Math.max(fastest, g.speed);
      if (walk.position.z > -2.3) last = Math.min(last, g.speed);
    });
    expect(fastest).toBeGreaterThan(2.2);
    expect(last).toBeLessThan(0.8);
  });

  it('goes nowhere while she is still getting up', () => {
    const walk = new Walk(CHILD_MANNER(1, 2));
    walk.go(new Vector3(3, 0, 0), 0);
    for (let i = 0; i < 72; i += 1) walk.update(FRAME_S, gait(), true);
    expect(walk.position.length()).toBe(0);
    expect(walked(walk, 10)).toBeGreaterThan(0);
  });

  it('goes round the cloth on the side where nobody sits', () => {
    const cake = new Vector3(5.4, 0, -8.4);
    const from = new Vector3(3.4, 0, -9.2);
    const to = new Vector3(6.1, 0, -8.1);
    expect(passes(from, to, cake, 0.5)).toBe(true);
    const by = around(from, to, cake, new Vector3(5.4, 1.1, -7.7));
    const route = [from, ...by, to];
    for (const place of by) expect(place.distanceTo(cake)).toBeGreaterThan(0.9);
    for (let i = 0; i + 1 < route.length; i += 1) {
      expect(passes(route[i]!, route[i + 1]!, new Vector3(5.4, 0, -7.7), 0.3)).toBe(false);
      expect(passes(route[i]!, route[i + 1]!, cake, 0.5)).toBe(false);
    }
  });
});
