import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { cue, Meadow, makePerson, makeVisitor, NO_CAMERA } from './figure';

const FRAME_S = 1 / 72;

describe.each([
  ['a child', 1.26, true],
  ['an old man', 1.67, false],
] as const)('%s', (_, heightM, child) => {
  const met = () => {
    const [body, stage, visitor] = [makePerson(heightM, child), new Meadow(), makeVisitor(1.35)];
    const now = () => body.measure() as Record<string, number | boolean | string>;
    const step = (seconds: number, seen: () => void = () => {}) => {
      for (let t = 0; t < seconds; t += FRAME_S) {
        body.update(FRAME_S, visitor, stage, NO_CAMERA);
        seen();
      }
    };
    return { body, visitor, now, step, tell: (kind: string, target: string, args = {}) => body.cue(cue(kind, target, args), stage) };
  };

  it('leaves a foot where it stands, lifts what she leaves behind, and never hops with both', () => {
    const { body, now, step, tell } = met();
    tell('be', 'hidden');
    tell('be', 'peek');
    step(1.5);
    tell('be', 'come_in', { at: 'stop_point' });
    let [drift, hops] = [0, 0];
    const foot = new Vector3();
    step(10, () => {
      drift = Math.max(drift, Number(now()['feetDriftM']));
      const low = ['foot.L', 'foot.R'].map((name) => foot.setFromMatrixPosition(body.joint(name)!.matrixWorld).y);
      if (Number(now()['speed']) < 0.15 && Math.min(...low) > 0.05 * heightM + 0.03) hops += 1;
    });
    expect(drift).toBeLessThan(0.01);
    expect(hops).toBe(0);
  });

  it('keeps her palm on a hand that is led about', () => {
    const { body, visitor, now, step, tell } = met();
    tell('be', 'stand', { at: 'stop_point' });
    step(1);
    tell('be', 'approach', { distance_m: 0.7 });
    step(5);
    tell('offer', 'hand');
    step(1.5);
    const [left, right] = ['palm_l', 'palm_r'].map((name) => body.landmark(name, new Vector3()));
    const start = (left!.z > right!.z ? left! : right!).clone().add(new Vector3(0.01, 0.03, 0.02));
    const lead = (at: Vector3) => visitor.setHand('right', [at.x, at.y, at.z, 0, 0, 0, 1]);
    lead(start);
    step(1.5);
    expect(now()['holding']).toBe(true);
    let [t, apart] = [0, 0];
    step(6, () => {
      t += FRAME_S;
      lead(start.clone().add(new Vector3(0.04 * Math.sin(t * 4.2), 0.05 * Math.sin(t * 3.2), 0.02 * Math.sin(t * 2.2))));
      if (t > 0.5) apart = Math.max(apart, Number(now()['palmApartM']));
    });
    expect(now()['holding']).toBe(true);
    expect(apart).toBeLessThan(0.008);
  });

  it('is not turned from where the story sends her by the hand that she holds', () => {
    const { body, visitor, now, step, tell } = met();
    tell('be', 'stand', { at: 'stop_point' });
    step(1);
    tell('be', 'approach', { distance_m: 0.7 });
    step(5);
    tell('offer', 'hand');
    step(1.5);
    const [left, right] = ['palm_l', 'palm_r'].map((name) => body.landmark(name, new Vector3()));
    const at = (left!.z > right!.z ? left! : right!).clone().add(new Vector3(0.01, 0.03, 0.02));
    visitor.setHand('right', [at.x, at.y, at.z, 0, 0, 0, 1]);
    step(1.5);
    expect(now()['holding']).toBe(true);
    const before = body.root.position.clone();
    visitor.setHand('right', [at.x, at.y, at.z + 0.16, 0, 0, 0, 1]); // her arm is straight now, and she follows
    step(0.3);
    expect(body.root.position.z).toBeGreaterThan(before.z + 0.005);
    tell('be', 'stand', { at: 'hide_spot' });
    step(10);
    expect(body.root.position.distanceTo(before)).toBeGreaterThan(1);
  });
});
