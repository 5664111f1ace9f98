// Head and hands of the visitor come in; where their chest is goes out: an elliptic capsule from the hips to the neck.
import { Vector3 } from 'three';
import type { VisitorState } from '../wire/world';
import { clamp, UP } from './turns';

const MIDDLE = new Vector3();
const P = new Vector3();
const D = new Vector3();
const EYE_SHARE = 0.936; // eye height of a standing body, shares of its height

/** Shares of the visitor's height: facts of an average grown-up body. */
const NECK_BELOW = 0.115;
const NECK_BEHIND_M = 0.07;
const TRUNK = 0.3;
const HALF_WIDTH = 0.105;
const HALF_DEPTH = 0.072;

export class Torso {
  readonly hips = new Vector3();
  readonly neck = new Vector3();
  readonly front = new Vector3(0, 0, -1);
  readonly side = new Vector3(1, 0, 0);
  readonly axis = new Vector3(0, 1, 0);
  lengthM = 0.5;
  halfSideM = 0.175;
  halfFrontM = 0.12;
  heightM: number;
  #tallestM = 1.5;

  constructor(heightM = 0) {
    this.heightM = heightM;
  }

  /** The headset says height and lean; the hands' middle pulls the facing, at most a third of the way. */
  update(visitor: VisitorState): this {
    this.#tallestM = Math.max(this.#tallestM, Math.min(visitor.head.y, 1.95));
    const h = this.heightM > 0 ? this.heightM : clamp(this.#tallestM / EYE_SHARE, 1.5, 2.0);
    this.front.copy(visitor.gaze).setY(0);
    if (this.front.lengthSq() < 1e-4) this.front.set(0, 0, -1);
    this.front.normalize();
    if (visitor.left !== null && visitor.right !== null) {
      MIDDLE.copy(visitor.left.position).add(visitor.right.position).multiplyScalar(0.5).sub(visitor.head).setY(0).normalize();
      if (MIDDLE.dot(this.front) > 0.3) this.front.lerp(MIDDLE, 0.35).normalize();
    }
    this.neck
      .copy(visitor.head)
      .addScaledVector(UP, -NECK_BELOW * h)
      .addScaledVector(this.front, -NECK_BEHIND_M);
    this.hips
      .copy(this.neck)
      .addScaledVector(UP, -TRUNK * h)
      .addScaledVector(this.front, -0.02);
    this.side.crossVectors(UP, this.front);
    this.axis.subVectors(this.neck, this.hips);
    this.lengthM = this.axis.length();
    this.axis.divideScalar(this.lengthM);
    this.halfSideM = HALF_WIDTH * h;
    this.halfFrontM = HALF_DEPTH * h;
    return this;
  }

  /** Signed distance to the surface, metres, inside negative; `out` is the way out. */
  outside(p: Vector3, out: Vector3): number {
    const along = clamp(P.subVectors(p, this.hips).dot(this.axis), 0, this.lengthM - this.halfFrontM);
    D.copy(this.hips).addScaledVector(this.axis, along).subVectors(p, D);
    const x = D.dot(this.side);
    const z = D.dot(this.front);
    const y = D.dot(this.axis);
    const g = Math.hypot(x / this.halfSideM, z / this.halfFrontM, y / this.halfFrontM);
    out
      .copy(this.side)
      .multiplyScalar(x / this.halfSideM ** 2)
      .addScaledVector(this.front, z / this.halfFrontM ** 2)
      .addScaledVector(this.axis, y / this.halfFrontM ** 2);
    if (out.lengthSq() < 1e-9) out.copy(this.front);
    out.normalize();
    const r = D.length();
    return g > 1e-6 ? r - r / g : -this.halfFrontM;
  }

  /** A point on the surface at a turn from the front (0) over one side (pi/2) to the spine (pi). `side` is +1 or -1. */
  around(angle: number, side: number, up: number, into: Vector3): Vector3 {
    return into
      .copy(this.hips)
      .addScaledVector(this.axis, up)
      .addScaledVector(this.side, side * Math.sin(angle) * this.halfSideM)
      .addScaledVector(this.front, Math.cos(angle) * this.halfFrontM);
  }
}
