// A place to go to comes in; where the body stands, which way it faces and how fast it travels go out, as a living body would.
import { Vector3 } from 'three';
import type { Gait } from './body';
import { clamp, ramp, Spring, toward, wrapped } from './turns';

export interface Manner {
  readonly walk: number; // m/s
  readonly run: number;
  readonly quicken: number; // m/s2
  readonly slow: number; // m/s2
  readonly turn: number; // rad/s on the spot
}

export const CHILD_MANNER = (walk: number, run: number): Manner => ({ walk: walk * 0.92, run, quicken: 2.6, slow: 1.6, turn: 2.2 });
export const OLD_MANNER = (walk: number, run: number): Manner => ({ walk: walk * 1.08, run, quicken: 0.9, slow: 0.7, turn: 1.2 });

const SHORT_M = 0.45; // below this she shuffles: half steps, no gait
const SHUFFLE = 0.42; // m/s
const SLOW_FROM_M = 1.7; // a run becomes a walk here
const THERE_M = 0.012;

type How = 'rest' | 'go' | 'shuffle';

export class Walk {
  readonly position = new Vector3();
  readonly velocity = new Vector3();
  yaw = 0;
  /** True in the one frame in which she came to rest where she was sent. */
  arrived = false;
  #how: How = 'rest';
  #speed = 0;
  #run = false;
  #finalYaw: number | null = null;
  #sent = false;
  readonly #goal = new Vector3();
  #by: readonly Vector3[] = [];
  readonly #turn = new Spring();

  constructor(readonly manner: Manner) {}

  get resting(): boolean {
    return this.#how === 'rest';
  }

  /** On the way to where the story sent her; who leads her by the hand does not turn her from it. */
  get sent(): boolean {
    return this.#sent;
  }

  get running(): boolean {
    return this.#how === 'go' && this.#run;
  }

  snap(position: Vector3, yaw: number): void {
    this.position.copy(position);
    this.yaw = yaw;
    this.stop();
    this.#speed = 0;
    this.velocity.set(0, 0, 0);
    this.#turn.rest(yaw);
    this.#finalYaw = null;
  }

  stop(): void {
    this.#how = 'rest';
    this.#sent = false;
    this.#by = [];
  }

  /** Walk or run to a place, past each of `by` when something stands in the way; then face `finalYaw`. */
  go(goal: Vector3, finalYaw: number | null, run = false, by: readonly Vector3[] = []): void {
    this.#goal.copy(goal);
    this.#finalYaw = finalYaw;
    this.#run = run;
    this.#sent = true;
    this.#by = by.map((place) => place.clone());
    const far = Math.hypot(goal.x - this.position.x, goal.z - this.position.z);
    this.#how = far < SHORT_M && by.length === 0 ? 'shuffle' : 'go';
  }

  /** A small step that keeps the facing: half a step back, or nearer for a hug. */
  shuffle(goal: Vector3): void {
    this.#goal.copy(goal);
    this.#how = 'shuffle';
    this.#sent = false;
  }

  face(yaw: number): void {
    this.#finalYaw = yaw;
  }

  /** `held`: she is still getting up and goes nowhere yet. */
  update(dt: number, gait: Gait, held = false): void {
    this.arrived = false;
    const x = this.position.x;
    const z = this.position.z;
    if (held) this.#speed = 0;
    else if (this.#how === 'go') this.#goOn(dt);
    else if (this.#how === 'shuffle') this.#step(dt);
    else this.#speed = toward(this.#speed, 0, 8, dt);
    if (this.#how !== 'go' && !held) this.#turnOnTheSpot(dt);
    if (dt > 0) this.velocity.set((this.position.x - x) / dt, 0, (this.position.z - z) / dt);
    gait.speed = this.#speed;
    gait.weight = this.#how === 'go' ? ramp(0.08, 0.5, this.#speed) : toward(gait.weight, 0, 9, dt);
    if (gait.weight < 0.004) gait.weight = 0;
    gait.run =
      ramp(this.manner.walk * 1.15, Math.max(this.manner.run * 0.9, this.manner.walk * 1.2), this.#speed) *
      (this.manner.run > this.manner.walk ? 1 : 0);
  }

  #goOn(dt: number): void {
    const goal = this.#by[0] ?? this.#goal;
    const dx = goal.x - this.position.x;
    const dz = goal.z - this.position.z;
    const near = Math.hypot(dx, dz);
    const past = this.#by.length > 0;
    const far = past ? near + Math.hypot(this.#goal.x - goal.x, this.#goal.z - goal.z) : near;
    if (past && near < 0.35) {
      this.#by = this.#by.slice(1);
      return;
    }
    const off = wrapped(Math.atan2(dx, dz) - this.yaw);
    const most = this.manner.turn * (1 + this.#speed);
    if (near > 0.12) this.yaw = wrapped(this.yaw + clamp(off * 7, -most, most) * dt);
    const { walk, run, slow, quicken } = this.manner;
    const wanted =
      Math.min(this.#run && far > SLOW_FROM_M ? run : walk, Math.sqrt(2 * slow * Math.max(far, 0)) * 0.92 + 0.04) *
      Math.max(0, Math.cos(clamp(off, -1.5, 1.5)));
    this.#speed += clamp(wanted - this.#speed, -slow * 1.5 * dt, quicken * dt);
    const step = Math.min(this.#speed * dt, near);
    const bearing = near > 0.12 ? this.yaw : Math.atan2(dx, dz);
    this.position.x += Math.sin(bearing) * step;
    this.position.z += Math.cos(bearing) * step;
    if (!past && far - step < THERE_M) this.#come();
  }

  #step(dt: number): void {
    const dx = this.#goal.x - this.position.x;
    const dz = this.#goal.z - this.position.z;
    const far = Math.hypot(dx, dz);
    this.#speed = toward(this.#speed, Math.min(SHUFFLE, far * 3.2), 7, dt);
    const step = Math.min(this.#speed * dt, far);
    if (far > 1e-6) {
      this.position.x += (dx / far) * step;
      this.position.z += (dz / far) * step;
    }
    if (far - step < 0.004) this.#come();
  }

  #come(): void {
    this.#how = 'rest';
    this.arrived = this.#sent;
    this.#sent = false;
    this.#turn.rest(this.yaw);
  }

  #turnOnTheSpot(dt: number): void {
    if (this.#finalYaw === null) return;
    const off = wrapped(this.#finalYaw - this.yaw);
    if (Math.abs(off) < 0.002 && Math.abs(this.#turn.velocity) < 0.01) return;
    this.#turn.value = this.yaw;
    this.#turn.step(this.yaw + off, 4.2, dt);
    const step = clamp(this.#turn.value - this.yaw, -this.manner.turn * dt, this.manner.turn * dt);
    this.#turn.velocity = dt > 0 ? step / dt : 0;
    this.yaw = wrapped(this.yaw + step);
  }
}
