import { expect, it } from 'vitest';
import { Visitor } from '../../src/wire/visitor';

it('eyes lie beside each other across the head, and the gaze goes forward', () => {
  const visitor = new Visitor();
  visitor.setHead([1, 1.5, 2, 0, Math.SQRT1_2, 0, Math.SQRT1_2]); // a quarter turn to the left: looks along -X
  expect(visitor.gaze.x).toBeCloseTo(-1);
  expect(visitor.leftEye.distanceTo(visitor.rightEye)).toBeCloseTo(0.063);
  expect(visitor.rightEye.z).toBeLessThan(visitor.leftEye.z);
});

it('a hand that is not seen is not there', () => {
  const visitor = new Visitor();
  expect(visitor.right).toBeNull();
  visitor.setHand('right', [0.2, 1.1, -0.4, 0, 0, 0, 1], true);
  expect(visitor.right?.pinching).toBe(true);
  expect(visitor.moved(0.91239).distance_m).toBe(0.9124);
  visitor.setHand('right', null);
  expect(visitor.moved(1).right).toBeNull();
});
