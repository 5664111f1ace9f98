// The visitor's yes comes in; the place is made ready, they enter, and a whole meeting up to the quiet words after it goes out.
import { Quaternion, Vector3 } from 'three';
import type { Microphone } from '../sound/microphone';
import type { Clock } from '../wire/clock';
import { browserTimers, type Socket } from '../wire/socket';
import type { LinkState, SoundChunk } from '../wire/source';
import type { Doorway, Event } from '../wire/types.gen';
import { Visitor } from '../wire/visitor';
import type { Act } from '../wire/world';
import { Battery } from '../xr/battery';
import { ScreenBody } from '../xr/body';
import { Rig } from '../xr/comfort';
import { HandsView } from '../xr/hands';
import { ReachingHands } from '../xr/reach';
import { Screen } from '../xr/screen';
import { enterHeadset, whenTakenOff } from '../xr/session';
import { StopWishes } from '../xr/stopping';
import { Tracking } from '../xr/tracking';
import { closing, whoIsThere } from './closing';
import { element } from './element';
import { LocalFarewell } from './farewell';
import { MeetingView } from './meeting';
import { Noticing } from './noticing';
import { VisitorVoice } from './voiced';
import { ScreenWords } from './words';

const MOVED_EVERY_S = 0.1;
const HEALTH_EVERY_S = 2;
const LONGEST_FRAME_S = 0.1;
const AFTER_STOP_S = 6;
const LOW_FACE_M = 1.5;
const STEEP = 0.55; // this near and this far below, a face is out of sight
const OPEN_PHASES = new Set(['ready', 'running', 'held', 'calm']);
const LOW_ANCHORS = new Set(['picnic', 'bed']);

export interface Choices {
  readonly said: Doorway;
  readonly name: string;
  readonly microphone: Microphone | null;
  /** Time is led from outside, and nothing is heard. */
  readonly manual: boolean;
}

export type HowEnded = 'farewell' | 'stop' | 'link_lost' | 'not_ready' | 'elsewhere' | 'closed';

export class Visit {
  readonly view: MeetingView;
  readonly visitor = new Visitor();
  readonly rig = new Rig();
  readonly #hands = new HandsView();
  readonly #tracking: Tracking;
  readonly #body: ScreenBody;
  readonly #reach = new ReachingHands();
  readonly #noticing = new Noticing();
  readonly #stopWishes = new StopWishes();
  readonly #battery = new Battery();
  readonly #stage: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #words: ScreenWords;
  readonly #voice: VisitorVoice;
  readonly #other = new Vector3();
  readonly #chest = new Vector3();
  #screen: Screen | null = null;
  #session: XRSession | null = null;
  #farewell: LocalFarewell | null = null;
  #meeting = '';
  ended: HowEnded | null = null;
  #sinceEndS = 0;
  #movedS = 0;
  #healthS = 0;
  #frames = 0;
  #over = false;
  #owedStop = ''; // asked for while the link was down
  #whenReady: (() => void) | null = null;
  /** A test holds the head or a hand itself. */
  readonly held = { head: false, left: false, right: false };

  constructor(
    private readonly at: HTMLElement,
    private readonly socket: Socket,
    private readonly clock: Clock,
    private readonly choices: Choices,
  ) {
    this.#stage = element('div', { class: 'meeting' });
    this.#canvas = document.createElement('canvas');
    this.#stage.append(this.#canvas);
    this.#stage.hidden = true;
    document.body.append(this.#stage);
    this.view = new MeetingView(this.#canvas, choices.name, {
      ended: (clause, samples) => this.socket.send({ type: 'Played', clause, samples, finished: true }),
      went: (anchor) => this.#went(anchor),
    });
    this.#voice = new VisitorVoice(choices.microphone, socket, this.view.captions);
    this.#words = new ScreenWords(this.#stage, this.view.captions, choices.name, {
      say: (text) => this.say(text),
      stop: () => this.stop('button'),
      reach: (what) => this.#screen?.reach(what),
      step: (on) => this.#screen?.step(on),
      use: () => this.use('use'),
    });
    this.#body = new ScreenBody(choices.said.seated === true);
    this.#tracking = new Tracking(this.visitor, this.rig);
    this.visitor.seated = choices.said.seated === true;
    this.rig.group.add(this.view.camera);
    this.view.scene.add(this.rig.group, this.#hands.group);
    this.view.captions.show(choices.said.captions !== false);
  }

  event(event: Event): void {
    if (event.type === 'Snapshot') {
      if (this.#meeting !== '' && event.meeting !== this.#meeting && this.#entered) {
        this.#end('link_lost');
        return;
      }
      this.#meeting = event.meeting;
    }
    this.view.event(event);
    if (event.type === 'BeatEntered') this.#noticing.beat();
    if (event.type === 'ControlDone' && event.control === 'recentre') this.#place(this.rig.spot);
    if (OPEN_PHASES.has(this.view.phase)) this.#whenReady?.();
    if ((event.type === 'PhaseChanged' || event.type === 'Snapshot') && event.phase === 'stopped') this.#end('stop');
    if (event.type === 'MeetingEnded') this.#end(event.how as HowEnded);
  }

  sound(chunk: SoundChunk): void {
    this.view.take(chunk);
  }

  link(state: LinkState): void {
    if (state.kind === 'open' && this.#entered) this.view.hush(); // what was half heard is not waited for
    if (state.kind === 'open' && this.#owedStop !== '' && this.socket.send({ type: 'StopAsked', how: this.#owedStop })) this.#owedStop = '';
    if (state.kind === 'closed') this.#end(state.code === 4003 ? 'not_ready' : state.code === 4009 ? 'elsewhere' : 'link_lost');
  }

  /** Resolves when the server took the visitor's yes. */
  accepted(): Promise<void> {
    return new Promise((resolve) => {
      if (OPEN_PHASES.has(this.view.phase) && this.#meeting !== '') resolve();
      this.#whenReady = resolve;
    });
  }

  /** From something the visitor pressed. `headset`: in VR, else on this screen. */
  async enter(headset: boolean): Promise<void> {
    this.at.replaceChildren();
    this.#stage.hidden = false;
    document.body.classList.add('inside');
    this.view.veil.draw(1, 0);
    try {
      if (headset) await this.#enterHeadset();
      await this.view.openSound(this.choices.manual);
    } catch (error) {
      this.#outside();
      throw error;
    }
    if (!headset) this.#enterScreen();
    this.view.resize();
    window.addEventListener('resize', () => this.view.resize());
    this.#voice.begin(() => this.view.sound?.voice.level() ?? 0, this.visitor.immersive);
    this.#entered = true;
    this.socket.send({ type: 'Acted', act: 'entered' });
  }

  #entered = false;

  async #enterHeadset(): Promise<void> {
    const session = await enterHeadset(this.view.renderer);
    this.#session = session;
    this.visitor.immersive = true;
    whenTakenOff(session, browserTimers.after, () => {
      if (!this.#entered) return;
      if (this.ended === null) this.socket.send({ type: 'Acted', act: 'headset_off' });
      this.#end(this.view.beat === 'return' ? 'farewell' : 'stop');
      browserTimers.after(AFTER_STOP_S, () => this.#finish()); // the words after it are read on the screen
    });
  }

  /** As it was before they entered. */
  #outside(): void {
    this.visitor.immersive = false;
    this.#session = null;
    this.#stage.hidden = true;
    document.body.classList.remove('inside');
  }

  #enterScreen(): void {
    this.#words.show();
    this.#screen = new Screen(this.#canvas, {
      stop: (how) => this.stop(how),
      talk: () => this.#words.talk(),
      use: (kind) => this.use(kind),
      later: () => this.#acted([{ act: 'declined', target: '' }]),
      lower: () => this.#body.kneelOrRise(),
      reach: (what) => {
        this.#reach.reaching = what;
        this.#words.reaching(what);
      },
      look: (yaw, nod) => this.#body.look(yaw, nod),
    });
  }

  // --- every frame ------------------------------------------------------------------------------------------------------

  /** `frame` is the headset's. */
  advance(dtS: number, frame: XRFrame | null): void {
    const dt = Math.min(dtS, LONGEST_FRAME_S);
    this.#see(dt, frame);
    this.#hands.update(this.visitor);
    for (const { cues, words } of this.#farewell?.advance(dtS) ?? []) {
      for (const cue of cues) this.view.cue(cue);
      if (words) this.view.captions.place(words, 14);
    }
    const acts = this.view.update(dt, this.visitor, dtS);
    if (this.ended === null) {
      this.#acted(acts);
      this.#notice(dt);
      const how = this.#stopWishes.update(dt, this.visitor, this.#session);
      if (how !== null) this.stop(how);
      this.#report(dt);
    } else this.#close(dtS);
    if (!this.visitor.immersive) this.#words.update(this.#hints(), this.view.stopped, this.distanceM());
  }

  render(): void {
    this.view.render();
  }

  #hints(): readonly string[] {
    const hints = this.view.place?.hints() ?? [];
    const near = this.distanceM();
    const low = near > 0 && near < LOW_FACE_M && !this.#body.lowered && -this.#chest.y > near * STEEP;
    return low ? [...hints, 'G: kneel'] : hints;
  }

  #see(dt: number, frame: XRFrame | null): void {
    const { xr } = this.view.renderer;
    const space = xr.getReferenceSpace();
    if (frame !== null && space !== null && this.#session !== null) {
      this.#tracking.read(frame, space, this.#session.inputSources);
      return;
    }
    if (this.visitor.immersive) return;
    if (!this.held.head) this.#stand(dt);
    this.view.camera.position.copy(this.rig.group.worldToLocal(this.#other.copy(this.visitor.head)));
    this.view.camera.quaternion.copy(this.rig.group.quaternion).invert().multiply(this.visitor.quaternion);
    const { body } = this.view;
    if (!this.held.left && !this.held.right && !this.#reach.update(dt, this.visitor, body?.root.visible ? body : null))
      this.#screen?.release();
  }

  #stand(dt: number): void {
    const body = this.view.body;
    const there = body?.root.visible ? this.rig.group.worldToLocal(this.#other.copy(body.root.position)) : null;
    this.#body.update(dt, this.#screen?.going ?? STILL, there);
    if (body?.root.visible) this.#body.attend(dt, this.rig.group.worldToLocal(body.landmark('brow', this.#chest)));
    if (this.#reach.reaching === 'hug' && there !== null) this.#body.lean(dt, there);
    this.rig.toPlace(this.visitor.head.copy(this.#body.head));
    this.rig.turnToPlace(this.visitor.quaternion.copy(this.#body.turn));
    this.visitor.headSet();
  }

  #notice(dt: number): void {
    const { place, body, veil, phase } = this.view;
    if (place === null || phase !== 'running') return;
    this.#acted(this.#noticing.update(dt, this.visitor, place, body, Math.max(place.veil, veil.amount)));
  }

  #report(dt: number): void {
    this.#movedS += dt;
    this.#healthS += dt;
    this.#frames += 1;
    if (this.#movedS >= MOVED_EVERY_S - 1e-6) {
      this.#movedS = 0;
      this.socket.send(this.visitor.moved(this.distanceM()));
    }
    if (this.#healthS >= HEALTH_EVERY_S) {
      this.socket.send({
        type: 'Health',
        fps: Math.round(this.#frames / this.#healthS),
        battery: this.#battery.level,
        mic_level: this.#voice.level,
        microphone: this.#voice.on,
        immersive: this.visitor.immersive,
      });
      this.#healthS = 0;
      this.#frames = 0;
    }
  }

  /** From the visitor's eyes to her, along the ground; 0 while she is not there. */
  distanceM(): number {
    const body = this.view.body;
    if (!body?.root.visible) return 0;
    body.landmark('chest', this.#chest).sub(this.visitor.head);
    return Math.hypot(this.#chest.x, this.#chest.z);
  }

  // --- what the visitor does --------------------------------------------------------------------------------------------

  say(text: string): void {
    if (text.trim() !== '') this.socket.send({ type: 'Typed', text: text.trim() });
  }

  use(kind: 'point' | 'use'): void {
    this.#acted(this.view.place?.interact(kind, this.visitor) ?? []);
  }

  act(act: string, target = ''): void {
    this.#acted([{ act, target }]);
  }

  /** At once and without waiting for anybody (S1). */
  stop(how: string): void {
    if (this.ended !== null) return;
    if (!this.socket.send({ type: 'StopAsked', how })) this.#owedStop = how;
    this.#end('stop');
  }

  #acted(acts: readonly Act[]): void {
    for (const act of acts) {
      this.socket.send({ type: 'Acted', act: act.act, target: act.target });
      if (act.act === 'hug_done') this.#screen?.release();
    }
  }

  #went(anchor: string): void {
    const place = this.view.place;
    if (place === null) return;
    this.#body.centre();
    this.#screen?.release();
    this.#body.lowered = LOW_ANCHORS.has(anchor);
    this.#place(place.anchor(anchor).visitor);
    this.#noticing.went(anchor);
  }

  #place(spot: { readonly position: Vector3; readonly yaw: number }): void {
    if (this.visitor.immersive) this.rig.place(spot, this.#tracking.localHead, this.#tracking.localTurn);
    else this.rig.place(spot, this.#body.head, new Quaternion(), 0);
  }

  // --- the end ----------------------------------------------------------------------------------------------------------

  #end(how: HowEnded): void {
    if (this.ended !== null) return;
    this.ended = how;
    this.#voice.close();
    if (!this.#entered || how === 'elsewhere' || how === 'not_ready') {
      this.#finish();
      return;
    }
    if (how === 'link_lost') {
      this.view.hush();
      this.#farewell = new LocalFarewell();
    } else if (how === 'stop') {
      this.view.stop();
      this.view.captions.place(`You have stopped. That is quite all right. ${whoIsThere(this.choices.said.beside_them ?? '')}`, 60);
    } else {
      this.view.veil.draw(1, 3);
      this.view.sound?.silence(4, true);
    }
  }

  /** In a headset the warm room stays until it is taken off; on a screen words follow. */
  #close(dt: number): void {
    this.#sinceEndS += dt;
    if (this.#over) return;
    const waited = this.#farewell !== null ? this.#farewell.over : this.#sinceEndS > (this.ended === 'stop' ? AFTER_STOP_S : 4);
    if (waited && !this.visitor.immersive) this.#finish();
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#screen?.close();
    this.socket.close();
    void this.view.sound?.close();
    void this.#session?.end().catch(() => undefined);
    this.view.renderer.setAnimationLoop(null);
    this.#outside();
    this.at.replaceChildren(closing(this.ended ?? 'closed', this.choices.said.beside_them ?? ''));
  }

  /** Run by the wall's time, from now on. */
  run(): void {
    let before = this.clock.now();
    this.view.renderer.setAnimationLoop((_time, frame) => {
      const now = this.clock.now();
      this.advance(now - before, frame ?? null);
      before = now;
      if (!this.#over) this.render();
    });
  }
}

const STILL = { forward: 0, right: 0, turn: 0, nod: 0 };
