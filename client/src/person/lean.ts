// The spine and neck as the clip left them and a place for the head come in; they bend together, a little each, until the head is there.
import { type Object3D, Quaternion, Vector3 } from 'three';
import type { Rig } from './rig';
import { clamp, refresh, worldPlace, worldTurn } from './turns';

const NAMES = ['spine05', 'spine04', 'spine03', 'spine02', 'spine01', 'neck01', 'neck02', 'neck03', 'head'] as const;
const A = new Vector3();
const B = new Vector3();
const TURN = new Quaternion();
const NONE = new Quaternion();
const PARENT = new Quaternion();

export class Lean {
  readonly #joints: readonly Object3D[];
  readonly #places: readonly Vector3[];
  readonly #turns: readonly Quaternion[];
  readonly tip = new Vector3();
  readonly #tipUp: number;

  constructor(rig: Rig) {
    this.#joints = NAMES.map((name) => rig.joint(name));
    this.#places = NAMES.map(() => new Vector3());
    this.#turns = NAMES.map(() => new Quaternion());
    this.#tipUp = 0.04 * rig.about.height_m;
  }

  /** The middle of the skull now. World matrices must be fresh. */
  skull(into: Vector3): Vector3 {
    const head = this.#joints[this.#joints.length - 1]!;
    return into.set(0, this.#tipUp, 0.01).applyMatrix4(head.matrixWorld);
  }

  /**
   * `most`: radians that a joint may turn in each of the four rounds. Cyclic coordinate descent with small steps, so that the
   * bend is shared. World matrices are fresh afterwards. Returns how far the skull stays from the goal.
   */
  toward(goal: Vector3, most: number): number {
    const n = this.#joints.length;
    for (let i = 0; i < n; i += 1) {
      worldPlace(this.#joints[i]!, this.#places[i]!);
      worldTurn(this.#joints[i]!, this.#turns[i]!);
    }
    this.skull(this.tip);
    if (most > 1e-4) for (let round = 0; round < 4; round += 1) for (let i = 1; i < n - 1; i += 1) this.#turnOne(i, goal, most);
    worldTurn(this.#joints[0]!.parent!, PARENT);
    for (let i = 0; i < n; i += 1) {
      this.#joints[i]!.quaternion.copy(PARENT.invert().multiply(this.#turns[i]!));
      PARENT.copy(this.#turns[i]!);
    }
    refresh(this.#joints[0]!);
    return this.tip.distanceTo(goal);
  }

  #turnOne(i: number, goal: Vector3, most: number): void {
    const at = this.#places[i]!;
    A.subVectors(this.tip, at).normalize();
    B.subVectors(goal, at).normalize();
    TURN.setFromUnitVectors(A, B);
    const angle = 2 * Math.acos(clamp(TURN.w, -1, 1));
    if (angle < 1e-4) return;
    TURN.slerp(NONE, 1 - Math.min(1, most / angle));
    for (let k = i; k < this.#joints.length; k += 1) {
      this.#turns[k]!.premultiply(TURN);
      if (k > i) this.#places[k]!.sub(at).applyQuaternion(TURN).add(at);
    }
    this.tip.sub(at).applyQuaternion(TURN).add(at);
  }
}
