// Held keys and drags come in, a standing, sitting or kneeling body on a screen goes out: small steps, no more than a visitor would take.
import { Euler, Quaternion, Vector3 } from 'three';

export interface Going {
  readonly forward: number; // -1 .. 1
  readonly right: number;
  readonly turn: number;
  readonly nod: number;
}

const STEP_M_S = 0.9;
const TURN_RAD_S = 1.3;
const NOD_MAX = 1.2;
const LEASH_M = 4.5; // from where the story put them
const APART_M = 0.42; // nobody walks through somebody
const HUG_M = 0.44;
const REACH_M = 1.6;
const LEAN_M_S = 0.4;
const HEIGHTS_M = { stand: 1.6, sit: 1.18, kneel: 0.98 };
const SETTLE_S = 0.5;
const IDLE_S = 1.6; // eyes that were just led by hand stay where they are
const IN_SIGHT_RAD = 0.62; // whoever is turned away from stays out of sight
const ATTEND_M = 5;
const ATTEND_RAD_S = 0.5;

export class ScreenBody {
  /** On their own floor, as a headset would tell it. */
  readonly head = new Vector3(0, HEIGHTS_M.stand, 0);
  readonly turn = new Quaternion();
  lowered = false;
  #yaw = 0;
  #nod = -0.04;
  #idleS = 0;
  readonly #euler = new Euler(0, 0, 0, 'YXZ');

  constructor(private readonly seated: boolean) {
    this.head.y = this.#height();
    this.look(0, 0);
  }

  kneelOrRise(): void {
    this.lowered = !this.lowered;
  }

  look(yaw: number, nod: number): void {
    if (yaw !== 0 || nod !== 0) this.#idleS = 0;
    this.#lookBy(yaw, nod);
  }

  #lookBy(yaw: number, nod: number): void {
    this.#yaw += yaw;
    this.#nod = Math.max(-NOD_MAX, Math.min(NOD_MAX, this.#nod + nod));
    this.turn.setFromEuler(this.#euler.set(this.#nod, this.#yaw, 0));
  }

  /** `other`: where the person stands on this floor, or null. */
  update(dt: number, going: Going, other: Vector3 | null): void {
    this.look(-going.turn * TURN_RAD_S * dt || 0, going.nod * TURN_RAD_S * dt || 0);
    const steps = STEP_M_S * dt * (this.lowered ? 0.5 : 1);
    const [sin, cos] = [Math.sin(this.#yaw), Math.cos(this.#yaw)];
    this.head.x += (going.right * cos - going.forward * sin) * steps;
    this.head.z += (-going.right * sin - going.forward * cos) * steps;
    this.#keep(0, 0, LEASH_M, false);
    if (other !== null) this.#keep(other.x, other.z, APART_M, true);
    this.head.y += (this.#height() - this.head.y) * Math.min(1, dt / SETTLE_S) * 2;
  }

  /** Eyes that are not led rest on a face that is in sight, as eyes do: `face` on this floor. */
  attend(dt: number, face: Vector3): void {
    this.#idleS += dt;
    const [x, y, z] = [face.x - this.head.x, face.y - this.head.y, face.z - this.head.z];
    const away = Math.hypot(x, z);
    if (this.#idleS < IDLE_S || away < 0.15 || away > ATTEND_M) return;
    const apart = Math.atan2(-x, -z) - this.#yaw;
    const yaw = Math.atan2(Math.sin(apart), Math.cos(apart));
    if (Math.abs(yaw) > IN_SIGHT_RAD) return;
    const nod = Math.max(-NOD_MAX, Math.atan2(y - 0.06, away)) - this.#nod;
    const soft = Math.min(1, dt * 1.6);
    const most = ATTEND_RAD_S * dt;
    this.#lookBy(clamp(yaw * soft, most), clamp(nod * soft, most));
  }

  /** A lean towards somebody, for a hug: slowly, and no nearer than a hug is. */
  lean(dt: number, other: Vector3): void {
    const away = Math.hypot(this.head.x - other.x, this.head.z - other.z);
    if (away < HUG_M || away > REACH_M) return;
    const share = Math.min(away - HUG_M, LEAN_M_S * dt) / away;
    this.head.x += (other.x - this.head.x) * share;
    this.head.z += (other.z - this.head.z) * share;
  }

  /** The story put them somewhere: they stand in the middle of it again. */
  centre(): void {
    this.head.set(0, this.head.y, 0);
    this.#yaw = 0;
    this.#nod = -0.04;
    this.#idleS = 0;
    this.look(0, 0);
  }

  #keep(x: number, z: number, distance: number, outside: boolean): void {
    const away = Math.hypot(this.head.x - x, this.head.z - z);
    if (away < 1e-6 || (outside ? away >= distance : away <= distance)) return;
    this.head.x = x + ((this.head.x - x) / away) * distance;
    this.head.z = z + ((this.head.z - z) / away) * distance;
  }

  #height(): number {
    if (this.lowered) return HEIGHTS_M.kneel;
    return this.seated ? HEIGHTS_M.sit : HEIGHTS_M.stand;
  }
}

function clamp(x: number, most: number): number {
  return Math.max(-most, Math.min(most, x));
}
