// Small numbers and turns come in, eased, sprung and aimed ones go out. Nothing here makes new objects while the meeting runs.
import { Matrix4, type Object3D, Quaternion, Vector3 } from 'three';

export const UP = new Vector3(0, 1, 0);
const A = new Vector3();
const B = new Vector3();
const C = new Vector3();
const BASIS = new Matrix4();
const TO = new Quaternion();
const FROM = new Quaternion();
const PARENT = new Quaternion();
const HELD = new Quaternion();

export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function ramp(low: number, high: number, x: number): number {
  const u = clamp((x - low) / (high - low), 0, 1);
  return u * u * (3 - 2 * u);
}

/** Minimum jerk from 0 to 1. */
export function ease(u: number): number {
  const x = clamp(u, 0, 1);
  return x * x * x * (10 - 15 * x + 6 * x * x);
}

/** Exponential way from `now` to `goal`; `rate` in 1/s. */
export function toward(now: number, goal: number, rate: number, dt: number): number {
  return now + (goal - now) * (1 - Math.exp(-rate * dt));
}

/** The same turn as an angle in (-pi, pi]. */
export function wrapped(angle: number): number {
  const x = (angle + Math.PI) % (2 * Math.PI);
  return x < 0 ? x + Math.PI : x - Math.PI;
}

/** Critically damped: comes to rest at the goal without passing it. */
export class Spring {
  velocity = 0;

  constructor(public value = 0) {}

  step(goal: number, omega: number, dt: number): number {
    const off = this.value - goal;
    const k = this.velocity + omega * off;
    const fade = Math.exp(-omega * dt);
    this.value = goal + (off + k * dt) * fade;
    this.velocity = (this.velocity - omega * k * dt) * fade;
    return this.value;
  }

  rest(value: number): void {
    this.value = value;
    this.velocity = 0;
  }
}

/** A critically damped point. */
export class SpringPoint {
  readonly value = new Vector3();
  readonly velocity = new Vector3();

  step(goal: Vector3, omega: number, dt: number): Vector3 {
    const fade = Math.exp(-omega * dt);
    A.subVectors(this.value, goal);
    B.copy(this.velocity).addScaledVector(A, omega);
    this.value
      .copy(goal)
      .addScaledVector(A, fade)
      .addScaledVector(B, dt * fade);
    this.velocity.addScaledVector(B, -omega * dt).multiplyScalar(fade);
    return this.value;
  }

  rest(value: Vector3): void {
    this.value.copy(value);
    this.velocity.set(0, 0, 0);
  }
}

/** The turn that lays x on `first` and y on the part of `second` square to it. */
export function frameOf(first: Vector3, second: Vector3, into: Quaternion): Quaternion {
  A.copy(first).normalize();
  B.copy(second).addScaledVector(A, -second.dot(A)).normalize();
  C.crossVectors(A, B);
  return into.setFromRotationMatrix(BASIS.makeBasis(A, B, C));
}

/** The turn that carries one pair of directions onto another. */
export function between(first: Vector3, second: Vector3, toFirst: Vector3, toSecond: Vector3, into: Quaternion): Quaternion {
  frameOf(toFirst, toSecond, TO);
  frameOf(first, second, FROM);
  return into.copy(TO).multiply(FROM.invert());
}

/** World turn of a joint whose world matrix is fresh. */
export function worldTurn(joint: Object3D, into: Quaternion): Quaternion {
  return into.setFromRotationMatrix(joint.matrixWorld);
}

export function worldPlace(joint: Object3D, into: Vector3): Vector3 {
  return into.setFromMatrixPosition(joint.matrixWorld);
}

/** Turns a joint by `turn`, given in the world, before its own turn. Its matrices are stale afterwards. */
export function turnBy(joint: Object3D, turn: Quaternion): void {
  worldTurn(joint.parent!, PARENT);
  HELD.copy(PARENT).invert().multiply(turn).multiply(PARENT);
  joint.quaternion.premultiply(HELD);
}

/** Gives a joint this turn in the world. Its matrices are stale afterwards. */
export function turnTo(joint: Object3D, turn: Quaternion): void {
  worldTurn(joint.parent!, PARENT);
  joint.quaternion.copy(PARENT.invert().multiply(turn));
}

/** Angle of the part of `turn` that goes round `axis` (unit), radians in (-pi, pi]. */
export function twistOf(turn: Quaternion, axis: Vector3): number {
  return wrapped(2 * Math.atan2(turn.x * axis.x + turn.y * axis.y + turn.z * axis.z, turn.w));
}

/** World matrices of this joint and all that hang on it, from its own on. */
export function refresh(joint: Object3D): void {
  joint.updateMatrixWorld(true);
}
