// On a screen: "give a hand" and "hug" come in, hands that reach out and come back go out.
import { Vector3 } from 'three';
import type { Hand, Side, Visitor } from '../wire/visitor';
import type { PersonView } from '../wire/world';

export type Reaching = 'none' | 'hand' | 'hug' | 'stroke';

const SPEED_M_S = 0.9;
const ARM_M = 0.62;
const REST = new Vector3(0.2, -0.62, -0.12);
const HELD_OUT = new Vector3(0.1, -0.34, -0.42);
const BACK_APART_M = 0.11;
const UP = new Vector3(0, 1, 0);

const HUG_S = 9; // arms that a key holds out come back by themselves: a hug need not be ended by hand

export class ReachingHands {
  reaching: Reaching = 'none';
  #hugS = 0;
  readonly #target = new Vector3();
  readonly #right = new Vector3();
  readonly #forward = new Vector3();
  readonly #shoulder = new Vector3();

  /** Every frame, after the head was set. False when a hug has been held for long enough. */
  update(dt: number, visitor: Visitor, person: PersonView | null): boolean {
    this.#hugS = this.reaching === 'hug' ? this.#hugS + dt : 0;
    this.#forward.copy(visitor.gaze).setY(0).normalize();
    this.#right.crossVectors(this.#forward, UP);
    this.#one(dt, visitor, 'right', person, this.reaching !== 'none');
    this.#one(dt, visitor, 'left', person, this.reaching === 'hug');
    return this.#hugS < HUG_S;
  }

  #one(dt: number, visitor: Visitor, side: Side, person: PersonView | null, out: boolean): void {
    const hand = visitor.hands[side];
    if (!out && !hand.tracked) return;
    const sign = side === 'right' ? 1 : -1;
    if (!hand.tracked) {
      this.#from(visitor, REST, sign, hand.position);
      hand.tracked = true;
    }
    if (out) this.#aim(visitor, sign, person);
    else this.#from(visitor, REST, sign, this.#target);
    const away = hand.position.distanceTo(this.#target);
    hand.position.lerp(this.#target, away < 1e-4 ? 1 : Math.min(1, (SPEED_M_S * dt) / away));
    hand.quaternion.copy(visitor.quaternion);
    hand.gripping = out && this.reaching === 'hand';
    hand.joints = null;
    if (!out && away < 0.03) this.#away(hand);
  }

  #aim(visitor: Visitor, sign: number, person: PersonView | null): void {
    this.#from(visitor, HELD_OUT, sign, this.#target);
    if (person === null) return;
    this.#shoulder.copy(visitor.head).addScaledVector(UP, -0.2);
    const wanted = new Vector3();
    if (this.reaching === 'hug') person.landmark('back', wanted).addScaledVector(this.#right, sign * BACK_APART_M);
    else if (this.reaching === 'stroke') person.landmark('crown', wanted).addScaledVector(UP, 0.02);
    else if (nearer(person, this.#shoulder, wanted) > ARM_M + 0.2) return;
    if (wanted.distanceTo(this.#shoulder) < ARM_M + 0.35) this.#target.copy(wanted);
  }

  #from(visitor: Visitor, offset: Vector3, sign: number, into: Vector3): void {
    into.copy(visitor.head).addScaledVector(this.#right, offset.x * sign);
    into.addScaledVector(this.#forward, -offset.z).addScaledVector(UP, offset.y);
  }

  #away(hand: Hand): void {
    hand.tracked = false;
    hand.gripping = false;
  }
}

/** Into `into` the palm that is nearer; its distance is returned. */
function nearer(person: PersonView, to: Vector3, into: Vector3): number {
  const other = person.landmark('palm_r', new Vector3());
  person.landmark('palm_l', into);
  if (other.distanceTo(to) < into.distanceTo(to)) into.copy(other);
  return into.distanceTo(to);
}
