// Poses of head and hands come in, from a headset, a screen, the wire or a test; the visitor's state in the stage's frame goes out.
import { Quaternion, Vector3 } from 'three';
import type { Moved, Pose } from './types.gen';
import type { VisitorHand, VisitorState } from './world';

const HALF_EYES_M = 0.0315;
const JOINTS = 25;

export type Side = 'left' | 'right';

/** One hand that is filled in anew every frame. */
export class Hand implements VisitorHand {
  readonly position = new Vector3();
  readonly quaternion = new Quaternion();
  readonly jointStore: readonly Vector3[] = Array.from({ length: JOINTS }, () => new Vector3());
  pinching = false;
  gripping = false;
  tracked = false;
  joints: readonly Vector3[] | null = null;
  onPulse: ((strength: number, seconds: number) => void) | null = null;

  constructor(readonly side: Side) {}

  pulse(strength: number, seconds: number): void {
    this.onPulse?.(strength, seconds);
  }
}

export class Visitor implements VisitorState {
  readonly head = new Vector3(0, 1.6, 0);
  readonly quaternion = new Quaternion();
  readonly leftEye = new Vector3();
  readonly rightEye = new Vector3();
  readonly gaze = new Vector3(0, 0, -1);
  readonly hands = { left: new Hand('left'), right: new Hand('right') };
  seated = false;
  immersive = false;

  constructor() {
    this.headSet();
  }

  get left(): VisitorHand | null {
    return this.hands.left.tracked ? this.hands.left : null;
  }

  get right(): VisitorHand | null {
    return this.hands.right.tracked ? this.hands.right : null;
  }

  /** Call after `head` and `quaternion` were changed: eyes and gaze follow. */
  headSet(): void {
    this.gaze.set(0, 0, -1).applyQuaternion(this.quaternion);
    this.rightEye.set(HALF_EYES_M, 0, 0).applyQuaternion(this.quaternion);
    this.leftEye.copy(this.head).sub(this.rightEye);
    this.rightEye.add(this.head);
  }

  setHead(pose: Pose): void {
    this.head.set(pose[0], pose[1], pose[2]);
    this.quaternion.set(pose[3], pose[4], pose[5], pose[6]).normalize();
    this.headSet();
  }

  /** A hand that is not seen is null. */
  setHand(side: Side, pose: Pose | null, pinching = false, gripping = false): void {
    const hand = this.hands[side];
    hand.tracked = pose !== null;
    hand.pinching = pinching;
    hand.gripping = gripping;
    hand.joints = null;
    if (pose === null) return;
    hand.position.set(pose[0], pose[1], pose[2]);
    hand.quaternion.set(pose[3], pose[4], pose[5], pose[6]).normalize();
  }

  /** The report of where everything is now. */
  moved(distanceM: number): Moved {
    return {
      type: 'Moved',
      head: poseOf(this.head, this.quaternion),
      left: this.left ? poseOf(this.left.position, this.left.quaternion) : null,
      right: this.right ? poseOf(this.right.position, this.right.quaternion) : null,
      distance_m: round(distanceM),
    };
  }
}

function poseOf(position: Vector3, turn: Quaternion): Pose {
  return [position.x, position.y, position.z, turn.x, turn.y, turn.z, turn.w].map(round) as Pose;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
