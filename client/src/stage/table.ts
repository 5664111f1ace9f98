// Hands, a match and a breath come in; the cake with its candles lives: lit one by one, blown out, cut, tasted.
import { Group, type Object3D, Vector3 } from 'three';
import type { VisitorHand, VisitorState } from '../wire/world';
import type { Air } from './air';
import { PICNIC } from './anchors';
import { CAKE, type CakeParts, layOut, MATCH_M, makeCake, setCandles } from './cake';
import { Candles, MOST_CANDLES, waver } from './candles';
import { Carry } from './carry';
import type { Flames } from './flames';
import { TABLE } from './picnic';
import { Appearing, type Args, type Around, ON, type Prop } from './prop';
import { grips, type Touchable } from './reach';
import { softly, Touch } from './simple';

const LIGHTS_AT_M = 0.055;
const WAVE_M_S = 1.3;
const WAVE_AT_M = 0.32;
const LEAN_AT_M = 0.36;
const LEAN_S = 0.9;
const MATCH_SLOT = MOST_CANDLES;
const MATCH_HOME = new Vector3(PICNIC.x + 0.02, TABLE.top + 0.012, PICNIC.z + 0.235);

/** The cake on its stand, whole or cut. */
export class CakeProp implements Prop {
  readonly name = 'cake';
  readonly states = ['on', 'cut'];
  readonly object: Object3D;
  readonly touchables: readonly Touchable[];
  readonly parts: CakeParts;
  readonly appearing = new Appearing();
  readonly slice: Carry;
  cut = false;
  #bitten = 0;
  #emit: ((act: string, target?: string) => void) | null = null;
  readonly #knife: Touch;
  readonly #sliceTouch: Touch;

  constructor(
    air: Air,
    private readonly mayCut: () => boolean,
  ) {
    this.parts = makeCake(air);
    layOut(this.parts);
    this.object = this.parts.group;
    this.slice = new Carry(this.parts.slice, 1.3, false, 0.26);
    this.#knife = new Touch(
      'cake',
      'Cut the cake',
      'food',
      0.13,
      () => this.shown && !this.cut && this.mayCut(),
      () => this.#cutNow(),
      this.parts.whole,
    );
    this.#sliceTouch = new Touch(
      'slice',
      'Taste the cake',
      'food',
      0.1,
      () => this.shown && this.cut && this.slice.where === 'home' && this.#bitten < 3,
      (hand) => this.#taste(hand),
      this.parts.slice,
    );
    this.#knife.place.set(PICNIC.x, (CAKE.foot + CAKE.top) / 2, PICNIC.z);
    this.touchables = [this.#knife, this.#sliceTouch];
    this.#show();
    this.parts.group.visible = this.parts.slice.visible = this.parts.herSlice.visible = false;
  }

  get shown(): boolean {
    return this.appearing.on;
  }

  state(state: string, _args: Args): void {
    this.appearing.on = state !== 'off';
    if (state === 'cut') this.cut = true;
    if (state === 'on') {
      this.cut = false;
      this.#bitten = 0;
    }
    this.#show();
  }

  #cutNow(): void {
    if (this.cut) return;
    this.cut = true;
    this.#show();
    this.#emit?.('cake_cut', 'cake');
  }

  #taste(hand: VisitorHand | null): void {
    this.slice.take(hand);
    if (!hand) this.#bite();
  }

  #bite(): void {
    this.#bitten++;
    this.parts.slice.scale.setScalar(0.86 - 0.16 * this.#bitten);
    this.#emit?.('bite', 'cake');
    this.slice.putBack();
  }

  #show(): void {
    const on = this.appearing.on || this.appearing.level > 0;
    this.parts.group.visible = on;
    this.parts.whole.visible = !this.cut;
    this.parts.cut.visible = this.cut;
    this.parts.slice.visible = this.parts.herSlice.visible = on && this.cut;
    if (!this.cut || this.#bitten === 0) this.parts.slice.scale.setScalar(0.86);
  }

  update(dt: number, around: Around): void {
    this.#emit = around.act;
    if (!this.parts.group.visible && !this.appearing.on) return;
    if (this.appearing.level !== (this.appearing.on ? 1 : 0)) {
      this.appearing.step(dt);
      this.parts.group.scale.setScalar(0.86 + 0.14 * softly(this.appearing.level));
      this.#show();
    }
    this.slice.update(dt, around.visitor);
    this.#sliceTouch.place.copy(this.parts.slice.position).y += 0.05;
    if (this.slice.where === 'hand' && nearMouth(this.parts.slice.position, around.visitor)) this.#bite();
  }
}

const MOUTH = new Vector3();

/** Within a hand's breadth of the visitor's mouth. */
export function nearMouth(place: Vector3, visitor: VisitorState): boolean {
  MOUTH.copy(visitor.head).addScaledVector(visitor.gaze, 0.06).y -= 0.09;
  return place.distanceTo(MOUTH) < 0.17;
}

/** The candles on the cake. They are lit one by one and blown out with a breath, a wave of the hand, or by leaning to them. */
export class CandlesProp implements Prop {
  readonly name = 'candles';
  readonly states = ['on', 'lit', 'out'];
  readonly object = new Group();
  readonly touchables: readonly Touchable[];
  readonly logic = new Candles();
  readonly wicks = Array.from({ length: MOST_CANDLES }, () => new Vector3());
  shown = false;
  count = 7;
  #blow = false;
  #leanS = 0;
  #litS = 99;
  #emit: ((act: string, target?: string) => void) | null = null;
  readonly #middle = new Vector3(PICNIC.x, CAKE.top + 0.08, PICNIC.z);
  readonly #before = [new Vector3(), new Vector3()];

  constructor(
    private readonly cake: CakeProp,
    private readonly flames: Flames,
    readonly match: MatchProp,
  ) {
    this.object.position.copy(this.#middle);
    const light = new Touch(
      'candle',
      'Light a candle',
      'match',
      0.13,
      () => this.shown && this.logic.dark() >= 0 && !this.logic.blown && this.match.carry.where !== 'hand',
      (hand) => this.#touched(hand),
    );
    const blow = new Touch(
      'flames',
      'Blow out the candles',
      'match',
      0.001,
      () => this.shown && this.logic.lit > 0 && this.logic.dark() < 0,
      () => this.blow(),
    );
    light.place.copy(this.#middle);
    blow.place.copy(this.#middle);
    this.touchables = [light, blow];
    match.lightAt = (tip) => this.lightNear(tip);
  }

  state(state: string, args: Args): void {
    const wasShown = this.shown;
    this.shown = state !== 'off';
    if (typeof args['count'] === 'number') this.count = args['count'];
    if (!wasShown && this.shown) this.logic.set(this.count);
    if (state === 'lit') this.logic.lightAll();
    if (state === 'out') {
      this.logic.blowOut();
      this.logic.blown = true;
    }
    if (state === 'off') this.logic.set(0);
    setCandles(this.cake.parts, this.shown ? this.logic.count : 0, this.wicks);
  }

  /** A breath was heard, or the key for it was pressed. */
  blow(): void {
    this.#blow = true;
  }

  #touched(hand: VisitorHand | null): void {
    if (hand) return; // with hands it is the match that lights
    this.#light(this.logic.dark());
  }

  #light(index: number): boolean {
    if (!this.logic.light(index)) return false;
    this.#litS = 0;
    this.#emit?.('candle_lit', `candle_${index}`);
    return true;
  }

  lightNear(tip: Vector3): void {
    if (!this.shown) return;
    for (let i = 0; i < this.logic.count; i++) if (tip.distanceTo(this.wicks[i]!) < LIGHTS_AT_M && this.#light(i)) return;
  }

  update(dt: number, around: Around): void {
    this.#emit = around.act;
    this.logic.step(dt);
    if (this.cake.cut) this.logic.blowOut(); // a cake that is cut has no candles left in it
    this.cake.parts.candles.visible = this.shown && !this.cake.cut;
    this.#litS += dt;
    if (
      this.shown &&
      this.logic.lit > 0 &&
      this.#litS > 1.2 &&
      (this.#blow || this.#waved(dt, around.visitor) || this.#leaned(dt, around.visitor))
    ) {
      this.logic.blowOut();
      around.act('candles_out', 'candles');
    }
    this.#blow = false;
    for (let i = 0; i < MOST_CANDLES; i++) {
      const w = this.wicks[i]!;
      const h = this.logic.height[i]!;
      this.flames.put(i, w.x, w.y + 0.012, w.z, h > 0 ? h * waver(around.time, i) : 0);
    }
  }

  #waved(dt: number, visitor: VisitorState): boolean {
    let waved = false;
    for (let i = 0; i < 2; i++) {
      const hand = i ? visitor.left : visitor.right;
      const before = this.#before[i]!;
      if (!hand || dt <= 0) continue;
      const fast = before.distanceTo(hand.position) / dt;
      if (before.lengthSq() > 0 && fast > WAVE_M_S && fast < 12 && !grips(hand) && hand.position.distanceTo(this.#middle) < WAVE_AT_M)
        waved = true;
      before.copy(hand.position);
    }
    return waved;
  }

  /** Leaning close for a moment is a breath, once all candles burn. */
  #leaned(dt: number, visitor: VisitorState): boolean {
    const close = this.logic.dark() < 0 && visitor.head.distanceTo(this.#middle) < LEAN_AT_M;
    this.#leanS = close ? this.#leanS + dt : 0;
    return this.#leanS > LEAN_S;
  }
}

/** A burning match on the table that can be taken. */
export class MatchProp implements Prop {
  readonly name = 'match';
  readonly states = ON;
  readonly object: Object3D;
  readonly touchables: readonly Touchable[];
  readonly carry: Carry;
  lightAt: ((tip: Vector3) => void) | null = null;
  readonly #appearing = new Appearing(2);
  readonly #tip = new Vector3();
  readonly #touch: Touch;
  #burn = 0;

  constructor(
    parts: CakeParts,
    private readonly flames: Flames,
  ) {
    this.object = parts.match;
    this.object.position.copy(MATCH_HOME);
    this.object.rotation.set(0, 1.25, 0);
    this.object.visible = false;
    this.carry = new Carry(this.object, 3, false, 0.4);
    this.#touch = new Touch(
      'match',
      'Take the match',
      'match',
      0.09,
      () => this.shown && this.carry.where === 'home',
      (hand) => hand && this.carry.take(hand),
      parts.match,
    );
    this.#touch.place.copy(MATCH_HOME);
    this.touchables = [new HandOnly(this.#touch)];
  }

  get shown(): boolean {
    return this.#appearing.on;
  }

  state(state: string, _args: Args): void {
    this.#appearing.on = state !== 'off';
    this.object.visible = true;
  }

  update(dt: number, around: Around): void {
    if (!this.object.visible) {
      this.flames.put(MATCH_SLOT, 0, -9, 0, 0);
      return;
    }
    this.object.visible = this.#appearing.step(dt);
    this.carry.update(dt, around.visitor);
    const held = this.carry.where === 'hand';
    this.#burn += ((held ? 1 : 0) - this.#burn) * Math.min(1, dt * 3);
    this.#tip.set(0, 0, -MATCH_M).applyQuaternion(this.object.quaternion).add(this.object.position);
    this.flames.put(
      MATCH_SLOT,
      this.#tip.x,
      this.#tip.y + 0.008,
      this.#tip.z,
      this.#burn < 0.02 ? 0 : this.#burn * 0.8 * waver(around.time, MATCH_SLOT),
    );
    if (held) this.lightAt?.(this.#tip);
  }
}

/** Only a hand can take it: on a screen the candles are lit by themselves. */
class HandOnly implements Touchable {
  readonly name: string;
  readonly hint = '';
  readonly offer = 'hand only';
  readonly byTouch = false;
  readonly place: Vector3;
  readonly radius: number;

  constructor(private readonly touch: Touch) {
    this.name = touch.name;
    this.place = touch.place;
    this.radius = touch.radius;
  }

  ready(): boolean {
    return this.touch.ready();
  }

  use(hand: VisitorHand | null): void {
    this.touch.use(hand);
  }

  glow(level: number): void {
    this.touch.glow(level);
  }
}
