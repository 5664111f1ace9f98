// All that is heard, in one place: her voice at her mouth, the place around, and small answers to what the visitor does.
import { Vector3 } from 'three';
import type { SoundChunk } from '../wire/source';
import type { Cue } from '../wire/types.gen';
import type { VisitorState } from '../wire/world';
import { Ambience, AmbienceState } from './ambience';
import { keepAwake } from './awake';
import { Playback } from './playback';
import type { Effect } from './synth';
import { VirtualVoice, type Voice } from './voice';

export const RATE_HZ = 24000;

/** Which small sound answers which act. */
const EFFECTS: Readonly<Record<string, Effect>> = {
  candle_lit: 'match',
  candles_out: 'puff',
  bubble_popped: 'pop',
  ball_thrown: 'throw',
  blanket_pulled: 'rustle',
  tucked_in: 'rustle',
  taken: 'rustle',
  bite: 'taste',
  hand_taken: 'touch',
};

export interface Sound {
  readonly voice: Voice;
  readonly state: AmbienceState;
  cue(cue: Cue): void;
  acted(act: string): void;
  take(chunk: SoundChunk): void;
  /** Every frame: where the ears and the mouth are, and how near the two are to each other. */
  update(dt: number, visitor: VisitorState, mouth: Vector3 | null, nearM: number): void;
  /** The place falls silent; her voice too when `all`. */
  silence(seconds: number, all: boolean): void;
  close(): Promise<void>;
}

/** What a browser plays. Open it from something the visitor pressed. */
export class HeardSound implements Sound {
  readonly #up = new Vector3();

  private constructor(
    private readonly context: AudioContext,
    readonly voice: Playback,
    private readonly ambience: Ambience,
    private readonly sleep: () => void,
  ) {}

  static async open(ended: (clause: number) => void): Promise<HeardSound> {
    const context = new AudioContext({ sampleRate: RATE_HZ, latencyHint: 'interactive' });
    const voice = await Playback.open(context, ended);
    const limiter = new DynamicsCompressorNode(context, { threshold: -10, ratio: 6, attack: 0.005, release: 0.2 });
    limiter.connect(context.destination);
    const ambience = new Ambience(context, limiter);
    await context.resume();
    return new HeardSound(context, voice, ambience, keepAwake(context));
  }

  get state(): AmbienceState {
    return this.ambience.state;
  }

  cue(cue: Cue): void {
    this.ambience.cue(cue);
  }

  acted(act: string): void {
    const kind = EFFECTS[act];
    if (kind !== undefined) this.ambience.effect(kind);
  }

  take(chunk: SoundChunk): void {
    this.voice.take(chunk);
  }

  update(_dt: number, visitor: VisitorState, mouth: Vector3 | null, nearM: number): void {
    const { listener } = this.context;
    this.#up.set(0, 1, 0).applyQuaternion(visitor.quaternion);
    if (listener.positionX === undefined) {
      // older Firefox has only the two calls
      listener.setPosition(visitor.head.x, visitor.head.y, visitor.head.z);
      listener.setOrientation(visitor.gaze.x, visitor.gaze.y, visitor.gaze.z, this.#up.x, this.#up.y, this.#up.z);
    } else {
      place(listener.positionX, listener.positionY, listener.positionZ, visitor.head);
      place(listener.forwardX, listener.forwardY, listener.forwardZ, visitor.gaze);
      place(listener.upX, listener.upY, listener.upZ, this.#up);
    }
    const { panner } = this.voice;
    if (mouth !== null) place(panner.positionX, panner.positionY, panner.positionZ, mouth);
    this.ambience.update(nearM);
  }

  silence(seconds: number, all: boolean): void {
    this.ambience.silence(seconds);
    if (all) this.voice.hush();
  }

  async close(): Promise<void> {
    this.sleep();
    if (this.context.state !== 'closed') await this.context.close();
  }
}

/** Nothing is heard, everything is kept: for clocks led by a test. */
export class SilentSound implements Sound {
  readonly state = new AmbienceState();
  readonly voice: VirtualVoice;
  readonly effects: string[] = [];

  constructor(ended: (clause: number) => void) {
    this.voice = new VirtualVoice(RATE_HZ, ended);
  }

  cue(cue: Cue): void {
    this.state.cue(cue);
  }

  acted(act: string): void {
    if (act in EFFECTS) this.effects.push(act);
  }

  take(chunk: SoundChunk): void {
    this.voice.take(chunk);
  }

  update(dt: number): void {
    this.voice.advance(dt);
  }

  silence(_seconds: number, all: boolean): void {
    this.state.gain = 0;
    this.state.music = '';
    if (all) this.voice.hush();
  }

  async close(): Promise<void> {}
}

function place(x: AudioParam, y: AudioParam, z: AudioParam, at: Vector3): void {
  x.value = at.x;
  y.value = at.y;
  z.value = at.z;
}
