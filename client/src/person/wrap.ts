// One arm and the visitor's torso come in; a way to lay the arm round it without passing through goes out, sought ten times a second.
import { Quaternion, Vector3 } from 'three';
import { bend, curl, elbowSide, handTurn, middleOf, turnHand } from './limb';
import type { Arm } from './rig';
import type { Torso } from './torso';
import { clamp, ease, Spring, UP, worldPlace, worldTurn } from './turns';

const SEEK_EVERY_S = 0.1;
const FIRST = 40; // degrees from the front of the torso
const LAST = 165;
const SWIVELS = [0, -0.44, 0.44, -0.87, 0.87] as const;
const SHOULDER = new Vector3();
const GOAL = new Vector3();
const ELBOW = new Vector3();
const POLE = new Vector3();
const OUT = new Vector3();
const P = new Vector3();
const WAY = new Vector3();
const ALONG = new Vector3();
const CLIP = new Vector3();
const CLIP_POLE = new Vector3();
const HAND = new Quaternion();
const CLIP_HAND = new Quaternion();

export class Wrap {
  /** Least distance between this arm's skin and the torso in the last frame, metres; negative is inside. */
  gapM = 1;
  readonly #turn = new Spring(1.2);
  readonly #swivel = new Spring(0);
  readonly #high = new Spring(0.3);
  #turnGoal = 1.2;
  #swivelGoal = 0;
  #sinceS: number;
  #fresh = true;

  constructor(
    readonly arm: Arm,
    private readonly heightM: number,
  ) {
    this.#sinceS = arm.sign > 0 ? SEEK_EVERY_S : SEEK_EVERY_S / 2; // the two arms do not seek in the same frame
  }

  begin(): void {
    this.#fresh = true;
  }

  /** `share` 0 is the clip, 1 lies round the visitor. World matrices must be fresh, and are afterwards. */
  update(dt: number, torso: Torso, share: number): void {
    const { arm } = this;
    const side = -arm.sign; // face to face: my left is the visitor's right
    worldPlace(arm.upper, SHOULDER);
    this.#sinceS += dt;
    const up = clamp(
      P.subVectors(SHOULDER, torso.hips).dot(torso.axis) - (arm.sign > 0 ? 0.03 : 0.1) * this.heightM,
      0.06,
      torso.lengthM - 0.1,
    );
    if (this.#fresh || this.#sinceS >= SEEK_EVERY_S) {
      this.#sinceS = 0;
      this.#seek(torso, side, up);
    }
    if (this.#fresh) {
      this.#fresh = false;
      this.#turn.rest(this.#turnGoal);
      this.#swivel.rest(this.#swivelGoal);
      this.#high.rest(up);
    }
    this.#turn.step(this.#turnGoal, 7, dt);
    this.#swivel.step(this.#swivelGoal, 7, dt);
    this.#high.step(up, 9, dt);
    this.#lay(torso, side, share);
  }

  /** The wrist for a hand laid at this turn, `spare` metres off the surface. OUT is the surface's normal afterwards. */
  #wristAt(torso: Torso, side: number, turn: number, up: number, spare: number, into: Vector3): Vector3 {
    torso.around(turn, side, up, into);
    P.copy(into).addScaledVector(torso.side, side * 0.001);
    torso.outside(P, OUT);
    ALONG.crossVectors(OUT, UP).multiplyScalar(side).normalize();
    const hand = this.arm.palm.length() * 1.35;
    into.addScaledVector(OUT, 0.022 + spare).addScaledVector(ALONG, -hand * 0.9);
    const lift = torso.outside(into, WAY) - this.arm.thickM * 0.8 - spare * 0.8;
    if (lift < 0) into.addScaledVector(WAY, -lift);
    return into;
  }

  #pole(torso: Torso, side: number, swivel: number): void {
    POLE.copy(torso.side).multiplyScalar(side).addScaledVector(UP, -0.35);
    POLE.applyAxisAngle(WAY.subVectors(GOAL, SHOULDER).normalize(), swivel);
  }

  /** Least gap between the torso and the limb's skin, from near the shoulder to the wrist. */
  #gap(torso: Torso): number {
    const thick = this.arm.thickM;
    let gap = 1;
    for (let k = 0.4; k <= 1; k += 0.15) gap = Math.min(gap, torso.outside(P2.lerpVectors(SHOULDER, ELBOW, k), OUT2) - thick * 1.1);
    for (let k = 0; k <= 1; k += 0.125) gap = Math.min(gap, torso.outside(P2.lerpVectors(ELBOW, GOAL, k), OUT2) - thick * (1.05 - 0.3 * k));
    return gap;
  }

  #seek(torso: Torso, side: number, up: number): void {
    const { arm } = this;
    const longest = (arm.upperM + arm.lowerM) * 0.985;
    let best = -1e9;
    for (let degrees = LAST; degrees >= FIRST; degrees -= 5) {
      const turn = (degrees * Math.PI) / 180;
      this.#wristAt(torso, side, turn, up, 0, GOAL);
      const reach = GOAL.distanceTo(SHOULDER);
      const over = Math.max(0, reach - longest);
      for (const swivel of SWIVELS) {
        this.#pole(torso, side, swivel);
        middleOf(SHOULDER, GOAL, arm.upperM, arm.lowerM, POLE, ELBOW);
        const score =
          Math.min(this.#gap(torso), 0) * 60 - over * 80 + degrees / 100 - Math.abs(swivel) / 7 - Math.abs(turn - this.#turnGoal) / 9;
        if (score > best) {
          best = score;
          this.#best.turn = turn;
          this.#best.swivel = swivel;
        }
        if (over > 0) break;
      }
    }
    this.#turnGoal = this.#best.turn;
    this.#swivelGoal = this.#best.swivel;
  }

  readonly #best = { turn: 1.2, swivel: 0 };

  #lay(torso: Torso, side: number, share: number): void {
    const { arm } = this;
    const near = ease(share);
    worldPlace(arm.end, CLIP);
    worldTurn(arm.end, CLIP_HAND);
    elbowSide(arm, CLIP_POLE);
    const turn = 0.5 + (this.#turn.value - 0.5) * near;
    this.#wristAt(torso, side, turn, this.#high.value, 0.2 * (1 - near), GOAL);
    const facing = NORMAL.copy(OUT);
    const mix = ease(Math.min(1, share * 1.6));
    GOAL.lerpVectors(CLIP, GOAL, mix);
    this.#pole(torso, side, this.#swivel.value);
    POLE.lerp(CLIP_POLE, 1 - mix);
    for (let k = 0; k < 4; k += 1) {
      middleOf(SHOULDER, GOAL, arm.upperM, arm.lowerM, POLE, ELBOW);
      this.gapM = this.#gap(torso);
      if (this.gapM >= 0) break;
      torso.outside(GOAL, WAY);
      GOAL.addScaledVector(WAY, Math.min(0.05, -this.gapM * 0.9));
      torso.outside(ELBOW, WAY);
      POLE.normalize().addScaledVector(WAY, 0.35);
    }
    bend(arm, GOAL, POLE);
    this.#hand(side, facing, near, mix);
  }

  /** The hand goes on where the forearm points, laid flat on the back. */
  #hand(side: number, facing: Vector3, near: number, mix: number): void {
    const { arm } = this;
    worldPlace(arm.lower, ELBOW);
    worldPlace(arm.end, P2);
    ALONG.crossVectors(facing, UP).multiplyScalar(side).normalize();
    WAY.subVectors(P2, ELBOW)
      .normalize()
      .addScaledVector(ALONG, 0.5 * near);
    WAY.addScaledVector(facing, -WAY.dot(facing)).normalize();
    NORMAL2.copy(facing).negate();
    handTurn(arm, WAY, NORMAL2, HAND);
    CLIP_HAND.slerp(HAND, mix);
    turnHand(arm, CLIP_HAND);
    curl(arm, 0.16, 0.2, mix);
  }
}

const P2 = new Vector3();
const OUT2 = new Vector3();
const NORMAL = new Vector3();
const NORMAL2 = new Vector3();
