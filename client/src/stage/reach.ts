// Hands, gaze and things within reach come in; soft glows, touches and plain-word hints go out.
import { Vector3 } from 'three';
import type { VisitorHand, VisitorState } from '../wire/world';

/** Something a visitor can take, touch or use just now. */
export interface Touchable {
  readonly name: string;
  readonly place: Vector3; // world, kept up to date by its owner
  readonly radius: number; // metres within which a hand has it
  readonly hint: string; // "Light a candle"
  readonly offer: string; // the offer it belongs to
  readonly byTouch: boolean; // a touch is enough, no pinch needed
  ready(): boolean;
  use(hand: VisitorHand | null): void; // null: from a screen, or by one button
  glow(level: number): void; // 0..1
}

const GLOW_REACH_M = 0.22;
const LOOK_COS = Math.cos(0.36);
const LOOK_FAR_M = 4.5;

export class Reach {
  readonly #all: Touchable[] = [];
  readonly #levels: number[] = [];
  readonly #away = new Vector3();
  #wasLeft = false;
  #wasRight = false;
  offer = 'none';

  add(...touchables: Touchable[]): void {
    for (const one of touchables) {
      this.#all.push(one);
      this.#levels.push(0);
    }
  }

  update(dt: number, visitor: VisitorState): void {
    const left = grips(visitor.left);
    const right = grips(visitor.right);
    if (visitor.left) this.#hand(visitor.left, left && !this.#wasLeft);
    if (visitor.right) this.#hand(visitor.right, right && !this.#wasRight);
    this.#wasLeft = left;
    this.#wasRight = right;
    const looked = visitor.left || visitor.right ? null : this.looked(visitor);
    for (let i = 0; i < this.#all.length; i++) {
      const one = this.#all[i]!;
      const to = one.ready() ? Math.max(nearness(one, visitor.left), nearness(one, visitor.right), one === looked ? 0.55 : 0) : 0;
      const level = this.#levels[i]! + (to - this.#levels[i]!) * Math.min(1, dt * 5);
      this.#levels[i] = level;
      one.glow(level < 0.004 ? 0 : level);
    }
  }

  #hand(hand: VisitorHand, closes: boolean): void {
    let best: Touchable | null = null;
    let bestFar = Infinity;
    for (const one of this.#all) {
      if (!(closes || one.byTouch) || !one.ready()) continue;
      const far = one.place.distanceTo(hand.position) - one.radius;
      if (far < Math.min(0.05, bestFar)) {
        best = one;
        bestFar = far;
      }
    }
    if (!best) return;
    hand.pulse(0.35, 0.06);
    best.use(hand);
  }

  /** What is looked at from near enough; among equals what is offered comes first. */
  looked(visitor: VisitorState): Touchable | null {
    let best: Touchable | null = null;
    let bestScore = LOOK_COS;
    for (const one of this.#all) {
      if (!one.ready()) continue;
      this.#away.subVectors(one.place, visitor.head);
      const far = this.#away.length();
      if (far > LOOK_FAR_M) continue;
      const score = this.#away.dot(visitor.gaze) / Math.max(far, 1e-3) + (one.offer === this.offer ? 0.03 : 0);
      if (score > bestScore) {
        best = one;
        bestScore = score;
      }
    }
    return best;
  }

  /** The next sensible thing: what is looked at, else what is offered, wherever it lies. */
  next(visitor: VisitorState): Touchable | null {
    const looked = this.looked(visitor);
    if (looked && (looked.offer === this.offer || this.offer === 'none')) return looked;
    return this.#all.find((one) => one.offer === this.offer && one.ready()) ?? looked;
  }

  hints(): readonly string[] {
    const out: string[] = [];
    for (const one of this.#all) if (one.ready() && one.offer === this.offer && !out.includes(one.hint)) out.push(one.hint);
    return out.slice(0, 3);
  }
}

export function grips(hand: VisitorHand | null): boolean {
  return hand !== null && (hand.pinching || hand.gripping);
}

function nearness(one: Touchable, hand: VisitorHand | null): number {
  if (!hand) return 0;
  const far = one.place.distanceTo(hand.position) - one.radius;
  return Math.min(1, Math.max(0, 1 - far / GLOW_REACH_M));
}
