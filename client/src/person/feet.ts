// The body as the clip left it comes in; feet that carry stay where they are, and step when the body has gone too far from them.
import { Quaternion, Vector3 } from 'three';
import { bend } from './limb';
import type { Limb, Rig } from './rig';
import { clamp, ease, refresh, turnBy, UP, worldPlace, wrapped } from './turns';

const CLIP = new Vector3();
const AT = new Vector3();
const POLE = new Vector3();
const HIP = new Vector3();
const TURN = new Quaternion();

class Foot {
  readonly lock = new Vector3();
  readonly from = new Vector3();
  readonly off = new Vector3();
  readonly shown = new Vector3();
  readonly stood = new Vector3(); // where it was set down
  yaw = 0;
  fromYaw = 0;
  yawOff = 0;
  locked = false;
  stepS = -1;
  slideM = 0;
  /** How far it has come on the ground since it was last off it, carrying or not. */
  skidM = 0;
  /** Since when the leg was too short for where the foot stood, so that it pushed off before the clip says so; -1 it did not. */
  spentS = -1;
}

const PUSH_S = 0.28; // after this a foot that pushed off early is on the ground again
const REACH = 0.997; // of the leg
const PUSHES_M_S = 0.15; // slower, nobody leaves a foot behind
const DOWN_M = 0.005; // a foot that is no higher than this is on the ground

export class Feet {
  readonly #feet: readonly [Foot, Foot] = [new Foot(), new Foot()];
  readonly #stepS: number;
  readonly #liftM: number;
  readonly #farM: number;
  #weight = 0;
  #fresh = true;

  constructor(private readonly rig: Rig) {
    this.#stepS = rig.about.is_child ? 0.3 : 0.42;
    this.#liftM = 0.07 * rig.legM;
    this.#farM = 0.13 * rig.legM;
  }

  /** How fast the worse of the carrying feet was moved in the last frame, metres a frame. */
  get slideM(): number {
    return Math.max(this.#feet[0].slideM, this.#feet[1].slideM);
  }

  /** How far the worse of the carrying feet has come from where it was set down, metres. */
  get driftM(): number {
    return Math.max(
      ...this.#feet.map((foot) =>
        foot.locked && foot.stepS < 0 ? Math.hypot(foot.shown.x - foot.stood.x, foot.shown.z - foot.stood.z) : 0,
      ),
    );
  }

  /** How far the worse of the feet has come along the ground in one touch of it, metres. */
  get skidM(): number {
    return Math.max(this.#feet[0].skidM, this.#feet[1].skidM);
  }

  /** She was put somewhere else: both feet are there too. */
  reset(): void {
    this.#fresh = true;
  }

  /**
   * `carries`: which feet the clip says are down; `striding`: the clip moves the feet, so none is stepped here; `use`: whether feet
   * matter now (not when lying). `vx`, `vz`: how the body travels, m/s. World matrices must be fresh, and are afterwards.
   */
  update(dt: number, yaw: number, carries: (foot: 0 | 1) => boolean, striding: boolean, use: boolean, vx: number, vz: number): void {
    this.#weight = clamp(this.#weight + (use ? dt : -dt) / 0.3, 0, 1);
    if (this.#fresh || this.#weight === 0) this.#settle(yaw);
    if (this.#weight === 0) return;
    for (const i of [0, 1] as const) this.#one(i, dt, yaw, carries(i), striding, vx, vz);
  }

  #settle(yaw: number): void {
    this.#fresh = false;
    for (const i of [0, 1] as const) {
      const foot = this.#feet[i];
      worldPlace(this.rig.legs[i].end, foot.shown);
      foot.lock.copy(foot.shown);
      foot.stood.copy(foot.shown);
      foot.off.set(0, 0, 0);
      foot.yaw = yaw;
      foot.yawOff = 0;
      foot.locked = false;
      foot.stepS = -1;
      foot.spentS = -1;
      foot.slideM = 0;
      foot.skidM = 0;
    }
  }

  #one(i: 0 | 1, dt: number, yaw: number, carries: boolean, striding: boolean, vx: number, vz: number): void {
    const foot = this.#feet[i];
    const leg = this.rig.legs[i];
    const groundY = worldPlace(this.rig.root.parent!, ROOT).y;
    worldPlace(leg.end, CLIP);
    const was = foot.locked && foot.stepS < 0;
    AT.copy(foot.shown);
    const other = this.#feet[i === 0 ? 1 : 0];
    if (!carries) foot.spentS = -1;
    if (carries && this.#spent(foot, other, leg, dt, striding, Math.hypot(vx, vz))) this.#swing(foot);
    else if (carries) this.#hold(foot, other, dt, yaw, striding, vx, vz);
    else this.#free(foot, dt, yaw);
    this.#put(leg, foot, yaw);
    worldPlace(leg.end, foot.shown);
    if (!was || !foot.locked || foot.stepS >= 0) foot.stood.copy(foot.shown);
    const moved = Math.hypot(foot.shown.x - AT.x, foot.shown.z - AT.z);
    foot.skidM = foot.shown.y - groundY - this.rig.ankleM < DOWN_M ? foot.skidM + moved : 0;
    foot.slideM = was && foot.locked && foot.stepS < 0 ? moved : 0;
  }

  /** Who gathers speed leaves a foot behind sooner than the clip, which knows only an even gait: it is lifted, not dragged. */
  #spent(foot: Foot, other: Foot, leg: Limb, dt: number, striding: boolean, speed: number): boolean {
    if (foot.spentS >= 0) {
      foot.spentS += dt;
      if (foot.spentS > PUSH_S) foot.spentS = -1;
      return foot.spentS >= 0;
    }
    if (!striding || !foot.locked || other.spentS >= 0 || speed < PUSHES_M_S) return false;
    worldPlace(leg.upper, HIP);
    HALF.copy(foot.lock).setY(CLIP.y);
    if (HIP.distanceTo(HALF) <= (leg.upperM + leg.lowerM) * REACH) return false;
    foot.spentS = 0;
    foot.from.copy(foot.lock);
    return true;
  }

  /** It swings from where it was left to where the clip has it, and is off the ground before it goes forward. */
  #swing(foot: Foot): void {
    const u = foot.spentS / PUSH_S;
    const long = Math.hypot(CLIP.x - foot.from.x, CLIP.z - foot.from.z);
    foot.locked = false;
    foot.lock.lerpVectors(foot.from, CLIP, ease(u));
    foot.lock.y = CLIP.y + Math.sin(Math.PI * u) * Math.min(this.#liftM, 0.3 * long + 0.01);
    foot.off.subVectors(foot.lock, CLIP);
  }

  #free(foot: Foot, dt: number, yaw: number): void {
    if (foot.locked) {
      foot.off.subVectors(foot.lock, CLIP);
      foot.yawOff = wrapped(foot.yaw - yaw);
      foot.locked = false;
      foot.stepS = -1;
    }
    const left = Math.exp(-dt * 11);
    foot.off.multiplyScalar(left);
    foot.yawOff *= left;
    foot.lock.copy(CLIP).add(foot.off);
    foot.yaw = yaw + foot.yawOff;
  }

  #hold(foot: Foot, other: Foot, dt: number, yaw: number, striding: boolean, vx: number, vz: number): void {
    if (!foot.locked) {
      foot.lock.copy(CLIP).add(foot.off);
      foot.yaw = yaw + foot.yawOff;
      foot.locked = true;
      foot.off.set(0, 0, 0);
    }
    foot.lock.y = CLIP.y;
    const far = Math.hypot(foot.lock.x - CLIP.x, foot.lock.z - CLIP.z);
    const turned = Math.abs(wrapped(foot.yaw - yaw));
    if (striding) {
      foot.stepS = -1;
      if (far > 0.5 * this.rig.legM) foot.lock.copy(CLIP);
      return;
    }
    const moving = Math.hypot(vx, vz) > 0.03;
    const due = far > this.#farM || turned > 0.42 || (!moving && (far > this.#farM * 0.45 || turned > 0.2));
    const otherWaits = other.stepS >= 0 && other.stepS < this.#stepS * 0.8;
    if (foot.stepS < 0 && due && !otherWaits && (far >= this.#distance(other) * 0.8 || turned > 0.2)) {
      foot.stepS = 0;
      foot.from.copy(foot.lock);
      foot.fromYaw = foot.yaw;
    }
    if (foot.stepS < 0) return;
    foot.stepS += dt;
    const u = clamp(foot.stepS / this.#stepS, 0, 1);
    const ahead = this.#stepS * 0.7;
    foot.lock.set(CLIP.x + clamp(vx * ahead, -0.16, 0.16), CLIP.y, CLIP.z + clamp(vz * ahead, -0.16, 0.16));
    foot.lock.lerpVectors(foot.from, foot.lock, ease(u));
    const long = Math.hypot(CLIP.x - foot.from.x, CLIP.z - foot.from.z);
    foot.lock.y = CLIP.y + Math.sin(Math.PI * u) * Math.min(this.#liftM, 0.02 + long * 0.3);
    foot.yaw = foot.fromYaw + wrapped(yaw - foot.fromYaw) * ease(u);
    if (u >= 1) foot.stepS = -1;
  }

  #distance(foot: Foot): number {
    return foot.stepS >= 0 ? 0 : Math.hypot(foot.lock.x - foot.shown.x, foot.lock.z - foot.shown.z);
  }

  #put(leg: Limb, foot: Foot, yaw: number): void {
    AXIS_GOAL.copy(CLIP).lerp(foot.lock, this.#weight);
    if (AXIS_GOAL.distanceToSquared(CLIP) > 1e-8) {
      worldPlace(leg.lower, POLE);
      worldPlace(leg.upper, HIP);
      POLE.sub(HIP).sub(HALF.subVectors(CLIP, HIP).multiplyScalar(0.5));
      if (POLE.lengthSq() < 4e-5) POLE.set(Math.sin(yaw), 0, Math.cos(yaw));
      FOOT.setFromRotationMatrix(leg.end.matrixWorld);
      bend(leg, AXIS_GOAL, POLE);
      PARENT.setFromRotationMatrix(leg.end.parent!.matrixWorld);
      leg.end.quaternion.copy(PARENT.invert().multiply(FOOT));
      refresh(leg.end);
    }
    const turn = wrapped(foot.yaw - yaw) * this.#weight;
    if (Math.abs(turn) < 1e-4) return;
    turnBy(leg.end, TURN.setFromAxisAngle(UP, turn));
    refresh(leg.end);
  }
}

const AXIS_GOAL = new Vector3();
const HALF = new Vector3();
const ROOT = new Vector3();
const FOOT = new Quaternion();
const PARENT = new Quaternion();
