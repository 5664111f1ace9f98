// The visitor's microphone comes in; messages of 20 ms (16 kHz, int16, mono) go out, and silence while only her own voice comes back.
import { browserTimers, type Timers } from '../wire/socket';
import { packSound } from '../wire/source';
import { keepAwake } from './awake';
import workletUrl from './capture.worklet.ts?worker&url';
import { asInt16, Gate, HeldBack, rms } from './gate';

const RATE_HZ = 16000;
const SURE_S = 1.5; // a microphone that is away no longer than this was not away
const LOOK_EVERY_S = 3;
const WANTED = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

/** Why there is no microphone: the visitor or the browser said no, there is none, something else holds it. */
export type NoMicrophone = 'refused' | 'none' | 'busy';

export class Microphone {
  readonly #gate = new Gate();
  readonly #held = new HeldBack();
  #sent = 0;
  #runs = true;
  #told = true;
  #refused = false; // then the browser is not asked again by itself: it might ask the visitor
  #over = false;
  #asking = false;
  #source: MediaStreamAudioSourceNode | null = null;
  #sleep: () => void = () => undefined;
  /** Loudness of the last chunk, RMS: for the test at the doorway and for the companion. */
  level = 0;
  /** How loud she is just now, RMS; asked for every chunk. */
  hers: () => number = () => 0;
  /** Where messages go; null while nobody is to hear. */
  send: ((message: ArrayBuffer) => void) | null = null;
  /** Told when the microphone goes (unplugged, silenced by the system, put to sleep) and when it is back. */
  changed: ((heard: boolean) => void) | null = null;

  private constructor(
    private readonly context: AudioContext,
    private readonly node: AudioNode,
    private stream: MediaStream,
    private readonly timers: Timers,
  ) {}

  /** Asks the browser for the microphone; why not, where there is none. */
  static async open(timers: Timers = browserTimers): Promise<Microphone | NoMicrophone> {
    const stream = await asked();
    if (typeof stream === 'string') return stream;
    const context = new AudioContext({ sampleRate: RATE_HZ });
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    const microphone = new Microphone(context, node, stream, timers);
    node.port.onmessage = (message: MessageEvent<Float32Array>) => microphone.#take(message.data);
    microphone.#listen(stream);
    microphone.#sleep = keepAwake(context, (runs) => {
      microphone.#runs = runs;
      microphone.#look();
    });
    navigator.mediaDevices.addEventListener?.('devicechange', microphone.#again);
    await context.resume();
    return microphone;
  }

  /** Whether the visitor can be heard now. */
  get on(): boolean {
    return this.#runs && this.stream.getAudioTracks().some((track) => track.readyState === 'live' && !track.muted);
  }

  #listen(stream: MediaStream): void {
    this.stream = stream;
    this.#source?.disconnect();
    this.#source = this.context.createMediaStreamSource(stream);
    this.#source.connect(this.node);
    for (const track of stream.getAudioTracks()) {
      for (const event of ['ended', 'mute', 'unmute']) track.addEventListener(event, () => this.#look());
    }
  }

  /** Who listens is told now what is so, once. */
  begin(): void {
    if (!this.on) this.#tell();
  }

  /** Told after a while, for some go for a moment only. */
  #look(): void {
    if (!this.on) this.level = 0;
    this.timers.after(SURE_S, () => this.#tell());
  }

  #tell(): void {
    if (this.#over || this.on === this.#told) return;
    this.#told = this.on;
    this.changed?.(this.#told);
    if (!this.#told) this.#lookAgain();
  }

  /** Until it is back: also where the browser does not say that something was plugged in. */
  #lookAgain(): void {
    this.timers.after(LOOK_EVERY_S, () => {
      if (this.#over || this.on || this.#refused) return;
      void this.#again().then(() => this.#lookAgain());
    });
  }

  readonly #again = async (): Promise<void> => {
    if (this.#over || this.#asking || this.stream.getAudioTracks().some((track) => track.readyState === 'live')) return;
    this.#asking = true;
    const stream = await asked().finally(() => {
      this.#asking = false;
    });
    if (typeof stream === 'string') {
      this.#refused = stream === 'refused';
      return;
    }
    if (this.#over) for (const track of stream.getTracks()) track.stop();
    else {
      this.#listen(stream);
      this.#tell();
    }
  };

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
    this.changed = null;
    this.#over = true;
    this.#sleep();
    navigator.mediaDevices.removeEventListener?.('devicechange', this.#again);
    for (const track of this.stream.getTracks()) track.stop();
    await this.context.close();
  }
}

async function asked(): Promise<MediaStream | NoMicrophone> {
  const { mediaDevices } = navigator;
  if (!mediaDevices?.getUserMedia) return 'none';
  return mediaDevices.getUserMedia({ audio: WANTED }).catch((error: unknown) => {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return 'refused' as const;
    return error.name === 'NotFoundError' || error.name === 'OverconstrainedError' ? ('none' as const) : ('busy' as const);
  });
}
