// Runs on the audio thread: plays what the queue holds and tells how far it is.
import type { SoundChunk } from '../wire/source';
import type { Told } from './following';
import { rms } from './gate';
import { SampleQueue } from './queue';

declare const currentTime: number;
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: unknown): void;

type Order =
  | { readonly kind: 'begin'; readonly clause: number; readonly samples: number }
  | { readonly kind: 'sound'; readonly chunk: SoundChunk }
  | { readonly kind: 'hush' };

const TELL_EVERY_SAMPLES = 480;

class Speech extends AudioWorkletProcessor {
  #queue = new SampleQueue();
  #tail: Float32Array = new Float32Array(0);
  #sinceTold = 0;
  #flowed = false;

  constructor() {
    super();
    this.port.onmessage = (message: MessageEvent<Order>) => this.#order(message.data);
  }

  #order(order: Order): void {
    if (order.kind === 'begin') this.#queue.begin(order.clause, order.samples);
    else if (order.kind === 'sound') this.#queue.take(order.chunk);
    else this.#tail = this.#queue.hush();
  }

  process(_inputs: unknown, outputs: Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    if (out === undefined) return true;
    const ended = this.#queue.pull(out);
    if (this.#tail.length > 0) {
      const count = Math.min(out.length, this.#tail.length);
      for (let n = 0; n < count; n += 1) out[n]! += this.#tail[n]!;
      this.#tail = this.#tail.subarray(count);
    }
    this.#sinceTold += out.length;
    const { flowing } = this.#queue;
    if (ended.length > 0 || flowing !== this.#flowed || this.#sinceTold >= TELL_EVERY_SAMPLES) {
      this.#sinceTold = 0;
      this.#flowed = flowing;
      const atS = currentTime + out.length / sampleRate;
      const told: Told = { ended, position: this.#queue.position(), flowing, atS, level: rms(out) };
      this.port.postMessage(told);
    }
    return true;
  }
}

registerProcessor('speech', Speech);
