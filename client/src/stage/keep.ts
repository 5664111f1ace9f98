// The family's own things come in; they lie on the cloth, are taken up, looked at and laid back; a letter is given and kept.
import { Group, type Mesh, type Object3D, Quaternion, type Texture, Vector3 } from 'three';
import type { VisitorHand } from '../wire/world';
import type { Air } from './air';
import { PICNIC } from './anchors';
import { Carry } from './carry';
import { Appearing, type Args, type Around, ON, type Prop } from './prop';
import type { Touchable } from './reach';
import { softly, Touch } from './simple';
import { makeLetter, makeThings, showPicture, THING_SPOTS, type Thing } from './things';

const PICTURE_SHAPE = 0.178 / 0.138;
const LETTER_SHAPE = 0.2 / 0.145;

/** Three things on the cloth, each of which may have a memory. */
export class ThingsProp implements Prop {
  readonly name = 'things';
  readonly states = ON;
  readonly object = new Group();
  readonly touchables: readonly Touchable[];
  readonly #things: Thing[];
  readonly #carries: Carry[];
  readonly #touches: Touch[];
  readonly #appearing = new Appearing();
  readonly #ids = ['stone', 'picture', 'shell'];
  #emit: ((act: string, target?: string) => void) | null = null;
  #last = 0;

  constructor(air: Air) {
    this.#things = makeThings(air);
    this.#carries = this.#things.map((thing) => new Carry(thing.object, 5.5));
    this.#touches = this.#things.map(
      (thing, i) =>
        new Touch(
          `thing_${i}`,
          'Pick something up',
          'things',
          0.1,
          () => this.shown && this.#carries[i]!.where === 'home',
          (hand) => this.#pick(i, hand),
          thing.mesh,
        ),
    );
    this.touchables = this.#touches;
    this.object.name = 'things';
    this.object.visible = false;
    for (const thing of this.#things) this.object.add(thing.object);
  }

  get shown(): boolean {
    return this.#appearing.on;
  }

  /** Where eyes go that look at the things: the one taken last. */
  get looked(): Object3D {
    return this.#things[this.#last]!.object;
  }

  /** The family's own: an id and, where there is one, a picture for each. */
  own(ids: readonly string[]): void {
    for (let i = 0; i < this.#ids.length; i++) this.#ids[i] = ids[i] ?? this.#ids[i]!;
  }

  picture(texture: Texture): void {
    const frame = this.#things[1]!.picture;
    if (frame) showPicture(frame, texture, PICTURE_SHAPE, false);
  }

  state(state: string, _args: Args): void {
    this.#appearing.on = state !== 'off';
    this.object.visible = true;
    if (!this.#appearing.on) for (const carry of this.#carries) carry.putBack();
  }

  #pick(i: number, hand: VisitorHand | null): void {
    this.#carries[i]!.take(hand);
    if (!hand)
      for (let k = 0; k < this.#carries.length; k++) if (k !== i && this.#carries[k]!.where === 'lifted') this.#carries[k]!.putBack();
    this.#last = i;
    this.#emit?.('thing_picked', this.#ids[i]);
  }

  update(dt: number, around: Around): void {
    this.#emit = around.act;
    if (!this.object.visible) return;
    this.object.visible = this.#appearing.step(dt);
    for (let i = 0; i < this.#things.length; i++) {
      this.#carries[i]!.update(dt, around.visitor);
      this.#things[i]!.object.scale.setScalar(0.8 + 0.2 * softly(this.#appearing.level));
      this.#touches[i]!.place.copy(this.#things[i]!.object.position).y += 0.05;
    }
  }

  get spots(): readonly (readonly [number, number, number])[] {
    return THING_SPOTS;
  }
}

/** A letter or drawing in her hand until it is taken; then it is the visitor's. */
export class LetterProp implements Prop {
  readonly name = 'letter';
  readonly states = ON;
  readonly object: Mesh;
  readonly touchables: readonly Touchable[];
  readonly #carry: Carry;
  readonly #appearing = new Appearing(2);
  readonly #palm = new Vector3();
  readonly #face = new Quaternion();
  readonly #touch: Touch;
  #taken = false;
  #emit: ((act: string, target?: string) => void) | null = null;

  constructor(air: Air) {
    this.object = makeLetter(air);
    this.object.name = 'letter';
    this.object.visible = false;
    this.#carry = new Carry(this.object, 1, true, 0.36);
    this.#touch = new Touch(
      'letter',
      'Take the letter',
      'letter',
      0.12,
      () => this.shown && !this.#taken,
      (hand) => this.#take(hand),
      this.object,
    );
    this.touchables = [this.#touch];
  }

  get shown(): boolean {
    return this.#appearing.on;
  }

  picture(texture: Texture): void {
    showPicture(this.object, texture, LETTER_SHAPE, true);
  }

  state(state: string, _args: Args): void {
    const on = state !== 'off';
    if (on && !this.#appearing.on) this.#taken = false;
    this.#appearing.on = on;
    this.object.visible = true;
  }

  #take(hand: VisitorHand | null): void {
    this.#taken = true;
    this.#carry.take(hand);
    this.#emit?.('taken', 'letter');
  }

  update(dt: number, around: Around): void {
    this.#emit = around.act;
    if (!this.object.visible) return;
    this.object.visible = this.#appearing.step(dt);
    this.object.scale.setScalar(0.7 + 0.3 * softly(this.#appearing.level));
    if (this.#taken) this.#carry.update(dt, around.visitor);
    else this.#inHerHand(dt, around);
    this.#touch.place.copy(this.object.position);
  }

  /** In her right hand, turned to the visitor; on the cloth where she is not. */
  #inHerHand(dt: number, around: Around): void {
    const { person, visitor } = around;
    if (person?.root.visible) person.landmark('palm_r', this.#palm).y += 0.05;
    else this.#palm.set(PICNIC.x + 0.3, 0.37, PICNIC.z + 0.4);
    this.object.position.lerp(this.#palm, this.#appearing.level < 0.1 ? 1 : Math.min(1, dt * 14));
    const yaw = Math.atan2(visitor.head.x - this.#palm.x, visitor.head.z - this.#palm.z);
    const tilt = person?.root.visible ? -0.5 : -1.45;
    this.#face.set(
      Math.sin(tilt / 2) * Math.cos(yaw / 2),
      Math.cos(tilt / 2) * Math.sin(yaw / 2),
      -Math.sin(tilt / 2) * Math.sin(yaw / 2),
      Math.cos(tilt / 2) * Math.cos(yaw / 2),
    );
    this.object.quaternion.slerp(this.#face, Math.min(1, dt * 8));
  }
}
