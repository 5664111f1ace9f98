// A thing that can be taken up comes in: it follows a hand, or is lifted before the eyes on a screen, and goes home again.
import { type Object3D, Quaternion, Vector3 } from 'three';
import type { VisitorHand, VisitorState } from '../wire/world';
import { grips } from './reach';

type Where = 'home' | 'hand' | 'lifted' | 'going home';

const LOOK_AT_ME = new Quaternion();
const AHEAD = new Vector3();

export class Carry {
  where: Where = 'home';
  side: 'left' | 'right' = 'right';
  readonly home = new Vector3();
  readonly homeTurn = new Quaternion();
  readonly #goal = new Vector3();
  #since = 0;

  /** `liftS`: how long it stays before the eyes; `keep`: it does not go home by itself. */
  constructor(
    readonly object: Object3D,
    private readonly liftS = 5,
    private readonly keep = false,
    private readonly aheadM = 0.48,
  ) {
    this.settle();
  }

  /** Home is where the thing is now. */
  settle(): void {
    this.home.copy(this.object.position);
    this.homeTurn.copy(this.object.quaternion);
    this.where = 'home';
  }

  take(hand: VisitorHand | null): void {
    this.where = hand ? 'hand' : 'lifted';
    if (hand) this.side = hand.side;
    this.#since = 0;
  }

  putBack(): void {
    if (this.where !== 'home') this.where = 'going home';
    this.#since = 0;
  }

  /** Object and home are in the stage's frame (the parent does not move). */
  update(dt: number, visitor: VisitorState): void {
    if (this.where === 'home') return;
    this.#since += dt;
    const ease = Math.min(1, dt * 7);
    if (this.where === 'hand') this.#inHand(visitor);
    else if (this.where === 'lifted') this.#lifted(visitor, ease);
    else {
      this.object.position.lerp(this.home, ease);
      this.object.quaternion.slerp(this.homeTurn, ease);
      if (this.#since > 1.2) {
        this.object.position.copy(this.home);
        this.object.quaternion.copy(this.homeTurn);
        this.where = 'home';
      }
    }
  }

  #inHand(visitor: VisitorState): void {
    const hand = this.side === 'left' ? visitor.left : visitor.right;
    if (!hand || !grips(hand)) {
      if (!this.keep) this.putBack();
      else if (!hand) this.where = 'lifted';
      return;
    }
    AHEAD.set(0, 0.02, -0.05).applyQuaternion(hand.quaternion).add(hand.position);
    this.object.position.copy(AHEAD);
    this.object.quaternion.copy(hand.quaternion);
  }

  #lifted(visitor: VisitorState, ease: number): void {
    this.#goal.copy(visitor.gaze).setY(Math.max(-0.5, visitor.gaze.y)).normalize().multiplyScalar(this.aheadM).add(visitor.head);
    this.#goal.y -= 0.15;
    this.object.position.lerp(this.#goal, ease);
    AHEAD.subVectors(visitor.head, this.object.position);
    const yaw = Math.atan2(AHEAD.x, AHEAD.z);
    LOOK_AT_ME.set(0, Math.sin(yaw / 2), 0, Math.cos(yaw / 2));
    this.object.quaternion.slerp(LOOK_AT_ME, ease);
    if (!this.keep && this.#since > this.liftS) this.putBack();
  }
}
