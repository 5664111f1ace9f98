// The visitor's hands and face come in; "stroked her hair", "kissed her brow" and how she answers go out.
import { Vector3 } from 'three';
import type { VisitorState } from '../wire/world';
import type { Rig } from './rig';

const NEAR_HEAD_M = 0.085; // from the skull's surface
const STROKE_S = 0.55;
const AGAIN_S = 4;
const KISS_M = 0.24; // between the middle of their eyes and her brow
const KISS_S = 0.35;
const CROWN = new Vector3();
const MIDDLE = new Vector3();
const LEFT = new Vector3();
const WAY = new Vector3();

export interface Caress {
  stroked: boolean;
  kissed: boolean;
  /** A hand lies on the head now: -1 on her right, +1 on her left, 0 none. */
  side: number;
  /** Which of the visitor's hands that is. */
  hand: 'left' | 'right' | null;
  /** A hand or face is dear and near: she closes her eyes. */
  dear: boolean;
}

export class Caresses {
  readonly now: Caress = { stroked: false, kissed: false, side: 0, hand: null, dear: false };
  readonly #before = { left: new Vector3(), right: new Vector3() };
  readonly #known = { left: false, right: false };
  #strokeS = 0;
  #movedM = 0;
  #sinceStrokeS = AGAIN_S;
  #kissS = 0;
  #sinceKissS = AGAIN_S;
  #dearS = 0;

  constructor(private readonly rig: Rig) {}

  update(dt: number, visitor: VisitorState): Caress {
    const { now, rig } = this;
    now.stroked = now.kissed = false;
    now.side = 0;
    now.hand = null;
    rig.landmark('crown', CROWN);
    rig.landmark('ear_l', LEFT);
    MIDDLE.addVectors(LEFT, rig.landmark('ear_r', WAY)).multiplyScalar(0.5);
    const radius = CROWN.distanceTo(MIDDLE);
    const across = LEFT.sub(WAY).normalize();
    let touching = false;
    for (const side of ['left', 'right'] as const) {
      const hand = visitor[side];
      if (hand === null) {
        this.#known[side] = false;
        continue;
      }
      const step = this.#known[side] ? hand.position.distanceTo(this.#before[side]) : 0;
      this.#known[side] = true;
      this.#before[side].copy(hand.position);
      WAY.subVectors(hand.position, MIDDLE);
      if (WAY.length() > radius + NEAR_HEAD_M) continue;
      touching = true;
      this.#movedM += step;
      now.side = WAY.dot(across) < 0 ? -1 : 1;
      now.hand = side;
    }
    this.#stroke(dt, touching);
    this.#kiss(dt, visitor);
    this.#dearS = Math.max(0, this.#dearS - dt);
    if (now.stroked || now.kissed) this.#dearS = 1.8;
    now.dear = this.#dearS > 0;
    return now;
  }

  #stroke(dt: number, touching: boolean): void {
    this.#sinceStrokeS += dt;
    this.#strokeS = touching ? this.#strokeS + dt : 0;
    if (!touching) this.#movedM = 0;
    if (this.#strokeS < STROKE_S || this.#sinceStrokeS < AGAIN_S) return;
    if (this.#movedM < 0.02 && this.#strokeS < 1.4) return; // a hand that only lies there is a caress too, after a while
    this.#sinceStrokeS = 0;
    this.now.stroked = true;
  }

  #kiss(dt: number, visitor: VisitorState): void {
    this.#sinceKissS += dt;
    this.rig.landmark('brow', WAY);
    this.#kissS = WAY.distanceTo(visitor.head) < KISS_M ? this.#kissS + dt : 0;
    if (this.#kissS < KISS_S || this.#sinceKissS < AGAIN_S) return;
    this.#sinceKissS = 0;
    this.now.kissed = true;
  }
}
