// Hands, a throw and the person come in; a soft ball that flies, is caught and comes back goes out.
import { Mesh, Quaternion, SphereGeometry, Vector3 } from 'three';
import type { VisitorHand, VisitorState } from '../wire/world';
import type { Air } from './air';
import { PICNIC } from './anchors';
import { Appearing, type Args, type Around, ON, type Prop } from './prop';
import { grips, type Touchable } from './reach';
import { type Paint, Shape } from './shape';
import { Touch } from './simple';

export const BALL_M = 0.085; // radius
const FALL = -6.2; // gentler than the world's, for unhurried hands
const CATCH_M = 0.55;
const HELD_S = 1.1;
const REST_S = 2.5;
const WITHIN_M = 1.0; // farther from the visitor it rolls back by itself
const HOME = new Vector3(PICNIC.x + 0.5, 0, PICNIC.z + 0.58); // at the visitor's right hand, on the cloth

/** Height of what the ball lands on. */
export type Floor = (x: number, z: number) => number;
const FLAT: Floor = () => 0;

type Where = 'rest' | 'hand' | 'flying' | 'held' | 'back';

/** Start with a speed that lands at `to` after `seconds`. */
export function toss(from: Vector3, to: Vector3, seconds: number, into: Vector3): Vector3 {
  into.subVectors(to, from).divideScalar(seconds);
  into.y -= 0.5 * FALL * seconds;
  return into;
}

/** The ball as numbers. */
export class BallFlight {
  readonly place = new Vector3();
  readonly speed = new Vector3();
  where: Where = 'rest';
  since = 0;
  throws = 0;

  constructor(readonly floor: Floor = FLAT) {}

  launch(speed: Vector3): void {
    this.speed.copy(speed);
    this.where = 'flying';
    this.since = 0;
    this.throws++;
  }

  rest(): void {
    this.where = 'rest';
    this.since = 0;
  }

  /** One that lies too far off rolls softly to `home`. True while it rolls. */
  rollHome(dt: number, home: Vector3, visitor: Vector3): boolean {
    this.since += dt;
    const away = Math.hypot(this.place.x - visitor.x, this.place.z - visitor.z);
    const left = Math.hypot(home.x - this.place.x, home.z - this.place.z);
    if (this.since < REST_S || away < WITHIN_M || left < 0.02) return false;
    const share = Math.min(1, (dt * Math.min(1.4, 0.25 + left)) / left);
    this.place.x += (home.x - this.place.x) * share;
    this.place.z += (home.z - this.place.z) * share;
    const floor = this.floor(this.place.x, this.place.z) + BALL_M;
    this.place.y += (floor - this.place.y) * Math.min(1, dt * 12);
    return true;
  }

  fly(dt: number): void {
    this.since += dt;
    this.speed.y += FALL * dt;
    this.place.addScaledVector(this.speed, dt);
    const lowest = this.floor(this.place.x, this.place.z) + BALL_M;
    if (this.place.y < lowest && this.speed.y < 0) {
      this.place.y = lowest;
      this.speed.y *= -0.42;
      this.speed.x *= 0.62;
      this.speed.z *= 0.62;
      if (Math.hypot(this.speed.x, this.speed.y, this.speed.z) < 0.5) this.rest();
    }
  }
}

export class Ball implements Prop {
  readonly name = 'ball';
  readonly states = ON;
  readonly object: Mesh;
  readonly touchables: readonly Touchable[];
  readonly flight: BallFlight;
  readonly #appearing = new Appearing(2);
  readonly #before = new Vector3();
  readonly #velocity = new Vector3();
  readonly #target = new Vector3();
  readonly #spot = new Vector3();
  readonly #spin = new Quaternion();
  #side: 'left' | 'right' = 'right';
  #screenThrow = false;
  #act: ((act: string, target?: string) => void) | null = null;
  #placed = false;
  readonly #touch: Touch;

  constructor(air: Air, floor: Floor = FLAT) {
    this.flight = new BallFlight(floor);
    this.object = new Mesh(ballGeometry(), air.painted({}, { grain: 0.5 }));
    this.object.castShadow = true;
    this.object.visible = false;
    this.object.name = 'ball';
    const ready = () => this.shown && (this.flight.where === 'rest' || this.flight.where === 'back');
    this.#touch = new Touch('ball', 'Throw the ball', 'ball', 0.14, ready, (hand) => this.#take(hand), this.object);
    this.touchables = [this.#touch];
  }

  get shown(): boolean {
    return this.#appearing.on;
  }

  state(state: string, _args: Args): void {
    this.#appearing.on = state !== 'off';
    if (!this.#appearing.on) return;
    this.flight.throws = 0;
    this.flight.rest();
    this.#placed = false;
    this.object.visible = true;
  }

  #take(hand: VisitorHand | null): void {
    if (hand) {
      this.#side = hand.side;
      this.flight.where = 'hand';
      this.#before.copy(hand.position);
      this.#velocity.set(0, 0, 0);
    } else this.#screenThrow = true;
  }

  update(dt: number, around: Around): void {
    if (!this.object.visible) return;
    this.object.visible = this.#appearing.step(dt);
    this.#act = around.act;
    const { visitor } = around;
    if (!this.#placed) {
      this.flight.place.copy(this.#home(around));
      this.#placed = true;
    }
    if (this.#screenThrow) this.#fromScreen(visitor, around);
    if (this.flight.where === 'hand') this.#inHand(dt, visitor);
    else if (this.flight.where === 'held') this.#held(dt, visitor, around);
    else if (this.flight.where !== 'rest') this.#flying(dt, around);
    else if (this.flight.rollHome(dt, this.#home(around), visitor.head)) this.#turn(dt);
    this.object.position.copy(this.flight.place);
    this.object.scale.setScalar(0.6 + 0.4 * this.#appearing.level);
    this.#touch.place.copy(this.flight.place);
  }

  /** At the visitor's right hand: on the cloth, or on the grass a step to the right of where they look. */
  #home({ visitor, here }: Around): Vector3 {
    if (here === 'picnic') this.#spot.copy(HOME);
    else {
      const long = Math.hypot(visitor.gaze.x, visitor.gaze.z) || 1;
      const [x, z] = [visitor.gaze.x / long, visitor.gaze.z / long];
      this.#spot.set(visitor.head.x + x * 0.6 - z * 0.55, 0, visitor.head.z + z * 0.6 + x * 0.55);
    }
    return this.#spot.setY(this.flight.floor(this.#spot.x, this.#spot.z) + BALL_M);
  }

  #fromScreen(visitor: VisitorState, around: Around): void {
    this.#screenThrow = false;
    this.flight.place.copy(visitor.head).addScaledVector(visitor.gaze, 0.35);
    this.flight.place.y -= 0.45;
    this.#chest(around, this.#target);
    this.flight.launch(toss(this.flight.place, this.#target, 0.95, this.#velocity));
    this.#threw();
  }

  #threw(): void {
    this.#act?.('ball_thrown', 'ball');
    if (this.flight.throws % 2 === 0) this.#act?.('round_done', 'ball');
  }

  #inHand(dt: number, visitor: VisitorState): void {
    const hand = this.#side === 'left' ? visitor.left : visitor.right;
    if (!hand || !grips(hand)) {
      this.#velocity.multiplyScalar(1.15);
      if (this.#velocity.length() < 0.7) {
        this.flight.where = 'flying';
        this.flight.speed.copy(this.#velocity);
        this.flight.since = 9;
      } else {
        this.flight.launch(this.#velocity.clampLength(0, 5.5));
        this.#threw();
      }
      return;
    }
    if (dt > 0) {
      this.#target.subVectors(hand.position, this.#before).divideScalar(dt);
      this.#velocity.lerp(this.#target, Math.min(1, dt * 14));
    }
    this.#before.copy(hand.position);
    this.flight.place.set(0, 0.02, -0.07).applyQuaternion(hand.quaternion).add(hand.position);
  }

  #turn(dt: number): void {
    this.#spin.setFromAxisAngle(AXIS, dt * 4);
    this.object.quaternion.premultiply(this.#spin);
  }

  #flying(dt: number, around: Around): void {
    this.flight.fly(dt);
    this.#turn(dt);
    this.#chest(around, this.#target);
    if (
      this.flight.where === 'flying' &&
      this.flight.since < 3 &&
      this.flight.place.distanceTo(this.#target) < CATCH_M &&
      around.person?.root.visible
    ) {
      this.flight.where = 'held';
      this.flight.since = 0;
    }
    const { visitor } = around;
    for (let i = 0; i < 2; i++) {
      const hand = i ? visitor.left : visitor.right;
      if (this.flight.where !== 'back' || !hand || hand.position.distanceTo(this.flight.place) > 0.16) continue;
      this.#take(hand);
      hand.pulse(0.5, 0.08);
    }
  }

  /** She has it a moment, then tosses it back, underhand and slow. */
  #held(dt: number, visitor: VisitorState, around: Around): void {
    this.flight.since += dt;
    this.#chest(around, this.#target);
    this.flight.place.lerp(this.#target, Math.min(1, dt * 12));
    if (this.flight.since < HELD_S) return;
    this.#target.copy(visitor.head).addScaledVector(visitor.gaze, 0.3);
    this.#target.y = Math.max(0.7, visitor.head.y - 0.45);
    toss(this.flight.place, this.#target, 1.15, this.flight.speed);
    this.flight.where = 'back';
    this.flight.since = 0;
  }

  #chest(around: Around, into: Vector3): Vector3 {
    const { person, visitor } = around;
    if (!person?.root.visible) return into.copy(visitor.head).addScaledVector(visitor.gaze, 2.4).setY(0.8);
    person.landmark('chest', into);
    BETWEEN.subVectors(visitor.head, into).setY(0).normalize();
    return into.addScaledVector(BETWEEN, 0.22);
  }
}

const AXIS = new Vector3(0.8, 0.3, 0.5).normalize();
const BETWEEN = new Vector3();

function ballGeometry() {
  const hues = [0xe58a6b, 0xf7e6bd, 0x7fa7b8, 0xf7e6bd, 0xe8b95a, 0xf7e6bd];
  const paint: Paint = (out, p) => {
    const slice = Math.floor(((Math.atan2(p.z, p.x) / (Math.PI * 2) + 1) % 1) * 6);
    const cap = Math.abs(p.y) > BALL_M * 0.93;
    out.set(cap ? 0xc96a57 : hues[slice]!);
  };
  const ball = new SphereGeometry(BALL_M, 30, 16);
  return new Shape().add(ball, paint).build();
}
