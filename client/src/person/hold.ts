// The visitor's hands come in; one of hers meets the nearer one, closes round it, goes along with it and lets go when it is let go.
import { Quaternion, Vector3 } from 'three';
import type { VisitorHand, VisitorState } from '../wire/world';
import { bend, curl, elbowSide, handTurn, turnHand } from './limb';
import type { Arm, Rig } from './rig';
import { clamp, ease, ramp, refresh, SpringPoint, turnBy, UP, worldPlace, worldTurn } from './turns';

const MEET_M = 0.34; // from here on her hand comes towards theirs
const PALMS_M = 0.018;
const TAKEN_M = 0.06;
const LET_GO_M = 0.2;
const LAID_M = 0.11; // a hand laid in hers is taken also when none was offered
const WILLING_S = 0.25;
const REACHES = 9; // 1/s, how quickly the palm goes after theirs
const HOLDS = 48; // 1/s, the same while it is held
const FASTEST_M_S = 1.5; // a hand that is quicker was lost from sight and found again
const PALM = new Vector3();
const GOAL = new Vector3();
const SHOULDER = new Vector3();
const ALONG = new Vector3();
const OUT = new Vector3();
const POLE = new Vector3();
const OFFSET = new Vector3();
const TURN = new Quaternion();
const NOW = new Quaternion();
const UPPER = new Quaternion();
const LOWER = new Quaternion();
const AHEAD = new Vector3();
const LOOSE = 0.9; // of the arm's length: farther, she comes along
const EASY = 0.97; // the same: farther, the shoulder helps
const SHRUGS = 0.32; // radians, at most
const ROOT = new Vector3();
const FROM = new Vector3();
const TO = new Vector3();
const TURNED = new Quaternion();
const STILL = new Quaternion();

export type Held = 'none' | 'taken' | 'released';

export class Hold {
  /** Her hand is held out, or would be given. */
  offered = false;
  holding = false;
  /** Asleep she reaches for nothing; a hand that is held stays held, and one that is laid in hers is taken. */
  asleep = false;
  /** How far and where to an arm that is nearly straight is led: she goes along. */
  readonly pull = new Vector3();
  /** Between her palm and theirs in the last frame, metres; 0 when nothing is held. */
  apartM = 0;
  #arm: Arm | null = null;
  #side: 'left' | 'right' = 'right';
  #share = 0;
  #nearS = 0;
  #fresh = true;
  readonly #goal = new SpringPoint();
  readonly #place = new Vector3();
  readonly #was = new Vector3();
  readonly #speed = new Vector3();

  constructor(private readonly rig: Rig) {}

  /** Which of the visitor's hands she holds. */
  get held(): 'left' | 'right' | null {
    return this.holding ? this.#side : null;
  }

  get active(): boolean {
    return this.#share > 0.001;
  }

  /** 1 is her left arm, -1 her right, 0 none: so that gestures leave it alone. */
  get sign(): number {
    return this.#arm === null ? 0 : this.#arm.sign;
  }

  drop(): void {
    this.holding = false;
    this.#share = 0;
    this.#arm = null;
  }

  letGo(): void {
    this.holding = false;
    this.#nearS = 0;
  }

  /** World matrices must be fresh, and are afterwards. `able`: her arms are free. */
  update(dt: number, visitor: VisitorState, able: boolean): Held {
    const hand = this.#hand(visitor);
    let told: Held = 'none';
    if (this.holding && (hand === null || !able || this.#gone(hand))) {
      this.holding = false;
      told = 'released';
    }
    const wants = able && hand !== null && (this.holding || this.#reaches(hand));
    this.#share = clamp(this.#share + (wants ? dt / 0.55 : -dt / 0.8), 0, 1);
    if (this.#share === 0) {
      this.#arm = null;
      this.#fresh = true;
      this.apartM = 0;
      return told;
    }
    if (this.#arm !== null) {
      if (hand !== null) this.#place.copy(hand.position);
      this.#pose(dt, this.#place, this.#arm);
      if (hand !== null && !this.holding && wants && this.apartM < TAKEN_M) {
        this.#nearS += dt;
        if (this.#nearS > WILLING_S) {
          this.holding = true;
          this.#nearS = 0;
          hand.pulse(0.35, 0.12);
          told = 'taken';
        }
      } else if (!wants) this.#nearS = 0;
    }
    return told;
  }

  /** While holding the one that is held; else the one nearer to one of her palms. */
  #hand(visitor: VisitorState): VisitorHand | null {
    if (this.#arm !== null) return this.#side === 'left' ? visitor.left : visitor.right;
    let best = MEET_M;
    let found: VisitorHand | null = null;
    for (const arm of this.rig.arms) {
      this.#palmOf(arm, PALM);
      for (const hand of [visitor.left, visitor.right]) {
        const far = hand === null ? best : hand.position.distanceTo(PALM);
        if (hand === null || far >= best) continue;
        best = far;
        found = hand;
        this.#arm = arm;
        this.#side = hand.side;
      }
    }
    if ((!this.offered || this.asleep) && found !== null && best > LAID_M) {
      this.#arm = null;
      return null;
    }
    return found;
  }

  #reaches(hand: VisitorHand): boolean {
    const arm = this.#arm;
    if (arm === null) return false;
    worldPlace(arm.upper, SHOULDER);
    return hand.position.distanceTo(SHOULDER) < longM(arm) * 1.06;
  }

  #gone(hand: VisitorHand): boolean {
    const arm = this.#arm!;
    worldPlace(arm.upper, SHOULDER);
    return this.apartM > LET_GO_M || hand.position.distanceTo(SHOULDER) > longM(arm) * 1.3;
  }

  /** The palm goes after `place`; while it is held, without staying behind a hand that moves evenly. */
  #lead(place: Vector3, dt: number): void {
    if (!this.holding) {
      this.#was.copy(place);
      this.#speed.set(0, 0, 0);
      this.#goal.step(place, REACHES, dt);
      return;
    }
    POLE.subVectors(place, this.#was).divideScalar(Math.max(dt, 1e-4)).clampLength(0, FASTEST_M_S);
    this.#was.copy(place);
    this.#speed.lerp(POLE, 1 - Math.exp(-18 * dt));
    this.#goal.step(AHEAD.copy(place).addScaledVector(this.#speed, 2 / HOLDS), HOLDS, dt);
  }

  #palmOf(arm: Arm, into: Vector3): Vector3 {
    return into.copy(arm.palm).applyMatrix4(arm.end.matrixWorld);
  }

  #pose(dt: number, place: Vector3, arm: Arm): void {
    worldPlace(arm.upper, SHOULDER);
    this.#palmOf(arm, PALM);
    // fingers point to the visitor, the palm comes down and in upon theirs
    ALONG.subVectors(place, SHOULDER).normalize();
    OUT.set(0, -0.75, 0).addScaledVector(POLE.crossVectors(ALONG, UP).normalize(), arm.sign * 0.55);
    handTurn(arm, ALONG, OUT, TURN);
    if (this.#fresh) {
      this.#goal.rest(PALM);
      this.#fresh = false;
    }
    OUT.addScaledVector(ALONG, -OUT.dot(ALONG)).normalize();
    GOAL.copy(place).addScaledVector(OUT, -PALMS_M);
    this.#lead(GOAL, dt);
    const near = ease(this.#share);
    OFFSET.copy(arm.palm).applyQuaternion(TURN);
    worldPlace(arm.end, POLE);
    GOAL.copy(this.#goal.value).sub(OFFSET);
    GOAL.lerpVectors(POLE, GOAL, near);
    elbowSide(arm, POLE).addScaledVector(UP, -0.5);
    worldTurn(arm.end, NOW).slerp(TURN, near);
    stretch(arm, GOAL);
    worldPlace(arm.upper, SHOULDER);
    UPPER.copy(arm.upper.quaternion);
    LOWER.copy(arm.lower.quaternion);
    bend(arm, GOAL, POLE);
    turnHand(arm, NOW);
    // a wrist that can't bend so far leaves the palm beside its place: the arm goes there with what the wrist can
    GOAL.addScaledVector(OFFSET.subVectors(this.#goal.value, this.#palmOf(arm, PALM)), near);
    arm.upper.quaternion.copy(UPPER);
    arm.lower.quaternion.copy(LOWER);
    refresh(arm.upper);
    bend(arm, GOAL, POLE);
    turnHand(arm, NOW);
    const shut = this.holding ? 0.5 : 0.16 + 0.2 * ramp(0.2, 0.06, this.apartM);
    curl(arm, shut, this.holding ? 0.5 : 0.2, near);
    arm.end.updateMatrixWorld(true);
    // two palms that lie on each other are their thickness apart
    this.apartM = Math.max(0, this.#palmOf(arm, PALM).distanceTo(place) - PALMS_M);
    const far = GOAL.sub(SHOULDER).length() - LOOSE * (arm.upperM + arm.lowerM);
    this.pull.copy(GOAL).setLength(Math.max(0, far));
  }
}

/** A shoulder goes along with a hand that is led farther than the arm is long: forward and up by a few centimetres. */
function stretch(arm: Arm, wrist: Vector3): void {
  worldPlace(arm.upper, SHOULDER);
  worldPlace(arm.girdle, ROOT);
  TO.subVectors(wrist, SHOULDER);
  const short = TO.length() - EASY * (arm.upperM + arm.lowerM);
  if (short <= 0) return;
  FROM.subVectors(SHOULDER, ROOT);
  TO.setLength(short).add(FROM).normalize();
  TURNED.setFromUnitVectors(FROM.normalize(), TO);
  const angle = 2 * Math.acos(clamp(TURNED.w, -1, 1));
  if (angle > SHRUGS) TURNED.slerpQuaternions(STILL, TURNED, SHRUGS / angle);
  turnBy(arm.girdle, TURNED);
  refresh(arm.girdle);
}

/** From the shoulder to the palm of a straight arm. */
function longM(arm: Arm): number {
  return arm.upperM + arm.lowerM + arm.palm.length();
}
