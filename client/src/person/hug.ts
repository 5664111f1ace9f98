// The visitor's head and hands come in; a hug goes out: half a step, a lean, two arms that close round them and let go last, slowly.
import { Vector3 } from 'three';
import type { VisitorState } from '../wire/world';
import { Lean } from './lean';
import type { Rig } from './rig';
import { Torso } from './torso';
import { clamp, ease, UP } from './turns';
import type { Walk } from './walk';
import { Wrap } from './wrap';

export type HugState = 'off' | 'waiting' | 'closing' | 'holding' | 'opening';

const LEAST_S = 4;
const MOST_S = 7;
const LONGEST_S = 60;
const CLOTH_M = 0.008;
const ROOM_M = 0.045; // left between the two until arms and head have found their place
const CHEST = new Vector3();
const OUT = new Vector3();
const GOAL = new Vector3();
const RIGHT = new Vector3();
const SKULL = new Vector3();
const P = new Vector3();
const BACK = new Vector3();

export class Hug {
  state: HugState = 'off';
  /** 0..1: how far the arms are closed. */
  share = 0;
  readonly torso = new Torso();
  readonly #lean: Lean;
  readonly #wraps: readonly [Wrap, Wrap];
  readonly #chestAheadM: number;
  readonly #closeS: number;
  #sinceS = 0;
  #away = 0;
  #spareM = 0;
  #asked = false;
  #headDepth = 0;

  constructor(private readonly rig: Rig) {
    this.#lean = new Lean(rig);
    const h = rig.about.height_m;
    this.#wraps = [new Wrap(rig.arms[0], h), new Wrap(rig.arms[1], h)];
    const chest = rig.about.landmarks['chest'];
    this.#chestAheadM = chest ? rig.restOf(chest.joint).z + chest.offset[2] : 0.08 * h;
    this.#closeS = rig.about.is_child ? 1.2 : 1.8;
  }

  get on(): boolean {
    return this.state !== 'off';
  }

  /** Deepest that skin of hers is inside the visitor in the last frame, metres, 0 when nothing is. */
  get depthM(): number {
    return this.share < 0.02 ? 0 : Math.max(0, -this.#wraps[0].gapM, -this.#wraps[1].gapM, this.#headDepth);
  }

  ask(): void {
    if (this.state === 'off') {
      this.state = 'waiting';
      this.#sinceS = 0;
      this.#asked = true;
    } else this.letGo();
  }

  letGo(): void {
    if (this.state === 'closing' || this.state === 'holding') this.#to('opening');
    if (this.state === 'waiting') this.#to('off');
  }

  drop(): void {
    this.state = 'off';
    this.share = 0;
    this.#asked = false;
  }

  /** Is the visitor's neck so low beside hers that she should kneel for it? */
  lower(visitor: VisitorState): boolean {
    return this.torso.update(visitor).neck.y < this.rig.about.eye_height_m * 0.66;
  }

  /** Arms round her, or a lean in: is this a hug? `armed`: it was offered. */
  meant(visitor: VisitorState, armed: boolean): boolean {
    const { left, right } = visitor;
    this.rig.landmark('back', BACK);
    const round = left !== null && right !== null && left.position.distanceTo(BACK) < 0.3 && right.position.distanceTo(BACK) < 0.3;
    const one =
      armed && ((left !== null && left.position.distanceTo(BACK) < 0.2) || (right !== null && right.position.distanceTo(BACK) < 0.2));
    this.rig.landmark('chest', CHEST);
    const leans = armed && Math.hypot(visitor.head.x - CHEST.x, visitor.head.z - CHEST.z) < 0.4;
    return round || one || leans;
  }

  /** Time and state only. Returns true in the frame in which the hug is over. `ready`: posture and place allow it to begin. */
  pace(dt: number, visitor: VisitorState, ready: boolean): boolean {
    if (this.state === 'off') return false;
    this.#sinceS += dt;
    this.torso.update(visitor);
    if (this.state === 'waiting') {
      if (ready) this.#to('closing');
      else if (this.#sinceS > 8) this.#to('off');
    } else if (this.state === 'closing' && this.#sinceS > this.#closeS) this.#to('holding');
    else if (this.state === 'holding' && this.#done(dt, visitor)) this.#to('opening');
    else if (this.state === 'opening' && this.#sinceS > this.#closeS * 1.7) {
      this.#to('off');
      this.share = 0;
      return true;
    }
    const u = clamp(this.#sinceS / this.#closeS, 0, 1);
    if (this.state === 'closing') this.share = Math.max(this.share, u);
    if (this.state === 'holding') this.share = Math.min(1, this.share + dt);
    if (this.state === 'opening') this.share = Math.min(this.share, 1 - clamp(this.#sinceS / (this.#closeS * 1.7), 0, 1));
    return false;
  }

  /** Half a step so that the two chests meet. The feet follow. Not while she sits or lies. */
  step(dt: number, walk: Walk): void {
    if (this.state !== 'closing' && this.state !== 'holding') return;
    const { torso } = this;
    P.set(walk.position.x - torso.hips.x, 0, walk.position.z - torso.hips.z);
    if (P.lengthSq() < 1e-6) P.copy(torso.front);
    P.normalize();
    const edge = 1 / Math.hypot(P.dot(torso.side) / torso.halfSideM, P.dot(torso.front) / torso.halfFrontM);
    const far = edge + this.#chestAheadM + CLOTH_M + this.#spareM;
    GOAL.set(torso.hips.x + P.x * far, walk.position.y, torso.hips.z + P.z * far);
    if (GOAL.distanceTo(walk.position) > 0.01) walk.shuffle(GOAL);
    walk.face(Math.atan2(-P.x, -P.z));
    this.#part(dt);
  }

  /** Bends and wraps. World matrices must be fresh, and are afterwards. */
  pose(dt: number, visitor: VisitorState): void {
    if (this.share <= 0) return;
    this.#rest(visitor);
    for (const wrap of this.#wraps) wrap.update(dt, this.torso, this.share);
  }

  #to(state: HugState): void {
    this.state = state;
    this.#sinceS = 0;
    this.#away = 0;
    if (state === 'closing') for (const wrap of this.#wraps) wrap.begin();
    if (state === 'closing') this.#spareM = ROOM_M;
    if (state === 'off') this.#asked = false;
  }

  /** She never lets go first: while a hand still lies on her back it goes on. */
  #done(dt: number, visitor: VisitorState): boolean {
    this.rig.landmark('back', BACK);
    const { left, right } = visitor;
    const held = (left !== null && left.position.distanceTo(BACK) < 0.32) || (right !== null && right.position.distanceTo(BACK) < 0.32);
    const gone = Math.hypot(visitor.head.x - BACK.x, visitor.head.z - BACK.z) > 0.75;
    this.#away = held && !gone ? 0 : this.#away + dt;
    if (gone && this.#away > 0.3) return true;
    if (this.#sinceS < LEAST_S) return false;
    return this.#sinceS > LONGEST_S || (held ? false : this.#away > 1.2 && (this.#sinceS > MOST_S || !this.#asked));
  }

  /** Chest or belly inside the visitor: the whole body gives way. */
  #part(dt: number): void {
    const chest = this.torso.outside(this.rig.landmark('chest', CHEST), OUT);
    const belly = this.torso.outside(this.rig.landmark('belly', CHEST), OUT);
    const deep = Math.max(CLOTH_M - Math.min(chest, belly), this.#headDepth > 0.004 ? this.#headDepth : -1);
    // she gives way quickly, and comes nearer only when the arms are round them
    const rate = deep > 0 ? (this.#headDepth > 0.004 ? 24 : 7) : this.share < 1 ? 0 : 3;
    this.#spareM = clamp(this.#spareM + clamp(deep, -0.01, 0.05) * dt * rate, -0.05, 0.15);
  }

  /** The head comes to rest beside the visitor's neck, or against the chest when she is small. */
  #rest(visitor: VisitorState): void {
    const { torso } = this;
    const skullM = 0.058 * this.rig.about.height_m + 0.02;
    this.#lean.skull(SKULL);
    const low = SKULL.y < torso.neck.y - 0.08;
    RIGHT.crossVectors(torso.front, UP);
    if (low) {
      torso.around(0.45, -1, clamp(SKULL.y - torso.hips.y, 0, torso.lengthM - 0.06), GOAL).addScaledVector(torso.front, skullM);
    } else {
      GOAL.copy(torso.neck)
        .addScaledVector(RIGHT, 0.055 + skullM)
        .addScaledVector(torso.front, 0.05);
      GOAL.y = clamp(SKULL.y, torso.neck.y - 0.02, visitor.head.y + 0.04);
    }
    const deep = torso.outside(GOAL, OUT) - skullM;
    if (deep < 0) GOAL.addScaledVector(OUT, -deep);
    P.subVectors(GOAL, visitor.head);
    const clear = skullM + 0.085 - P.length();
    if (clear > 0) GOAL.addScaledVector(P.normalize(), clear);
    this.#lean.toward(GOAL, 0.03 * ease(this.share));
    this.#headDepth = Math.max(0, skullM * 0.8 - torso.outside(this.#lean.skull(SKULL), OUT));
  }
}

/** How near two points are on the ground. */
export function apart(a: Vector3, b: Vector3): number {
  return Math.hypot(a.x - b.x, a.z - b.z);
}
