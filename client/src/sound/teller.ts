// Clauses and their sound come in; what is rendered block by block, and now and then how far it is, goes out.
import type { SoundChunk } from '../wire/source';
import type { Told } from './following';
import { rms } from './gate';
import { SampleQueue } from './queue';

export type Order =
  | { readonly kind: 'begin'; readonly clause: number; readonly samples: number }
  | { readonly kind: 'sound'; readonly chunk: SoundChunk }
  | { readonly kind: 'hush' };

const TELL_EVERY_SAMPLES = 480;

export class Teller {
  readonly #queue = new SampleQueue();
  #tail: Float32Array = new Float32Array(0);
  #sinceTold = 0;
  #flowed = false;

  constructor(private readonly rateHz: number) {}

  order(order: Order): void {
    if (order.kind === 'begin') this.#queue.begin(order.clause, order.samples);
    else if (order.kind === 'sound') this.#queue.take(order.chunk);
    else this.#tail = this.#queue.hush();
  }

  /** Fill the block that begins at this time of the audio; null when there is nothing to tell. */
  render(out: Float32Array, atS: number): Told | null {
    const ended = this.#queue.pull(out);
    if (this.#tail.length > 0) {
      const count = Math.min(out.length, this.#tail.length);
      for (let n = 0; n < count; n += 1) out[n]! += this.#tail[n]!;
      this.#tail = this.#tail.subarray(count);
    }
    this.#sinceTold += out.length;
    const { flowing } = this.#queue;
    if (ended.length === 0 && flowing === this.#flowed && this.#sinceTold < TELL_EVERY_SAMPLES) return null;
    this.#sinceTold = 0;
    this.#flowed = flowing;
    return { ended, position: this.#queue.position(), flowing, atS: atS + out.length / this.rateHz, level: rms(out) };
  }
}
