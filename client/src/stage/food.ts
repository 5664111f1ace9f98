// A dish comes in; it can be tasted, with a hand to the mouth or with one key.
import { type Mesh, Vector3 } from 'three';
import type { VisitorHand } from '../wire/world';
import type { Args, Around } from './prop';
import type { Touchable } from './reach';
import { Standing, Touch } from './simple';
import { nearMouth } from './table';

export class FoodProp extends Standing {
  override readonly touchables: readonly Touchable[];
  #emit: ((act: string, target?: string) => void) | null = null;
  #hand: 'left' | 'right' | null = null;
  #heldS = 0;

  constructor(name: string, hint: string, mesh: Mesh, spot: readonly [number, number, number]) {
    super(name, mesh);
    const touch = new Touch(
      name,
      hint,
      'food',
      0.1,
      () => this.shown && this.#hand === null,
      (hand) => this.#taste(hand),
      mesh,
    );
    touch.place.set(...spot);
    this.touchables = [touch];
  }

  override state(state: string, args: Args): void {
    super.state(state, args);
    this.#hand = null;
  }

  /** With a hand one takes a little and brings it to the mouth. */
  #taste(hand: VisitorHand | null): void {
    if (hand) {
      this.#hand = hand.side;
      this.#heldS = 0;
    } else this.#emit?.('bite', this.name);
  }

  override update(dt: number, around: Around): void {
    super.update(dt, around);
    this.#emit = around.act;
    if (this.#hand === null) return;
    this.#heldS += dt;
    const hand = this.#hand === 'left' ? around.visitor.left : around.visitor.right;
    if (hand && nearMouth(PALM.copy(hand.position), around.visitor)) {
      around.act('bite', this.name);
      this.#hand = null;
    } else if (!hand || this.#heldS > 6) this.#hand = null;
  }
}

const PALM = new Vector3();
