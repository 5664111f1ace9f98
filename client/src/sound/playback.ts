// Her voice: sound from the wire comes in, it is heard from her mouth, and how far it has been heard goes out.
import type { SoundChunk } from '../wire/source';
import type { Heard } from './queue';
import workletUrl from './speech.worklet.ts?worker&url';

const START_GAIN = 0.7; // her voice starts low (S7)

interface Told {
  readonly ended: number[];
  readonly position: Heard | null;
}

export class Playback {
  #heard: Heard | null = null;

  private constructor(
    private readonly context: AudioContext,
    private readonly node: AudioWorkletNode,
    private readonly gain: GainNode,
    readonly panner: PannerNode,
  ) {}

  /** Needs to be called from something the visitor pressed, or the browser stays silent. */
  static async open(rateHz: number, ended: (clause: number) => void): Promise<Playback> {
    const context = new AudioContext({ sampleRate: rateHz, latencyHint: 'interactive' });
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, 'speech', { numberOfInputs: 0, outputChannelCount: [1] });
    const gain = new GainNode(context, { gain: START_GAIN });
    const panner = new PannerNode(context, { panningModel: 'HRTF', distanceModel: 'inverse', refDistance: 0.8, rolloffFactor: 0.8 });
    node.connect(gain).connect(panner).connect(context.destination);
    const playback = new Playback(context, node, gain, panner);
    node.port.onmessage = (message: MessageEvent<Told>) => {
      playback.#heard = message.data.position;
      for (const clause of message.data.ended) ended(clause);
    };
    await context.resume();
    return playback;
  }

  begin(clause: number, samples: number): void {
    this.node.port.postMessage({ kind: 'begin', clause, samples });
  }

  take(chunk: SoundChunk): void {
    this.node.port.postMessage({ kind: 'sound', chunk }, [chunk.samples.buffer]);
  }

  hush(): void {
    this.node.port.postMessage({ kind: 'hush' });
  }

  /** What is at the ear now: the position minus what still lies in the output. */
  heard(): Heard | null {
    if (this.#heard === null) return null;
    const behind = Math.round((this.context.outputLatency || this.context.baseLatency || 0) * this.context.sampleRate);
    return { clause: this.#heard.clause, sample: Math.max(0, this.#heard.sample - behind) };
  }

  /** 0 is silence, 1 as recorded; changes softly. */
  loudness(value: number, seconds = 0.2): void {
    this.gain.gain.setTargetAtTime(value, this.context.currentTime, seconds / 3);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
