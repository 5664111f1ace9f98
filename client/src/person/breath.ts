// "About to speak", "has just heard the end of it", "listens" come in; a breath drawn in and a lean towards the visitor go out, on top of the clip.
import { type Object3D, Quaternion, Vector3 } from 'three';
import type { Rig } from './rig';
import { ease, refresh, Spring } from './turns';

const IN_S = 0.38;
const OUT_S = 0.9;
const CHEST_RAD = 0.03;
const SHOULDERS_RAD = 0.035;
const LEAN_RAD = 0.075;
const X = new Vector3(1, 0, 0);
const Z = new Vector3(0, 0, 1);
const TURN = new Quaternion();

export class Breath {
  /** She leans in a little to hear. */
  listening = false;
  readonly #chest: Object3D;
  readonly #waist: Object3D;
  readonly #girdles: readonly [Object3D, Object3D];
  readonly #lean = new Spring();
  #sinceS = 9;
  #deep = 1;

  constructor(rig: Rig) {
    this.#chest = rig.joint('spine02');
    this.#waist = rig.joint('spine04');
    this.#girdles = [rig.arms[0].girdle, rig.arms[1].girdle];
  }

  /** Draws a breath in, unless one is being drawn. `deep`: 1 before a sentence, less for a start of surprise. */
  draw(deep = 1): void {
    if (this.#sinceS < IN_S + 0.4 * OUT_S) return;
    this.#sinceS = 0;
    this.#deep = deep;
  }

  /** How full she is of the breath just drawn, 0..1. */
  get full(): number {
    const t = this.#sinceS;
    return this.#deep * (t < IN_S ? ease(t / IN_S) : 1 - ease((t - IN_S) / OUT_S));
  }

  /** World matrices must be fresh, and are afterwards. `weight` 0 leaves the body to the clip. */
  update(dt: number, weight: number): void {
    this.#sinceS += dt;
    this.#lean.step(this.listening ? LEAN_RAD : 0, 2.6, dt);
    const full = this.full * weight;
    const lean = this.#lean.value * weight;
    if (full + lean < 1e-4) return;
    this.#waist.quaternion.multiply(TURN.setFromAxisAngle(X, lean));
    this.#chest.quaternion.multiply(TURN.setFromAxisAngle(X, -CHEST_RAD * full));
    this.#girdles[0].quaternion.multiply(TURN.setFromAxisAngle(Z, SHOULDERS_RAD * full));
    this.#girdles[1].quaternion.multiply(TURN.setFromAxisAngle(Z, -SHOULDERS_RAD * full));
    refresh(this.#waist);
  }
}
