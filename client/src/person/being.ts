// What the story says she does ("come in", "sit", "lie") comes in; steps on the way there go out, and she is simply there behind a veil.
import { Vector3 } from 'three';
import type { Cue } from '../wire/types.gen';
import type { Spot, StageView, VisitorState } from '../wire/world';
import type { BodyPlayer } from './body';
import type { Feet } from './feet';
import { apart } from './hug';
import type { Rig } from './rig';
import { Spring, wrapped } from './turns';
import type { Walk } from './walk';

const AS_IF_BY_MAGIC_M = 3.2; // farther than this she does not walk to a place where the story brings the visitor as well
const CARRIED_M = 0.8; // in one frame: the story moved the visitor
const VEILED = 0.85;
const PATIENCE_S = 1.4;
const STOP_M = 2.2;
const TOO_NEAR_M = 0.36;
const TOO_NEAR_S = 1.5;
const ROUND_M = 0.95; // she goes round the cloth and what stands on it
const TURN_TO_M = 0.38; // radians off the visitor at which she turns her whole body
const PEEK_SHARE = 0.5; // half of her stays behind the tree
const WAY = new Vector3();
const SIDE = new Vector3();
const GOAL = new Vector3();
const MIDDLE = new Vector3();

/** These begin from where she stands; who has not seen her yet begins where she stopped when she came. */
const FROM_HERE = new Set(['stand', 'approach', 'beside', 'step_back']);
/** These need to know where the visitor is. */
const WITH_VISITOR = new Set(['approach', 'beside', 'step_back']);
const POSTURES: Readonly<Record<string, string>> = { sit: 'sit', kneel: 'kneel', lie: 'lie', sleep: 'sleep' };

export class Being {
  /** The last word of the story: hidden, peek, stand, sit, lie, ... */
  now = 'hidden';
  /** She looks at the visitor also with her body. */
  facing = true;
  readonly #height = new Spring();
  readonly #before = new Vector3();
  #known = false;
  #then: string | null = null;
  #at: string | null = null;
  #due: Cue | null = null;
  #dueS = 0;
  #nearS = 0;
  #first = true;

  constructor(
    private readonly rig: Rig,
    private readonly walk: Walk,
    private readonly body: BodyPlayer,
    private readonly feet: Feet,
  ) {}

  get visible(): boolean {
    return this.now !== 'hidden';
  }

  get upright(): boolean {
    return this.body.posture === 'stand' && !this.body.changing;
  }

  cue(cue: Cue, stage: StageView): void {
    const far = cue.args['at'] !== undefined && this.visible && this.#far(cue, stage);
    const late = this.#first && WITH_VISITOR.has(cue.target);
    if (late) this.#put(stage.anchor('stop_point').person, 'stand', stage, false);
    if (late || (!this.#first && far && cue.target in POSTURES)) {
      this.#due = cue;
      this.#dueS = 0;
      if (late) this.now = cue.target;
      return;
    }
    this.#due = null;
    const { target } = cue;
    if (this.#first && FROM_HERE.has(target) && cue.args['at'] === undefined)
      this.#put(stage.anchor('stop_point').person, 'stand', stage, false);
    const comesIn = target === 'come_in' && !this.#first;
    this.#do(cue, stage, this.#first || (!this.visible && !comesIn));
  }

  /** What is cued next is as if it had been so for a while: for one who comes late, or moves through a kept meeting. */
  settle(): void {
    this.#first = true;
    this.#known = false;
  }

  #far(cue: Cue, stage: StageView): boolean {
    return apart(this.#spot(cue, stage).position, this.walk.position) > AS_IF_BY_MAGIC_M;
  }

  #spot(cue: Cue, stage: StageView): Spot {
    return stage.anchor(String(cue.args['at'] ?? 'near')).person;
  }

  /** Before anything else in a frame. */
  update(dt: number, visitor: VisitorState, stage: StageView, touching: boolean): void {
    const late = this.#first && this.#due !== null;
    this.#first = false;
    const carried = this.#known && visitor.head.distanceTo(this.#before) > CARRIED_M;
    this.#known = true;
    this.#before.copy(visitor.head);
    if (this.#due !== null) {
      this.#dueS += dt;
      const veiled = 'veil' in stage && (stage as { veil: number }).veil > VEILED;
      if (late || carried || veiled || this.#dueS > PATIENCE_S) {
        const due = this.#due;
        this.#due = null;
        this.#do(due, stage, true);
      }
    }
    if (this.walk.arrived && this.#then !== null) {
      this.body.take(this.#then);
      this.#then = null;
    }
    if (this.upright && this.walk.resting) this.#attend(dt, visitor, touching);
  }

  /** After the body has walked: how high she stands. */
  stand(dt: number, stage: StageView): number {
    const { position } = this.walk;
    const goal = this.#at === null ? stage.ground(position.x, position.z) : position.y;
    return this.#height.step(goal, 12, dt);
  }

  #do(cue: Cue, stage: StageView, now: boolean): void {
    const { target } = cue;
    this.now = target;
    this.facing = true;
    if (target in POSTURES) this.#rest(POSTURES[target]!, cue, stage, now);
    else if (target === 'hidden') this.#put(stage.anchor('hide_spot').person, 'stand', stage, false);
    else if (target === 'peek') this.#peek(stage);
    else if (target === 'come_in') this.#comeIn(cue, stage, now);
    else if (target === 'stand' || target === 'walk_to') this.#standAt(cue, stage, now);
    else if (target === 'approach') this.#approach(Number(cue.args['distance_m'] ?? 0.9), now);
    else if (target === 'beside') this.#beside();
    else if (target === 'step_back') this.#stepBack();
  }

  #put(spot: Spot, posture: string, stage: StageView, onIt: boolean): void {
    this.walk.snap(spot.position, spot.yaw);
    this.#at = onIt ? posture : null;
    this.#then = null;
    this.#height.rest(onIt ? spot.position.y : stage.ground(spot.position.x, spot.position.z));
    this.body.snap(posture);
    this.feet.reset();
  }

  #rest(posture: string, cue: Cue, stage: StageView, now: boolean): void {
    const low = posture === 'sleep' || posture === 'lie';
    if (cue.args['at'] === undefined) {
      this.body.take(posture);
      return;
    }
    const spot = this.#spot(cue, stage);
    const there = apart(spot.position, this.walk.position) < 0.25;
    if (now || (low && !there)) this.#put(spot, posture, stage, true);
    else if (there) {
      this.#at = posture;
      this.walk.position.y = spot.position.y;
      this.body.take(posture);
    } else {
      this.#rise();
      this.#then = posture;
      this.#goTo(spot, stage, false);
    }
  }

  #rise(): void {
    this.body.take('stand');
    this.#at = null;
  }

  #peek(stage: StageView): void {
    const spot = stage.anchor('hide_spot').person;
    if (apart(spot.position, this.walk.position) > 0.5) this.#put(spot, 'stand', stage, false);
    const out = stage.anchor('peek_spot').person;
    this.walk.go(GOAL.lerpVectors(spot.position, out.position, PEEK_SHARE), out.yaw);
    this.body.act('peek');
  }

  /** A child runs, an old person walks; both stop a little way off, and wait. */
  #comeIn(cue: Cue, stage: StageView, now: boolean): void {
    const spot = stage.anchor(String(cue.args['at'] ?? 'stop_point')).person;
    if (now) {
      this.#put(spot, 'stand', stage, false);
      return;
    }
    const { position } = spot;
    GOAL.copy(position);
    if (this.#known) {
      WAY.subVectors(GOAL, this.#before).setY(0);
      const short = STOP_M - WAY.length();
      if (short > 0 && WAY.lengthSq() > 1e-4) GOAL.addScaledVector(WAY.normalize(), short);
    }
    const { rig, walk } = this;
    this.#rise();
    const side = stage.anchor('peek_spot').person.position;
    const hidden = apart(stage.anchor('hide_spot').person.position, walk.position) < 0.3;
    walk.go(GOAL, this.#toVisitor(GOAL), rig.about.is_child, hidden ? [side] : []);
  }

  #standAt(cue: Cue, stage: StageView, now: boolean): void {
    if (cue.args['at'] === undefined) {
      this.#rise();
      return;
    }
    const spot = this.#spot(cue, stage);
    if (now) {
      this.#put(spot, 'stand', stage, false);
      return;
    }
    this.#rise();
    this.#goTo(spot, stage, apart(spot.position, this.walk.position) > 4 && this.rig.about.is_child);
  }

  /** Round what lies on the ground, never across it. */
  #goTo(spot: Spot, stage: StageView, run: boolean): void {
    const cake = stage.prop('cake');
    const by: Vector3[] = [];
    if (cake !== null) {
      MIDDLE.setFromMatrixPosition(cake.matrixWorld).setY(0);
      if (passes(this.walk.position, spot.position, MIDDLE, 0.5))
        by.push(...around(this.walk.position, spot.position, MIDDLE, this.#before));
    }
    this.walk.go(spot.position, spot.yaw, run, by);
  }

  #approach(distanceM: number, now: boolean): void {
    if (!this.#known) return;
    WAY.subVectors(this.walk.position, this.#before).setY(0);
    const far = WAY.length();
    if (far < distanceM + 0.12 || far < 1e-3) return;
    GOAL.copy(this.#before)
      .addScaledVector(WAY, distanceM / far)
      .setY(0);
    if (now) this.walk.snap(GOAL, this.#toVisitor(GOAL));
    else this.walk.go(GOAL, this.#toVisitor(GOAL));
  }

  /** At the visitor's side, turned the same way, so that one hand can be given. */
  #beside(): void {
    if (!this.#known) return;
    WAY.subVectors(this.walk.position, this.#before).setY(0).normalize();
    SIDE.set(-WAY.z, 0, WAY.x);
    GOAL.copy(this.#before).addScaledVector(WAY, 0.5).addScaledVector(SIDE, 0.42).setY(0);
    this.walk.go(GOAL, this.#toVisitor(GOAL) + 0.5);
    this.facing = false;
  }

  #stepBack(): void {
    WAY.subVectors(this.walk.position, this.#before).setY(0);
    if (!this.#known || WAY.lengthSq() < 1e-6) return;
    GOAL.copy(this.walk.position).addScaledVector(WAY.normalize(), 0.3);
    this.walk.shuffle(GOAL);
  }

  #toVisitor(from: Vector3): number {
    return Math.atan2(this.#before.x - from.x, this.#before.z - from.z);
  }

  /** Turns to the visitor who walks about her, and gives way when they come very near without touching. */
  #attend(dt: number, visitor: VisitorState, touching: boolean): void {
    const { walk } = this;
    const far = apart(visitor.head, walk.position);
    if (this.facing && far > 0.25) {
      const yaw = this.#toVisitor(walk.position);
      if (Math.abs(wrapped(yaw - walk.yaw)) > TURN_TO_M) walk.face(yaw);
    }
    this.#nearS = far < TOO_NEAR_M && !touching ? this.#nearS + dt : 0;
    if (this.#nearS < TOO_NEAR_S) return;
    this.#nearS = 0;
    this.#stepBack();
  }
}

/** Does the straight way from one place to another come nearer to `middle` than `m` metres? */
export function passes(from: Vector3, to: Vector3, middle: Vector3, m: number): boolean {
  const dx = to.x - from.x;
  const dz = to.z - from.z;
  const long = dx * dx + dz * dz;
  const k = long < 1e-9 ? 0 : Math.min(1, Math.max(0, ((middle.x - from.x) * dx + (middle.z - from.z) * dz) / long));
  return Math.hypot(from.x + dx * k - middle.x, from.z + dz * k - middle.z) < m;
}

/** Two places to pass on the way round, on the side where nobody sits. */
export function around(from: Vector3, to: Vector3, middle: Vector3, nobody: Vector3): Vector3[] {
  const start = Math.atan2(from.x - middle.x, from.z - middle.z);
  const turn = wrapped(Math.atan2(to.x - middle.x, to.z - middle.z) - start);
  const sits = wrapped(Math.atan2(nobody.x - middle.x, nobody.z - middle.z) - start);
  const within = turn > 0 ? sits > 0 && sits < turn : sits < 0 && sits > turn;
  const way = within ? turn - Math.sign(turn) * 2 * Math.PI : turn;
  return [1 / 3, 2 / 3].map((share) => {
    const angle = start + way * share;
    return new Vector3(middle.x + Math.sin(angle) * ROUND_M * 1.25, 0, middle.z + Math.cos(angle) * ROUND_M * 1.25);
  });
}
