// Whom or what to look at comes in; eyes that meet, a head that follows them and a nod go out.
import { type Object3D, Quaternion, Vector3 } from 'three';
import type { Chance } from '../wire/chance';
import type { StageView, VisitorState } from '../wire/world';
import type { Face } from './face';
import type { Rig } from './rig';
import { clamp, ramp, refresh, Spring, SpringPoint, turnBy, UP, worldPlace, worldTurn } from './turns';

const NECK = ['neck01', 'neck02', 'neck03', 'head'] as const;
const SHARES = [0.16, 0.22, 0.28, 0.34] as const;
const HEAD_MOST = 0.95; // radians that the head may leave the way the body holds it
const EYES_MOST = 0.52;
const HEAD_RATE = 7.5;
const EYE_RATE = 60; // a glance takes some 40 ms
const PROP_S = [2.6, 4.6] as const;
const FAR_M = 30;

const FORWARD = new Vector3(0, 0, 1);
const EYES = new Vector3();
const SPOT = new Vector3();
const WAY = new Vector3();
const HELD = new Vector3();
const SIDE = new Vector3();
const SWING = new Quaternion();
const PART = new Quaternion();
const HEAD = new Quaternion();
const NONE = new Quaternion();

export type Manner = 'speaking' | 'listening' | 'thinking' | 'waiting';

/** How long the eyes rest in theirs. Who listens looks 60 to 70 % of the time: more is a stare. */
const MEETS_S: Readonly<Record<Manner, readonly [number, number]>> = {
  listening: [1.5, 3.1],
  speaking: [2.6, 5.4],
  thinking: [2.6, 5.4],
  waiting: [2.6, 5.4],
};

export class Gaze {
  /** What the story asked for: visitor, hands, away, down, closed or prop:<name>. */
  wish = 'visitor';
  /** 0 leaves the head to the clip, 1 looks. */
  weight = 1;
  manner: Manner = 'waiting';
  /** Close and dear: eyes rest longer. */
  tender = false;
  /** Radians between where her eyes point and the visitor's eyes, in the last frame; for measuring. */
  missRad = 0;
  meets = false;
  readonly #neck: readonly Object3D[];
  readonly #eyes: readonly [Object3D, Object3D];
  readonly #head = new SpringPoint();
  readonly #glance = new SpringPoint();
  readonly #held = new SpringPoint();
  readonly #aside = new Vector3();
  readonly #nod = new Spring();
  readonly #tilt = new Spring();
  #nodS = 9;
  #nodBy = 0;
  #tiltGoal = 0;
  #leftS = 2;
  #meeting = true;
  #spot = 0;
  #spotS = 0;
  #fresh = true;
  #besideS = 0;

  constructor(
    private readonly rig: Rig,
    private readonly face: Face,
    private readonly chance: Chance,
  ) {
    this.#neck = NECK.map((name) => rig.joint(name));
    this.#eyes = [rig.joint('eye.L'), rig.joint('eye.R')];
  }

  /** A small yes, as one nods who listens. `by` in radians. */
  nod(by = 0.1): void {
    if (this.#nodS < 1.1) return;
    this.#nodS = 0;
    this.#nodBy = by;
  }

  /** The head leans towards a hand that strokes it: radians to her left, 0 is upright. */
  lean(by: number): void {
    this.#tiltGoal = by;
  }

  /** Back to the visitor's eyes now: somebody speaks, or waits for an answer. */
  meet(): void {
    if (this.wish !== 'visitor' || this.#meeting) return;
    this.#meeting = true;
    this.#leftS = this.chance.between(2.2, 4);
  }

  snap(): void {
    this.#fresh = true;
  }

  look(wish: string): void {
    if (wish === this.wish) return;
    this.wish = wish;
    this.#besideS = this.chance.between(...PROP_S);
    this.#meeting = wish === 'visitor';
    this.#leftS = this.chance.between(2.5, 4);
    this.face.blink();
  }

  /** World matrices must be fresh, and are afterwards. */
  update(dt: number, visitor: VisitorState, stage: StageView): void {
    this.#decide(dt);
    this.rig.landmark('eye_l', EYES);
    EYES.add(this.rig.landmark('eye_r', SPOT)).multiplyScalar(0.5);
    this.#target(visitor, stage, SPOT);
    this.#turnHead(dt, visitor);
    this.#turnEyes(dt, visitor);
  }

  /** When to look them in the eyes, and when away, as people do who talk. */
  #decide(dt: number): void {
    this.#leftS -= dt;
    this.#spotS -= dt;
    if (this.wish.startsWith('prop:')) this.#besideS -= dt;
    if (this.#spotS < 0) {
      this.#spotS = this.chance.between(0.7, 2.1);
      this.#spot = Math.floor(this.chance.next() * 3);
    }
    if (this.#leftS > 0) return;
    this.#meeting = !this.#meeting;
    const { chance } = this;
    if (this.#meeting) this.#leftS = this.tender ? chance.between(5, 9) : chance.between(...MEETS_S[this.manner]);
    else {
      const thinking = this.manner === 'thinking';
      this.#leftS = this.tender ? chance.between(0.6, 1) : chance.between(0.9, thinking ? 2.2 : 1.7);
      const high = thinking ? chance.between(0.05, 0.22) : chance.between(-0.3, -0.08);
      this.#aside.set((chance.next() < 0.5 ? -1 : 1) * chance.between(0.18, 0.42), high, 0);
    }
    if (chance.next() < 0.6) this.face.blink();
  }

  #target(visitor: VisitorState, stage: StageView, into: Vector3): void {
    const { wish } = this;
    this.meets = false;
    const thing = wish.startsWith('prop:') ? stage.prop(wish.slice(5)) : null;
    if (thing !== null && (this.#besideS > 0 || !this.#meeting)) {
      worldPlace(thing, into);
      return;
    }
    if (wish === 'hands') {
      const hand = visitor.right ?? visitor.left;
      if (hand !== null && (this.#meeting || this.#besideS > 0)) {
        into.copy(hand.position);
        return;
      }
    }
    WAY.subVectors(visitor.head, EYES);
    const far = Math.min(WAY.length(), FAR_M);
    SIDE.crossVectors(UP, WAY).normalize();
    if (wish === 'down')
      into
        .copy(EYES)
        .addScaledVector(WAY, 0.5)
        .setY(EYES.y - 0.45 * far);
    else if (wish === 'away')
      into
        .copy(visitor.head)
        .addScaledVector(SIDE, 0.7 * far)
        .setY(visitor.head.y - 0.12 * far);
    else if (this.#meeting || thing !== null) {
      this.meets = true;
      this.#ofTheFace(visitor, into);
    } else
      into
        .copy(visitor.head)
        .addScaledVector(SIDE, this.#aside.x * far)
        .addScaledVector(UP, this.#aside.y * far);
  }

  /** One eye, the other, at times the mouth. */
  #ofTheFace(visitor: VisitorState, into: Vector3): void {
    if (this.#spot === 0) into.copy(visitor.leftEye);
    else if (this.#spot === 1) into.copy(visitor.rightEye);
    else into.copy(visitor.head).addScaledVector(UP, this.manner === 'listening' ? -0.055 : 0);
  }

  #turnHead(dt: number, visitor: VisitorState): void {
    const head = this.#neck[3]!;
    const holder = this.#neck[0]!.parent!;
    worldTurn(head, HEAD);
    worldTurn(holder, PART).invert();
    HELD.copy(FORWARD).applyQuaternion(HEAD).applyQuaternion(PART);
    // while they talk with looks aside, the head stays with the visitor and only the eyes go
    const aside = !this.meets && this.wish === 'visitor';
    WAY.copy(aside ? visitor.head : SPOT)
      .sub(EYES)
      .normalize();
    if (this.#fresh) {
      this.#held.rest(HELD);
      this.#head.rest(WAY);
    }
    this.#held.step(HELD, 1.6, dt).normalize();
    this.#head.step(WAY, HEAD_RATE, dt).normalize();
    HELD.copy(this.#held.value).applyQuaternion(PART.invert());
    SWING.setFromUnitVectors(HELD, this.#head.value);
    const angle = 2 * Math.acos(clamp(SWING.w, -1, 1));
    const much = Math.min(angle * (0.62 + 0.3 * ramp(0.1, 0.5, angle)), HEAD_MOST) * this.weight;
    if (angle > 1e-4) SWING.slerp(NONE, 1 - much / angle);
    else SWING.identity();
    for (let i = 0; i < 4; i += 1) {
      PART.identity().slerp(SWING, SHARES[i]!);
      turnBy(this.#neck[i]!, PART);
      refresh(this.#neck[i]!);
    }
    this.#gesture(dt, head);
  }

  /** Nods and leans in the head's own frame. */
  #gesture(dt: number, head: Object3D): void {
    this.#nodS += dt;
    const t = this.#nodS;
    const goal =
      t < 0.9
        ? this.#nodBy * (Math.sin((Math.PI * Math.min(t, 0.42)) / 0.42) + 0.55 * Math.sin(Math.PI * clamp((t - 0.42) / 0.4, 0, 1)))
        : 0;
    this.#nod.step(goal, 18, dt);
    this.#tilt.step(this.#tiltGoal, 3, dt);
    if (Math.abs(this.#nod.value) + Math.abs(this.#tilt.value) < 1e-4) return;
    head.quaternion.multiply(PART.setFromAxisAngle(SIDE.set(1, 0, 0), this.#nod.value));
    head.quaternion.multiply(PART.setFromAxisAngle(SIDE.set(0, 0, 1), -this.#tilt.value));
    refresh(head);
  }

  #turnEyes(dt: number, visitor: VisitorState): void {
    const head = this.#neck[3]!;
    worldTurn(head, HEAD).invert();
    if (this.#fresh) this.#glance.rest(SPOT);
    this.#fresh = false;
    this.#glance.step(SPOT, EYE_RATE, dt);
    let pitch = 0;
    for (const eye of this.#eyes) {
      worldPlace(eye, WAY);
      WAY.subVectors(this.#glance.value, WAY).applyQuaternion(HEAD).normalize();
      const off = Math.acos(clamp(WAY.z, -1, 1));
      SWING.setFromUnitVectors(FORWARD, WAY);
      const most = EYES_MOST * this.weight;
      if (off > most) SWING.slerp(NONE, 1 - most / off);
      eye.quaternion.copy(SWING);
      pitch += Math.asin(clamp(HELD.copy(FORWARD).applyQuaternion(SWING).y, -1, 1)) / 2;
    }
    refresh(head);
    this.face.pitch = pitch;
    worldTurn(this.#eyes[0], PART);
    WAY.copy(FORWARD).applyQuaternion(PART);
    worldPlace(this.#eyes[0], HELD);
    HELD.subVectors(visitor.head, HELD).normalize();
    this.missRad = Math.acos(clamp(HELD.dot(WAY), -1, 1));
  }
}
