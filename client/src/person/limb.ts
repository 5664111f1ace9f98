// A limb as the clip left it, a place for its end and a way for its middle to point come in; the limb is bent to reach it exactly.
import { Quaternion, Vector3 } from 'three';
import type { Arm, Limb } from './rig';
import { between, clamp, frameOf, refresh, turnBy, turnTo, twistOf, UP, worldPlace, worldTurn } from './turns';

const S = new Vector3();
const E = new Vector3();
const W = new Vector3();
const WAY = new Vector3();
const SIDEWAYS = new Vector3();
const NEW_E = new Vector3();
const NEW_W = new Vector3();
const UPPER = new Vector3();
const HINGE = new Vector3();
const NEW_UPPER = new Vector3();
const NEW_HINGE = new Vector3();
const TURN = new Quaternion();
const PART = new Quaternion();
const FROM = new Quaternion();
const AXIS = new Vector3();

/** Where the middle joint goes: law of cosines, on the side of `pole` (a direction, metres do not matter). */
export function middleOf(start: Vector3, end: Vector3, upperM: number, lowerM: number, pole: Vector3, into: Vector3): Vector3 {
  WAY.subVectors(end, start);
  const reach = clamp(WAY.length(), Math.abs(upperM - lowerM) + 1e-4, upperM + lowerM - 1e-5);
  WAY.normalize();
  SIDEWAYS.copy(pole).addScaledVector(WAY, -pole.dot(WAY));
  if (SIDEWAYS.lengthSq() < 1e-10) SIDEWAYS.set(WAY.y, -WAY.x, 0.001).addScaledVector(WAY, -SIDEWAYS.dot(WAY));
  SIDEWAYS.normalize();
  const along = (reach * reach + upperM * upperM - lowerM * lowerM) / (2 * reach);
  const high = Math.sqrt(Math.max(0, upperM * upperM - along * along));
  return into.copy(start).addScaledVector(WAY, along).addScaledVector(SIDEWAYS, high);
}

/**
 * Bends `limb` so that its end lies on `goal` (world, metres), as far as it is long enough. World matrices must be fresh and are
 * fresh afterwards. Returns how far the end stays from the goal.
 */
export function bend(limb: Limb, goal: Vector3, pole: Vector3): number {
  worldPlace(limb.upper, S);
  worldPlace(limb.lower, E);
  worldPlace(limb.end, W);
  const most = (limb.upperM + limb.lowerM) * 0.999;
  const least = Math.abs(limb.upperM - limb.lowerM) * 1.02 + 1e-3;
  NEW_W.subVectors(goal, S);
  const far = NEW_W.length();
  NEW_W.multiplyScalar(clamp(far, least, most) / Math.max(far, 1e-6)).add(S);
  middleOf(S, NEW_W, limb.upperM, limb.lowerM, pole, NEW_E);
  UPPER.subVectors(E, S);
  HINGE.subVectors(W, E).cross(UPPER).negate();
  NEW_UPPER.subVectors(NEW_E, S);
  NEW_HINGE.subVectors(NEW_W, NEW_E).cross(NEW_UPPER).negate();
  if (HINGE.lengthSq() < 1e-10) HINGE.copy(NEW_HINGE);
  if (NEW_HINGE.lengthSq() < 1e-10) NEW_HINGE.copy(HINGE);
  turnBy(limb.upper, between(UPPER, HINGE, NEW_UPPER, NEW_HINGE, TURN));
  refresh(limb.upper);
  worldPlace(limb.lower, E);
  worldPlace(limb.end, W);
  UPPER.subVectors(W, E);
  NEW_UPPER.subVectors(NEW_W, E);
  turnBy(limb.lower, between(UPPER, NEW_HINGE, NEW_UPPER, NEW_HINGE, TURN));
  refresh(limb.lower);
  return worldPlace(limb.end, W).distanceTo(goal);
}

/** World turn of the hand whose fingers point `along` and whose palm looks `out`. */
export function handTurn(arm: Arm, along: Vector3, out: Vector3, into: Quaternion): Quaternion {
  frameOf(along, out, into);
  return into.multiply(frameOf(arm.along, arm.palmOut, FROM).invert());
}

/**
 * Turns the hand to `turn` (world); the forearm takes most of the roll, so that the wrist is never wrung. A hand that would be
 * bent by more than `most` radians against the forearm stops there.
 */
export function turnHand(arm: Arm, turn: Quaternion, most = 1.15): void {
  worldTurn(arm.lower, FROM);
  TURN.copy(FROM).invert().multiply(turn);
  AXIS.copy(arm.foreAlong);
  const roll = clamp(twistOf(TURN, AXIS), -1.9, 1.9);
  PART.setFromAxisAngle(AXIS, roll);
  FROM.copy(PART).invert().premultiply(TURN); // swing = turn * roll^-1
  const swing = 2 * Math.acos(clamp(Math.abs(FROM.w), 0, 1));
  arm.lower.quaternion.multiply(PART.setFromAxisAngle(AXIS, roll * 0.35));
  arm.lower2.quaternion.setFromAxisAngle(AXIS, roll * 0.4);
  refresh(arm.lower);
  if (swing > most) {
    PART.identity().slerp(FROM, most / swing);
    TURN.copy(PART).multiply(FROM.setFromAxisAngle(AXIS, roll));
    worldTurn(arm.lower, FROM);
    FROM.multiply(PART.setFromAxisAngle(AXIS, -roll * 0.35));
    TURN.premultiply(FROM);
  } else TURN.copy(turn);
  turnTo(arm.end, TURN);
  refresh(arm.end);
}

const BENDS = [0.95, 1.25, 0.75] as const;
const THUMB_BENDS = [0.45, 0.5, 0.6] as const;

/** Curls the fingers by joint rotation: 0 is nearly straight, 1 a fist; `weight` blends from what the clip has. */
export function curl(arm: Arm, amount: number, thumb: number, weight: number): void {
  for (let f = 0; f < 5; f += 1) {
    const axis = f === 0 ? arm.thumbAxis : arm.curlAxis;
    const bends = f === 0 ? THUMB_BENDS : BENDS;
    const by = f === 0 ? thumb : amount * (0.88 + 0.06 * f);
    const joints = arm.fingers[f]!;
    for (let j = 0; j < 3; j += 1) joints[j]!.quaternion.slerp(PART.setFromAxisAngle(axis, by * bends[j]!), weight);
  }
}

/** The elbow's side of the arm as it is now (world direction). */
export function elbowSide(limb: Limb, into: Vector3): Vector3 {
  worldPlace(limb.upper, S);
  worldPlace(limb.lower, into);
  worldPlace(limb.end, W);
  WAY.subVectors(W, S).normalize();
  into.sub(S).addScaledVector(WAY, -into.dot(WAY));
  return into.lengthSq() < 1e-8 ? into.copy(UP).negate() : into.normalize();
}
