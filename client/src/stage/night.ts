// Cues and hands come in; the bed, its lamp, the blanket that is drawn up and tucked in, and the rabbit live.
import { type Group, type Object3D, Vector3 } from 'three';
import type { VisitorHand } from '../wire/world';
import type { Air } from './air';
import { BED, PICNIC } from './anchors';
import { LAMP_AT, makeLamp, makeRabbit } from './bed';
import { Blanket } from './blanket';
import { waver } from './candles';
import type { Flames } from './flames';
import { Appearing, type Args, type Around, ON, type Prop } from './prop';
import { grips, type Touchable } from './reach';
import { Touch } from './simple';

const LAMP_SLOT = 26;
const PULL_M = 0.3;
const PATS = 2;

export class BlanketProp implements Prop {
  readonly name = 'blanket';
  readonly states = ['on', 'pulled', 'tucked'];
  readonly object: Object3D;
  readonly touchables: readonly Touchable[];
  readonly blanket: Blanket;
  readonly #touch: Touch;
  readonly #from = new Vector3();
  shown = false;
  #state: 'open' | 'pulled' | 'tucked' = 'open';
  #pats = 0;
  #hand: 'left' | 'right' | null = null;
  #emit: ((act: string, target?: string) => void) | null = null;
  #turn = false;

  constructor(air: Air) {
    this.blanket = new Blanket(air);
    this.object = this.blanket.mesh;
    this.object.visible = false;
    this.#touch = new Touch(
      'blanket',
      '',
      'blanket',
      0.3,
      () => this.shown && this.#state !== 'tucked' && this.#hand === null,
      (hand) => this.#used(hand),
      this.blanket.mesh,
    );
    this.touchables = [new Hinted(this.#touch, () => (this.#state === 'open' ? 'Draw up the blanket' : 'Tuck in the blanket'))];
  }

  state(state: string, _args: Args): void {
    const before = this.shown;
    this.shown = state !== 'off';
    this.object.visible = this.shown;
    if (state === 'tucked') this.#set('tucked');
    else if (state === 'pulled') this.#set('pulled');
    else if (!before) this.#set('open');
    if (!before) this.blanket.settle();
  }

  #set(state: 'open' | 'pulled' | 'tucked'): void {
    this.#state = state;
    this.#pats = 0;
    this.blanket.pulled = state === 'open' ? 0 : 1;
    this.blanket.tucked = state === 'tucked' ? 1 : 0;
  }

  #used(hand: VisitorHand | null): void {
    if (hand && this.#state === 'open') {
      this.#hand = hand.side;
      this.#from.copy(hand.position);
    } else if (this.#state === 'open') this.#pulled();
    else if (!hand || ++this.#pats >= PATS) this.#tuckedIn();
  }

  #pulled(): void {
    this.#set('pulled');
    this.#emit?.('blanket_pulled', 'blanket');
  }

  #tuckedIn(): void {
    this.#set('tucked');
    this.#emit?.('tucked_in', 'blanket');
  }

  update(dt: number, around: Around): void {
    this.#emit = around.act;
    if (!this.shown) return;
    this.#follow(around);
    this.#turn = !this.#turn;
    if (this.#turn) this.blanket.update(dt * 2, around.person);
    this.#touch.place.copy(this.blanket.edge);
  }

  /** A hand that holds the edge draws it along towards the pillow. */
  #follow(around: Around): void {
    if (this.#hand === null) return;
    const hand = this.#hand === 'left' ? around.visitor.left : around.visitor.right;
    if (hand && grips(hand)) {
      const drawn = Math.max(0, this.#from.z - hand.position.z);
      this.blanket.pulled = Math.min(1, drawn / (PULL_M * 2));
      if (drawn < PULL_M) return;
      hand.pulse(0.4, 0.1);
    } else if (this.blanket.pulled < 0.3) {
      this.blanket.pulled = 0;
      this.#hand = null;
      return;
    }
    this.#hand = null;
    this.#pulled();
  }
}

/** A touchable whose words change with what is done next. */
class Hinted implements Touchable {
  readonly name: string;
  readonly offer: string;
  readonly radius: number;
  readonly place: Vector3;
  readonly byTouch = false;

  constructor(
    private readonly touch: Touch,
    private readonly words: () => string,
  ) {
    this.name = touch.name;
    this.offer = touch.offer;
    this.radius = touch.radius;
    this.place = touch.place;
  }

  get hint(): string {
    return this.words();
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

export class LampProp implements Prop {
  readonly name = 'lamp';
  readonly states = ON;
  readonly object: Object3D;
  readonly touchables: readonly Touchable[] = [];
  readonly #glow: { value: number };
  readonly appearing = new Appearing(0.5);

  constructor(
    air: Air,
    private readonly flames: Flames,
  ) {
    const made = makeLamp(air);
    this.object = made.mesh;
    this.#glow = made.glow;
    this.object.visible = false;
  }

  get shown(): boolean {
    return this.appearing.on;
  }

  state(state: string, _args: Args): void {
    this.appearing.on = state !== 'off';
    this.object.visible = true;
  }

  update(dt: number, around: Around): void {
    if (!this.object.visible) return;
    this.object.visible = this.appearing.step(dt);
    const level = this.appearing.level * (0.4 + 0.6 * around.light.get('lamp'));
    this.#glow.value = 0.95 * level * (0.5 + 0.5 * waver(around.time * 0.3, 3));
    this.flames.put(LAMP_SLOT, LAMP_AT.x, LAMP_AT.y, LAMP_AT.z, level * 0.75, level > 0.01 ? 0.95 : 0.01);
  }
}

const RABBIT_AT: Readonly<Record<string, readonly [number, number, number, number]>> = {
  picnic: [PICNIC.x - 0.5, 0.03, PICNIC.z - 0.68, 0.5],
  bed: [BED.x - 0.38, BED.top + 0.02, BED.z - 0.42, 0.95],
  bench: [3.2, 0.43, -4.75, -0.75],
};

const ROOM_M = 0.13;

export class RabbitProp implements Prop {
  #inBed = false;
  readonly name = 'rabbit';
  readonly states = ON;
  readonly object: Group;
  readonly touchables: readonly Touchable[] = [];
  shown = false;

  /** `edgeZ`: where the blanket's upper edge is. */
  constructor(
    air: Air,
    private readonly edgeZ: () => number,
  ) {
    this.object = makeRabbit(air);
    this.object.name = 'rabbit';
    this.object.visible = false;
  }

  state(state: string, args: Args): void {
    this.shown = state !== 'off';
    this.object.visible = this.shown;
    const spot = RABBIT_AT[String(args['at'] ?? '')] ?? (state === 'on' ? RABBIT_AT['picnic']! : null);
    if (!spot) return;
    this.object.position.set(spot[0], spot[1], spot[2]);
    this.#inBed = args['at'] === 'bed';
    for (const part of this.object.children) part.castShadow = !this.#inBed; // under the blanket it throws none that could be seen
    this.object.rotation.set(this.#inBed ? -0.12 : 0, spot[3], 0);
  }

  /** On the bed it makes room for the blanket that is drawn up. */
  update(_dt: number, _around: Around): void {
    if (this.#inBed) this.object.position.z = Math.min(RABBIT_AT['bed']![2], this.edgeZ() - ROOM_M);
  }
}
