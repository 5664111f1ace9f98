// Cues, words on their sample axis and the visitor come in; somebody who walks, looks, speaks, holds a hand and hugs goes out.
import { type Camera, Group, type Object3D, Vector3, type WebGLRenderer } from 'three';
import { Chance } from '../wire/chance';
import type { Cue, SpeechStarted } from '../wire/types.gen';
import type { Act, PersonView, StageView, VisitorState } from '../wire/world';
import { Being } from './being';
import { BodyPlayer } from './body';
import { Breath } from './breath';
import { Caresses } from './caress';
import { Face } from './face';
import { Feet } from './feet';
import { Gaze } from './gaze';
import { Hold } from './hold';
import { Hug } from './hug';
import { type Loaded, load } from './load';
import { Mouth } from './mouth';
import { picturesMb } from './pictures';
import { clamp, toward } from './turns';
import { CHILD_MANNER, OLD_MANNER, Walk } from './walk';

const SEED = 7;
const STEP_S = 0.1; // a longer frame is taken in parts, so that nothing springs
const HUG_MEANT_S = 0.3;
const FOLLOW_M = 0.012; // over the ground: a hand that leads her farther than her arm is at ease takes her along
const FOLLOW = new Vector3();
/** While these are made, the eyes go along with the hands or shut. */
const BUSY: Readonly<Record<string, number>> = {
  yawn: 0.1,
  rub_eyes: 0.05,
  blow_candles: 0.2,
  eat: 0.4,
  drink: 0.3,
  laugh: 0.75,
  peek: 0.6,
  draw: 0.3,
};
const HAND_GESTURES = new Set(['hold_hand', 'open_arms']);

export class PersonBody implements PersonView {
  readonly root = new Group();
  readonly #walk: Walk;
  readonly #body: BodyPlayer;
  readonly #feet: Feet;
  readonly #being: Being;
  readonly #mouth: Mouth;
  readonly #face: Face;
  readonly #gaze: Gaze;
  readonly #hug: Hug;
  readonly #hold: Hold;
  readonly #caresses: Caresses;
  readonly #breath: Breath;
  readonly #acts: Act[] = [];
  readonly #picturesMb: number;
  readonly #clauses = new Map<number, SpeechStarted>();
  #offer = 'none';
  #said = -1;
  #hugMeantS = 0;
  #listenS = 0;
  #heard = false;
  #busy = 1;

  constructor(private readonly loaded: Loaded) {
    const { rig, clips } = loaded;
    const chance = new Chance(SEED);
    this.root.add(loaded.scene);
    this.root.visible = false;
    this.root.name = 'person';
    this.#body = new BodyPlayer(rig, clips, chance);
    const manner = rig.about.is_child ? CHILD_MANNER : OLD_MANNER;
    this.#walk = new Walk(manner(this.#body.walkSpeed, this.#body.runSpeed));
    this.#feet = new Feet(rig);
    this.#being = new Being(rig, this.#walk, this.#body, this.#feet);
    this.#mouth = new Mouth(loaded.mouths);
    this.#face = new Face(loaded.faces, this.#mouth, chance);
    this.#gaze = new Gaze(rig, this.#face, chance);
    this.#hug = new Hug(rig);
    this.#hold = new Hold(rig);
    this.#caresses = new Caresses(rig);
    this.#breath = new Breath(rig);
    this.#picturesMb = picturesMb(loaded.scene);
  }

  static async load(vrmUrl: string, motionUrl: string, style = 'portrait', renderer?: WebGLRenderer): Promise<PersonBody> {
    return new PersonBody(await load(vrmUrl, motionUrl, style, renderer));
  }

  get heightM(): number {
    return this.loaded.rig.about.height_m;
  }

  joint(name: string): Object3D | null {
    return this.loaded.rig.find(name);
  }

  landmark(name: string, into: Vector3): Vector3 {
    return this.loaded.rig.landmark(name, into);
  }

  /** What is cued next has been so for a while: nothing walks there, it is there. */
  settle(): void {
    this.#being.settle();
    this.#hug.drop();
    this.#hold.drop();
    this.#gaze.snap();
    this.loaded.sway?.settle();
  }

  // --- the story --------------------------------------------------------------------------------------------------------

  cue(cue: Cue, stage: StageView): void {
    const { target } = cue;
    if (cue.kind === 'be') this.#be(cue, stage);
    else if (cue.kind === 'act') this.#gesture(target);
    else if (cue.kind === 'look') this.#look(target);
    else if (cue.kind === 'face') this.#face.mood(target, Number(cue.args['weight'] ?? 0.8), Number(cue.args['fade_s'] ?? 0.6));
    else if (cue.kind === 'offer') this.#offers(target || 'none');
  }

  #be(cue: Cue, stage: StageView): void {
    this.#being.cue(cue, stage);
    this.root.visible = this.#being.visible;
    this.#face.shutEyes = this.#being.now === 'sleep' || this.#gaze.wish === 'closed';
    if (!this.root.visible) this.#hug.drop();
    if (cue.target === 'hidden' || !this.#placed) this.#place(0, stage);
  }

  #placed = false;

  #look(target: string): void {
    this.#gaze.look(target);
    this.#face.shutEyes = target === 'closed' || this.#being.now === 'sleep';
  }

  #gesture(name: string): void {
    if (name === 'nod' && !this.#body.act('nod')) this.#gaze.nod(0.14);
    else if (name !== '' && !this.#hug.on) this.#body.act(name);
  }

  #offers(what: string): void {
    this.#offer = what;
    this.#hold.offered = what === 'hand';
    if (what === 'none') this.#hold.letGo();
    const clip = what === 'hand' ? 'hold_hand' : what === 'hug' ? 'open_arms' : null;
    if (clip !== null) this.#body.act(clip);
    else if (this.#handsOut) this.#body.calm();
  }

  get #handsOut(): boolean {
    return this.#body.gesture !== null && HAND_GESTURES.has(this.#body.gesture.name);
  }

  // --- words ------------------------------------------------------------------------------------------------------------

  speechStarted(event: SpeechStarted): void {
    this.#clauses.set(event.clause, event);
    this.#mouth.begin(event.clause, event.visemes, event.samples, event.rate_hz);
    if (!this.#mouth.speaking) this.#breath.draw(); // heard a moment before the word
  }

  speechAt(clause: number, sample: number): void {
    this.#mouth.heard(clause, sample);
    if (clause === this.#said) return;
    this.#said = clause;
    const event = this.#clauses.get(clause);
    if (event === undefined) return;
    this.#face.speak(event.expression);
    if (event.gesture !== '') this.#gesture(event.gesture);
  }

  speechEnded(clause: number): void {
    this.#mouth.end(clause);
    this.#clauses.delete(clause);
    this.#face.blink();
  }

  hush(): void {
    this.#mouth.hush();
    this.#clauses.clear();
  }

  /** The visitor's voice begins, pauses, or an answer is being thought of: she shows at once that she has heard. */
  listening(speaking: boolean, thinking: boolean): void {
    const ended = this.#heard && !speaking;
    if (ended && this.#listenS > 1.2) this.#gaze.nod(0.09);
    if (ended || (thinking && this.#gaze.manner !== 'thinking')) {
      this.#gaze.meet();
      this.#face.heard();
      this.#breath.draw(0.7);
    }
    if (speaking && !this.#heard) {
      this.#listenS = 0;
      this.#gaze.meet();
      this.#face.heard();
    }
    this.#heard = speaking;
    this.#breath.listening = speaking;
    this.#gaze.manner = speaking ? 'listening' : thinking ? 'thinking' : 'waiting';
  }

  // --- every frame ------------------------------------------------------------------------------------------------------

  /** What was done to her is returned; good until the next call. */
  update(dt: number, visitor: VisitorState, stage: StageView, _camera: Camera): readonly Act[] {
    this.#acts.length = 0;
    for (let left = dt; left > 1e-6; left -= STEP_S) this.#step(Math.min(left, STEP_S), visitor, stage);
    return this.#acts;
  }

  #step(dt: number, visitor: VisitorState, stage: StageView): void {
    if (!this.root.visible) {
      this.#being.update(dt, visitor, stage, false);
      this.#mouth.update(dt);
      return;
    }
    if (this.#heard) this.#listenS += dt;
    this.#being.update(dt, visitor, stage, this.#touching);
    this.#meantHug(dt, visitor);
    this.#paceHug(dt, visitor);
    this.#place(dt, stage);
    this.#feetOn(dt);
    this.#breath.update(dt, this.#being.now === 'sleep' ? 0 : 1 - this.#hug.share);
    if (this.#hug.on) this.#hug.pose(dt, visitor);
    this.#hands(dt, visitor);
    this.#heads(dt, visitor, stage);
    const body = this.#body;
    this.#mouth.update(dt);
    this.#face.update(dt, body.base, body.baseS, body.gesture, body.gestureS, body.gestureWeight);
    this.loaded.sway?.update(dt);
  }

  get #touching(): boolean {
    return this.#hug.on || this.#hold.active || this.#caresses.now.side !== 0 || this.#caresses.now.dear;
  }

  #place(dt: number, stage: StageView): void {
    const walk = this.#walk;
    this.#placed = true;
    walk.update(dt, this.#body.gait, !this.#hug.on && (this.#body.posture !== 'stand' || this.#body.base.starts !== 'stand'));
    this.#body.update(dt);
    this.root.position.set(walk.position.x, this.#being.stand(dt, stage), walk.position.z);
    this.root.rotation.set(0, walk.yaw, 0);
    this.root.updateMatrixWorld(true);
  }

  #feetOn(dt: number): void {
    const { gait } = this.#body;
    const striding = gait.weight > 0.5; // below that the clip under it says which feet carry
    const upright = this.#body.posture === 'stand' && this.#body.base.ends === 'stand';
    const { velocity, yaw } = this.#walk;
    this.#feet.update(dt, yaw, this.#carries, striding, upright || striding, velocity.x, velocity.z);
  }

  readonly #carries = (foot: 0 | 1): boolean => this.#body.carries(foot);

  #meantHug(dt: number, visitor: VisitorState): void {
    const may = !this.#hug.on && this.#walk.resting && (this.#being.upright || this.#body.posture === 'sit');
    this.#hugMeantS = may && this.#hug.meant(visitor, this.#offer === 'hug') ? this.#hugMeantS + dt : 0;
    if (this.#hugMeantS < HUG_MEANT_S) return;
    this.#hugMeantS = 0;
    this.#hold.letGo();
    this.#hug.ask();
    visitor.left?.pulse(0.25, 0.2);
    visitor.right?.pulse(0.25, 0.2);
  }

  #paceHug(dt: number, visitor: VisitorState): void {
    if (!this.#hug.on) return;
    const standing = this.#body.posture === 'stand';
    const low = standing && this.#hug.lower(visitor);
    if (low) this.#body.take('kneel');
    const ready = !low && !this.#body.changing;
    if (this.#handsOut) this.#body.calm();
    const over = this.#hug.pace(dt, visitor, ready);
    if (standing) this.#hug.step(dt, this.#walk);
    if (!over) return;
    this.#offer = 'none';
    if (this.#body.posture === 'kneel') this.#body.take('stand');
    this.#acts.push({ act: 'hug_done', target: '' });
  }

  #hands(dt: number, visitor: VisitorState): void {
    const { hand } = this.#caresses.now; // one that is on her hair is not held, and not reached for
    const stroked = hand !== null && (this.#hold.held ?? hand) === hand;
    const able = !stroked && this.#hug.share < 0.05 && this.#body.gait.run < 0.3;
    this.#hold.asleep = this.#being.now === 'sleep';
    const held = this.#hold.update(dt, visitor, able);
    const pull = this.#hold.pull.setY(0);
    if (this.#hold.holding && pull.length() > FOLLOW_M && this.#being.upright && !this.#walk.sent) {
      this.#walk.shuffle(FOLLOW.copy(this.#walk.position).addScaledVector(pull.clampLength(0, 0.08), 1.4));
    }
    if (held === 'taken') this.#acts.push({ act: 'hand_taken', target: '' });
    if (held === 'released') this.#acts.push({ act: 'hand_released', target: '' });
  }

  #heads(dt: number, visitor: VisitorState, stage: StageView): void {
    const caress = this.#caresses.update(dt, visitor);
    if (caress.stroked && !this.#hug.on) this.#acts.push({ act: 'hair_stroked', target: '' });
    if (caress.kissed && !this.#hug.on) this.#acts.push({ act: 'kissed_brow', target: '' });
    const asleep = this.#being.now === 'sleep';
    const holding = this.#hug.share > 0.5;
    const shut = asleep || this.#gaze.wish === 'closed' || holding || caress.dear;
    this.#face.shutEyes = shut;
    const gesture = this.#body.gesture;
    const busy = gesture === null ? 1 : 1 - this.#body.gestureWeight * (1 - (BUSY[gesture.name] ?? 1));
    const wanted = asleep ? 0 : Math.min(busy, 1 - 0.85 * this.#hug.share, this.#gaze.wish === 'closed' ? 0.35 : 1);
    this.#busy = toward(this.#busy, wanted, 5, dt);
    this.#gaze.weight = clamp(this.#busy, 0, 1);
    this.#gaze.tender = this.#hold.holding || this.#offer === 'hug' || this.#being.now === 'come_in' || this.#being.now === 'lie';
    if (this.#mouth.speaking && this.#gaze.manner === 'waiting') this.#gaze.manner = 'speaking';
    else if (!this.#mouth.speaking && this.#gaze.manner === 'speaking') this.#gaze.manner = 'waiting';
    this.#gaze.lean(asleep || this.#hug.on ? 0 : caress.side * 0.14);
    this.#gaze.update(dt, visitor, stage);
  }

  /** How things stand with her, for tests, films and the console. */
  measure(): Readonly<Record<string, unknown>> {
    const { gait } = this.#body;
    return {
      being: this.#being.now,
      posture: this.#body.posture,
      changing: this.#body.changing,
      clip: this.#body.base.name,
      gesture: this.#body.gesture?.name ?? null,
      speed: gait.speed,
      yaw: this.#walk.yaw,
      resting: this.#walk.resting,
      feetSlideM: this.#feet.slideM,
      feetDriftM: this.#feet.driftM,
      feetSkidM: this.#feet.skidM,
      hug: this.#hug.state,
      hugShare: this.#hug.share,
      hugDepthM: this.#hug.depthM,
      holding: this.#hold.holding,
      palmApartM: this.#hold.apartM,
      gazeMissRad: this.#gaze.missRad,
      meets: this.#gaze.meets,
      blinks: this.#face.blinks,
      speaking: this.#mouth.speaking,
      jaw: this.#face.weight('jawOpen'),
      lipsShut: this.#mouth.shut,
      lids: this.#face.weight('eyeBlinkLeft'),
      brows: this.#face.weight('browInnerUp'),
      breath: this.#breath.full,
      offer: this.#offer,
      picturesMb: this.#picturesMb,
    };
  }
}
