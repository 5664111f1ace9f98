// The visitor's microphone comes in; messages of 40 ms (16 kHz, int16, mono) go out, and silence while only her own voice comes back.
import { packSound } from '../wire/source';
import workletUrl from './capture.worklet.ts?worker&url';
import { asInt16, Gate, HeldBack, rms } from './gate';

const RATE_HZ = 16000;

export class Microphone {
  readonly #gate = new Gate();
  readonly #held = new HeldBack();
  #sent = 0;
  /** Loudness of the last chunk, RMS: for the test at the doorway and for the companion. */
  level = 0;
  /** How loud she is just now, RMS; asked for every chunk. */
  hers: () => number = () => 0;
  /** Where messages go; null while nobody is to hear. */
  send: ((message: ArrayBuffer) => void) | null = null;

  private constructor(
    private readonly context: AudioContext,
    private readonly stream: MediaStream,
  ) {}

  /** Asks the browser for the microphone. Null when there is none or the visitor would rather not. */
  static async open(): Promise<Microphone | null> {
    const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
    const stream = await navigator.mediaDevices?.getUserMedia({ audio: wanted }).catch((error: unknown) => {
      if (error instanceof DOMException) return null;
      throw error;
    });
    if (!stream) return null;
    const context = new AudioContext({ sampleRate: RATE_HZ });
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    context.createMediaStreamSource(stream).connect(node);
    const microphone = new Microphone(context, stream);
    node.port.onmessage = (message: MessageEvent<Float32Array>) => microphone.#take(message.data);
    await context.resume();
    return microphone;
  }

  #take(samples: Float32Array): void {
    this.level = rms(samples);
    if (this.send === null) {
      this.#sent += samples.length;
      return;
    }
    const passes = this.#gate.passes(this.level, this.hers());
    for (const chunk of this.#held.take(samples, passes, this.#gate.guards)) {
      this.send(packSound(0, this.#sent >>> 0, asInt16(chunk)));
      this.#sent += chunk.length;
    }
  }

  async close(): Promise<void> {
    this.send = null;
    for (const track of this.stream.getTracks()) track.stop();
    await this.context.close();
  }
}
