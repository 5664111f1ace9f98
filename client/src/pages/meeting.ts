// Events, sound and time come in; the place, the person and what is heard go out, the same for a visitor, a spectator and a keepsake.
import { PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import { HeardSound, SilentSound, type Sound } from '../sound/sound';
import { WorldSoFar } from '../wire/sofar';
import type { SoundChunk } from '../wire/source';
import type { Cue, Event } from '../wire/types.gen';
import type { Visitor } from '../wire/visitor';
import type { Act } from '../wire/world';
import { Captions } from './captions';
import { Panel } from './panel';
import { type Body, type FamilyThings, openBody, openPlace, type Place } from './rooms';
import { Veil } from './veil';

const GO_FADE_S = 0.5;
const STOP_FADE_S = 1.5;
const WHERE_SHE_WOULD_STAND = new Vector3(0, 1.3, -1.6);

export interface MeetingTold {
  /** A clause was heard to its end; how long it is. */
  ended(clause: number, samples: number): void;
  /** The story brings the visitor to an anchor; the floor is moved now, behind a veil. */
  went(anchor: string): void;
}

export interface Opened {
  readonly place: boolean;
  readonly person: boolean;
}

export class MeetingView {
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(62, 1, 0.03, 400);
  readonly renderer: WebGLRenderer;
  readonly captions: Captions;
  readonly veil = new Veil();
  readonly panel = new Panel();
  place: Place | null = null;
  body: Body | null = null;
  sound: Sound | null = null;
  phase = 'doorway';
  beat = '';
  stopped = false;
  #world = new WorldSoFar();
  #goingTo = '';
  readonly #lengths = new Map<number, number>();
  readonly #mouth = new Vector3();
  readonly #chest = new Vector3();

  constructor(
    canvas: HTMLCanvasElement,
    name: string,
    private readonly told: MeetingTold,
  ) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, powerPreference: 'high-performance' });
    this.renderer.xr.enabled = true;
    this.captions = new Captions(name);
    this.scene.add(this.veil.mesh, this.panel.mesh);
    this.resize();
  }

  /** The place first, then the person: only after the visitor's own yes. What cannot be opened is left out, and told. */
  async open(query: string, step: (part: 'place' | 'person' | 'done') => void): Promise<Opened> {
    step('place');
    this.place = await openPlace(this.scene, this.renderer).catch(leftOut('place'));
    const family = await familyThings(query);
    this.place?.portraitSources(family);
    step('person');
    this.body = this.place && (await openBody(query, family.style, this.renderer).catch(leftOut('portrait')));
    if (this.body !== null) this.scene.add(this.body.root);
    for (const cue of this.#world.cues()) this.#again(cue); // what was cued before there was anything to cue
    step('done');
    return { place: this.place !== null, person: this.body !== null };
  }

  /** From something the visitor pressed, unless nothing is to be heard. */
  async openSound(silent: boolean): Promise<void> {
    const ended = (clause: number) => {
      this.body?.speechEnded(clause);
      this.told.ended(clause, this.#lengths.get(clause) ?? 0);
      this.#lengths.delete(clause);
    };
    this.sound = silent ? new SilentSound(ended) : await HeardSound.open(ended);
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.renderer.domElement;
    if (this.renderer.xr.isPresenting || width === 0 || height === 0) return;
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.fov = width < height ? 74 : 62;
    this.camera.updateProjectionMatrix();
  }

  event(event: Event): void {
    if (this.stopped && (event.type === 'SpeechStarted' || event.type === 'CueFired')) return; // it is quiet now, whatever comes late
    switch (event.type) {
      case 'Snapshot':
        this.#snapshot(event.cues);
        this.phase = event.phase;
        this.beat = event.beat;
        this.captions.show(event.captions);
        return;
      case 'BeatEntered':
        this.beat = event.beat;
        return;
      case 'CueFired':
        this.cue(event.cue);
        return;
      case 'SpeechStarted':
        this.#lengths.set(event.clause, event.samples);
        this.sound?.voice.begin(event.clause, event.samples);
        this.body?.speechStarted(event);
        if (event.text !== '') this.captions.person(event.text); // a part that goes on with its line has none
        return;
      case 'Hush':
        this.hush();
        return;
      case 'Heard':
        this.captions.visitor(event.text);
        return;
      case 'Listening':
        this.body?.listening(event.speaking, event.thinking);
        return;
      case 'PhaseChanged':
        this.phase = event.phase;
        if (event.phase === 'stopped') this.stop();
        return;
      case 'ControlDone':
        if (event.control === 'lower') this.sound?.voice.loudness(0.4, 1);
        if (event.control === 'raise') this.sound?.voice.loudness(0.9, 1);
    }
  }

  take(chunk: SoundChunk): void {
    if (this.stopped) return;
    this.sound?.take(chunk);
  }

  cue(cue: Cue): void {
    this.#world.take(cue);
    if (cue.kind === 'go') this.#go(cue.target);
    this.place?.cue(cue);
    if (this.place !== null) this.body?.cue(cue, this.place);
    this.sound?.cue(cue);
  }

  hush(): void {
    this.#lengths.clear();
    this.sound?.voice.hush();
    this.body?.hush();
  }

  /** She is still, all fades to a warm room, and no sound is left (S1). Works without a link. */
  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.hush();
    this.captions.clear();
    this.veil.draw(1, STOP_FADE_S);
    this.sound?.silence(STOP_FADE_S, true);
  }

  /** Move everything by `dt` seconds and return what the visitor did. Words and veil keep the wall's time, also where frames are slow. */
  update(dt: number, visitor: Visitor, wallS = dt): readonly Act[] {
    this.captions.update(wallS);
    const face = this.body?.root.visible ? this.body.landmark('mouth', this.#mouth) : null;
    this.panel.update(dt, visitor, this.captions.lines, face);
    this.veil.update(wallS, visitor.head);
    if (this.#goingTo !== '' && (this.veil.whole || (this.place?.veil ?? 0) > 0.9)) this.#arrive();
    if (this.stopped && this.veil.whole) {
      if (this.body !== null) this.body.root.visible = false;
      return [];
    }
    const { place, body, sound } = this;
    const heard = sound?.voice.heard(wallS) ?? null;
    if (heard !== null) body?.speechAt(heard.clause, heard.sample);
    if (place === null) {
      this.#hear(dt, visitor);
      return [];
    }
    const ofPlace = place.update(dt, visitor, body);
    const ofBody = this.stopped ? [] : (body?.update(dt, visitor, place, this.camera) ?? []);
    this.#hear(dt, visitor);
    const acts = ofBody.length === 0 ? ofPlace : [...ofPlace, ...ofBody];
    for (const act of acts) sound?.acted(act.act);
    return acts;
  }

  render(): void {
    this.renderer.render(this.scene, this.camera);
  }

  /** Put the world as it stood at another time: what is too much is put away, then everything is cued anew. */
  rebuild(cues: readonly Cue[]): void {
    const before = this.#world;
    this.#world = new WorldSoFar();
    for (const cue of cues) this.#world.take(cue);
    this.hush();
    this.captions.clear();
    this.body?.settle();
    for (const cue of this.#world.from(before)) this.#again(cue);
  }

  #snapshot(cues: readonly Cue[]): void {
    const known = new Set(this.#world.cues().map((cue) => JSON.stringify(cue)));
    for (const cue of cues) {
      if (known.has(JSON.stringify(cue))) continue;
      this.#world.take(cue);
      this.#again(cue);
    }
  }

  /** Cued before: it is so already, and does not fade in. */
  #again(past: Cue): void {
    const cue = 'fade_s' in past.args ? { ...past, args: { ...past.args, fade_s: 0 } } : past;
    if (cue.kind === 'go') this.told.went(cue.target);
    this.place?.cue(cue);
    if (this.place !== null) this.body?.cue(cue, this.place);
    this.sound?.cue(cue);
  }

  #go(anchor: string): void {
    this.#goingTo = anchor;
    if ((this.place?.veil ?? 0) > 0.9 || this.beat === '') this.#arrive();
    else if (this.place !== null) this.veil.draw(1, GO_FADE_S);
  }

  #arrive(): void {
    const anchor = this.#goingTo;
    this.#goingTo = '';
    this.told.went(anchor);
    if (!this.stopped && this.place !== null) this.veil.draw(0, GO_FADE_S * 2);
  }

  #hear(dt: number, visitor: Visitor): void {
    const { body, sound } = this;
    if (sound === null) return;
    // also from behind the tree, before she is seen; without a body from where she would stand
    const mouth = body?.landmark('mouth', this.#mouth) ?? this.#mouth.copy(WHERE_SHE_WOULD_STAND);
    const near = body?.root.visible ? body.landmark('chest', this.#chest).distanceTo(visitor.head) : Number.POSITIVE_INFINITY;
    sound.update(dt, visitor, mouth, near);
  }
}

/** `query` says on whose behalf they are asked for, as with the likeness. */
async function familyThings(query: string): Promise<FamilyThings> {
  const answer = await fetch(`/api/things${query}`);
  if (!answer.ok) return { things: [], candles: 5, style: 'portrait' };
  const found = (await answer.json()) as { letter: string | null; style?: string } & Pick<FamilyThings, 'things' | 'candles'>;
  const things = found.things.map((thing) => (thing.image ? { ...thing, image: thing.image + query } : thing));
  return { things, candles: found.candles, style: found.style ?? 'portrait', ...(found.letter ? { letter: found.letter + query } : {}) };
}

function leftOut(what: string): (error: unknown) => null {
  return (error) => {
    console.warn(`the ${what} could not be opened`, error);
    return null;
  };
}
