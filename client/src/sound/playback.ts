// Her voice: sound from the wire comes in, it is heard from her mouth, and how far it has been heard goes out.
import { type Clock, WallClock } from '../wire/clock';
import type { SoundChunk } from '../wire/source';
import { Following, type Told } from './following';
import type { Heard } from './queue';
import workletUrl from './speech.worklet.ts?worker&url';
import type { Voice } from './voice';

const START_GAIN = 0.35; // her voice starts low (S7) and comes up over the first clauses
const FULL_GAIN = 0.9;
const MOST_AHEAD_S = 0.02; // slow pictures are not run ahead of: lips that come early are seen sooner than late ones
const UNLIKELY_S = 2; // a loudspeaker that is said to be so far behind

export class Playback implements Voice {
  readonly #following: Following;
  #asked = FULL_GAIN;

  private constructor(
    private readonly context: AudioContext,
    private readonly node: AudioWorkletNode,
    private readonly gain: GainNode,
    readonly panner: PannerNode,
    private readonly clock: Clock,
  ) {
    this.#following = new Following(context.sampleRate);
  }

  /** `context` runs at the rate of the wire's sound. `ended` is told of each clause that was heard to its end. */
  static async open(context: AudioContext, ended: (clause: number) => void, clock: Clock = new WallClock()): Promise<Playback> {
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, 'speech', { numberOfInputs: 0, outputChannelCount: [1] });
    const gain = new GainNode(context, { gain: START_GAIN });
    const panner = new PannerNode(context, { panningModel: 'HRTF', distanceModel: 'inverse', refDistance: 0.8, rolloffFactor: 0.8 });
    node.connect(gain).connect(panner).connect(context.destination);
    const playback = new Playback(context, node, gain, panner, clock);
    node.port.onmessage = (message: MessageEvent<Told>) => {
      playback.#following.take(message.data);
      for (const clause of playback.#following.ended(playback.#earS)) ended(clause);
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
    this.#following.hush();
  }

  heard(pictureS = 0): Heard | null {
    return this.#following.at(this.#earS, Math.min(pictureS, MOST_AHEAD_S));
  }

  /** Time of the audio that is at the ear now. */
  get #earS(): number {
    const { context } = this;
    const { contextTime, performanceTime } = context.getOutputTimestamp?.() ?? {};
    if (contextTime && performanceTime) {
      const earS = contextTime + this.clock.now() - performanceTime / 1000;
      if (earS <= context.currentTime && earS > context.currentTime - UNLIKELY_S) return earS;
    }
    return context.currentTime - (context.outputLatency || context.baseLatency || 0);
  }

  level(): number {
    return this.#following.level * this.gain.gain.value;
  }

  loudness(value: number, seconds: number): void {
    this.#asked = value;
    this.gain.gain.setTargetAtTime(value, this.context.currentTime, seconds / 3);
  }
}
