// What the visitor does with hands and buttons comes in; that they want to stop goes out (S1).
import { Vector3 } from 'three';
import type { VisitorHand, VisitorState } from '../wire/world';

const OVER_EYES_S = 2;
const NEAR_EYES_M = 0.19;
const UNSEEN_S = 2.5; // hands over a headset are often lost from sight: for so long they count as still there
const LONG_PRESS_S = 1;

/** Both hands held over the eyes for two seconds. */
export class HandsOverEyes {
  #forS = 0;
  #unseenS = 0;
  readonly #centre = new Vector3();

  /** True once, when it has been long enough. */
  update(dt: number, visitor: VisitorState): boolean {
    this.#centre.copy(visitor.head).addScaledVector(visitor.gaze, 0.06);
    const left = this.#there(visitor.left);
    const right = this.#there(visitor.right);
    const lost = (left === null || right === null) && left !== false && right !== false && this.#forS > 0.2;
    this.#unseenS = lost ? this.#unseenS + dt : 0;
    const covered = (left === true && right === true) || (lost && this.#unseenS < UNSEEN_S);
    const before = this.#forS;
    this.#forS = covered ? this.#forS + dt : 0;
    return before < OVER_EYES_S && this.#forS >= OVER_EYES_S;
  }

  #there(hand: VisitorHand | null): boolean | null {
    return hand === null ? null : hand.position.distanceTo(this.#centre) < NEAR_EYES_M;
  }
}

/** A button of a controller that is not trigger or grip (those hold and point), held for a second. */
export class LongPress {
  #forS = 0;

  update(dt: number, pressed: boolean): boolean {
    const before = this.#forS;
    this.#forS = pressed ? this.#forS + dt : 0;
    return before < LONG_PRESS_S && this.#forS >= LONG_PRESS_S;
  }
}

const FIRST_FREE_BUTTON = 3; // 0 trigger, 1 grip, 2 touchpad

export function holdsAButton(gamepads: Iterable<Gamepad | undefined>): boolean {
  for (const gamepad of gamepads) {
    if (gamepad?.buttons.some((button, n) => n >= FIRST_FREE_BUTTON && button.pressed)) return true;
  }
  return false;
}

/** Every way to stop that a headset knows, in one place. */
export class StopWishes {
  readonly #overEyes = new HandsOverEyes();
  readonly #longPress = new LongPress();

  /** Which way they asked to stop in this frame, or null. */
  update(dt: number, visitor: VisitorState, session: XRSession | null): 'hands' | 'controller' | null {
    if (this.#overEyes.update(dt, visitor)) return 'hands';
    const pads = session === null ? [] : [...session.inputSources].map((source) => source.gamepad);
    return this.#longPress.update(dt, holdsAButton(pads)) ? 'controller' : null;
  }
}

/** Keys that stop, whatever else is going on; the space bar not where it writes or presses a button. */
export function isStopKey(key: string, atControl: boolean): boolean {
  return key === 'Escape' || (key === ' ' && !atControl);
}
