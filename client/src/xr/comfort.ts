// Where the visitor is to be comes in; the floor they stand on is put there, without ever moving them by force.
import { Group, type Quaternion, Vector3 } from 'three';
import type { Spot } from '../wire/world';

const TALL_ENOUGH_M = 0.95; // eyes lower than this (lying, a low chair): the floor is lowered under them
const COMFORTABLE_M = 1.15;
const UP = new Vector3(0, 1, 0);

/** How far to raise somebody whose eyes are this high above their floor. */
export function lift(eyesM: number): number {
  return eyesM < TALL_ENOUGH_M ? COMFORTABLE_M - eyesM : 0;
}

/** Yaw of a head, 0 when it looks along -Z. */
export function yawOf(quaternion: Quaternion): number {
  const { x, y, z, w } = quaternion;
  const forwardX = -2 * (x * z + w * y);
  const forwardZ = -(1 - 2 * (x * x + y * y));
  return Math.atan2(-forwardX, -forwardZ);
}

/** The visitor's own floor in the place: the camera and the hands hang on it. */
export class Rig {
  readonly group = new Group();
  #spot: Spot = { position: new Vector3(), yaw: Math.PI };

  get spot(): Spot {
    return this.#spot;
  }

  /** Put a head that is at `head` and looks `turn` on its own floor onto the spot, facing its way. Only behind a veil. */
  place(spot: Spot, head: Vector3, turn: Quaternion, height = lift(head.y)): void {
    this.#spot = spot;
    const yaw = spot.yaw - Math.PI - yawOf(turn);
    this.group.quaternion.setFromAxisAngle(UP, yaw);
    const offset = new Vector3(head.x, 0, head.z).applyQuaternion(this.group.quaternion);
    this.group.position.copy(spot.position).sub(offset);
    this.group.position.y += height;
    this.group.updateMatrixWorld(true);
  }

  /** A point on the floor's own scale into the place, in place. */
  toPlace(point: Vector3): Vector3 {
    return point.applyMatrix4(this.group.matrixWorld);
  }

  turnToPlace(turn: Quaternion): Quaternion {
    return turn.premultiply(this.group.quaternion);
  }
}
