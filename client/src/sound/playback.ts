// Her voice: sound from the wire comes in, it is heard from her mouth, and how far it has been heard goes out.
import type { SoundChunk } from '../wire/source';
import type { Heard } from './queue';
import workletUrl from './speech.worklet.ts?worker&url';
import type { Voice } from './voice';

const START_GAIN = 0.35; // her voice starts low (S7) and comes up over the first clauses
const FULL_GAIN = 0.9;
const LONGEST_GUESS_S = 0.08; // how far the place may be guessed ahead of what was told

interface Told {
  readonly ended: number[];
  readonly position: Heard | null;
  readonly atS: number;
  readonly samples: number;
  readonly level: number;
}

export class Playback implements Voice {
  #told: Told | null = null;
  #asked = FULL_GAIN;

  private constructor(
    private readonly context: AudioContext,
    private readonly node: AudioWorkletNode,
    private readonly gain: GainNode,
    readonly panner: PannerNode,
  ) {}

  /** `context` runs at the rate of the wire's sound. `ended` is told of each clause that was heard to its end. */
  static async open(context: AudioContext, ended: (clause: number) => void): Promise<Playback> {
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, 'speech', { numberOfInputs: 0, outputChannelCount: [1] });
    const gain = new GainNode(context, { gain: START_GAIN });
    const panner = new PannerNode(context, { panningModel: 'HRTF', distanceModel: 'inverse', refDistance: 0.8, rolloffFactor: 0.8 });
    node.connect(gain).connect(panner).connect(context.destination);
    const playback = new Playback(context, node, gain, panner);
    node.port.onmessage = (message: MessageEvent<Told>) => {
      playback.#told = message.data;
      for (const clause of message.data.ended) ended(clause);
    };
    return playback;
  }

  begin(clause: number, samples: number): void {
    this.node.port.postMessage({ kind: 'begin', clause, samples });
    this.loudness(this.#asked, 6);
  }

  take(chunk: SoundChunk): void {
    this.node.port.postMessage({ kind: 'sound', chunk }, [chunk.samples.buffer]);
  }

  hush(): void {
    this.node.port.postMessage({ kind: 'hush' });
  }

  heard(): Heard | null {
    const told = this.#told;
    if (told?.position == null) return null;
    const rate = this.context.sampleRate;
    const since = Math.min(LONGEST_GUESS_S, Math.max(0, this.context.currentTime - told.atS)) * rate;
    const behind = (this.context.outputLatency || this.context.baseLatency || 0) * rate;
    return { clause: told.position.clause, sample: Math.max(0, Math.round(told.position.sample - told.samples + since - behind)) };
  }

  level(): number {
    return this.#told?.position ? this.#told.level * this.gain.gain.value : 0;
  }

  loudness(value: number, seconds: number): void {
    this.#asked = value;
    this.gain.gain.setTargetAtTime(value, this.context.currentTime, seconds / 3);
  }
}
