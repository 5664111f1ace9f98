import { Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { Visitor } from '../../src/wire/visitor';
import { ScreenBody } from '../../src/xr/body';
import { lift, Rig, yawOf } from '../../src/xr/comfort';
import { HandsOverEyes, holdsAButton, isStopKey, LongPress } from '../../src/xr/stopping';

const DT = 1 / 72;
const STILL = { forward: 0, right: 0, turn: 0, nod: 0 };

function run(stop: HandsOverEyes, visitor: Visitor, seconds: number): number {
  let told = 0;
  for (let n = 0; n < seconds / DT; n += 1) if (stop.update(DT, visitor)) told += 1;
  return told;
}

describe('test_S1: stopping', () => {
  const covering = () => {
    const visitor = new Visitor();
    visitor.setHand('left', [-0.05, 1.6, -0.1, 0, 0, 0, 1]);
    visitor.setHand('right', [0.05, 1.6, -0.1, 0, 0, 0, 1]);
    return visitor;
  };

  it('both hands over the eyes for two seconds, once', () => {
    const stop = new HandsOverEyes();
    expect(run(stop, covering(), 1.9)).toBe(0);
    expect(run(stop, covering(), 3)).toBe(1);
  });

  it('counts hands that the headset lost while they covered it', () => {
    const stop = new HandsOverEyes();
    const visitor = covering();
    run(stop, visitor, 0.6);
    visitor.setHand('left', null);
    expect(run(stop, visitor, 1.6)).toBe(1);
  });

  it('does not take one hand, a wave or hands that are simply not seen for it', () => {
    const stop = new HandsOverEyes();
    const visitor = covering();
    visitor.setHand('left', [-0.4, 1.2, -0.3, 0, 0, 0, 1]);
    expect(run(stop, visitor, 4)).toBe(0);
    visitor.setHand('left', null);
    visitor.setHand('right', null);
    expect(run(stop, visitor, 4)).toBe(0);
  });

  it('a long press of a free button, but not of the ones that hold', () => {
    const pad = (pressed: number) => ({ buttons: Array.from({ length: 6 }, (_, n) => ({ pressed: n === pressed })) }) as unknown as Gamepad;
    expect([holdsAButton([pad(0)]), holdsAButton([pad(1)]), holdsAButton([undefined, pad(4)])]).toEqual([false, false, true]);
    const press = new LongPress();
    const told = Array.from({ length: 120 }, () => press.update(DT, true)).filter(Boolean);
    expect(told.length).toBe(1);
  });

  it('Escape always, the space bar unless one is writing', () => {
    expect([isStopKey('Escape', true), isStopKey(' ', false), isStopKey(' ', true), isStopKey('s', false)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('comfort', () => {
  it('test_X1: brings a head to its spot, facing its way, wherever it was on its own floor', () => {
    const rig = new Rig();
    const head = new Vector3(0.7, 1.4, -0.3);
    const turn = new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), 1.1);
    const spot = { position: new Vector3(3, 0.2, -5), yaw: -2 };
    rig.place(spot, head, turn);
    const there = rig.toPlace(head.clone());
    expect(there.distanceTo(new Vector3(3, 1.6, -5))).toBeLessThan(1e-6);
    const facing = new Vector3(0, 0, -1).applyQuaternion(rig.turnToPlace(turn.clone()));
    expect(facing.x).toBeCloseTo(Math.sin(-2));
    expect(facing.z).toBeCloseTo(Math.cos(-2));
  });

  it('test_X1: lifts somebody who lies down, and leaves those who sit or stand', () => {
    expect(lift(0.5) + 0.5).toBeCloseTo(1.15);
    expect([lift(1.1), lift(1.7)]).toEqual([0, 0]);
    expect(yawOf(new Quaternion())).toBe(0);
  });

  it('test_S6: small steps, not through somebody, and never far from where the story is', () => {
    const body = new ScreenBody(false);
    const her = new Vector3(0, 0, -2);
    for (let n = 0; n < 600; n += 1) body.update(DT, { ...STILL, forward: 1 }, her);
    expect(body.head.z).toBeCloseTo(-1.58, 2);
    for (let n = 0; n < 1200; n += 1) body.update(DT, { ...STILL, forward: -1 }, her);
    expect(body.head.z).toBeCloseTo(4.5, 2);
  });

  it('kneels and rises without a jump', () => {
    const body = new ScreenBody(false);
    body.lowered = true;
    let most = 0;
    for (let n = 0; n < 200; n += 1) {
      const before = body.head.y;
      body.update(DT, STILL, null);
      most = Math.max(most, before - body.head.y);
    }
    expect(body.head.y).toBeCloseTo(0.98, 2);
    expect(most).toBeLessThan(0.05);
  });
});
