// Chunks of clauses come in, samples go out in order: the part of playback that needs no browser.
import type { SoundChunk } from '../wire/source';

export interface Heard {
  readonly clause: number;
  readonly sample: number;
}

interface Clause {
  readonly number: number;
  readonly samples: Float32Array;
  filled: number; // samples that have arrived without a gap
}

/** One voice: clauses play one after the other, each from its first sample to its last. */
export class SampleQueue {
  #clauses: Clause[] = [];
  #played = 0;
  underrunSamples = 0;

  begin(clause: number, samples: number): void {
    this.#clauses.push({ number: clause, samples: new Float32Array(samples), filled: 0 });
  }

  take(chunk: SoundChunk): void {
    const clause = this.#clauses.find((one) => one.number === chunk.clause);
    if (clause === undefined || chunk.firstSample !== clause.filled) return;
    const count = Math.min(chunk.samples.length, clause.samples.length - clause.filled);
    for (let n = 0; n < count; n += 1) clause.samples[clause.filled + n] = chunk.samples[n]! / 32768;
    clause.filled += count;
  }

  /** Fall silent: drop everything, giving the last few milliseconds so that they can fade. */
  hush(): Float32Array {
    const now = this.#clauses[0];
    const tail = now === undefined ? new Float32Array(0) : now.samples.slice(this.#played, Math.min(now.filled, this.#played + 480));
    for (let n = 0; n < tail.length; n += 1) tail[n]! *= 1 - n / tail.length;
    this.#clauses = [];
    this.#played = 0;
    return tail;
  }

  /** Fill `out` with what comes next; silence where nothing has arrived. Returns the clauses that ended. */
  pull(out: Float32Array): number[] {
    const ended: number[] = [];
    let at = 0;
    while (at < out.length) {
      const now = this.#clauses[0];
      if (now === undefined) break;
      const ready = Math.min(now.filled - this.#played, out.length - at);
      if (ready <= 0) {
        this.underrunSamples += out.length - at;
        break;
      }
      out.set(now.samples.subarray(this.#played, this.#played + ready), at);
      at += ready;
      this.#played += ready;
      if (this.#played >= now.samples.length) {
        ended.push(now.number);
        this.#clauses.shift();
        this.#played = 0;
      }
    }
    out.fill(0, at);
    return ended;
  }

  /** Whether sound has arrived for what comes next. */
  get flowing(): boolean {
    const now = this.#clauses[0];
    return now !== undefined && now.filled > this.#played;
  }

  /** The clause and sample that come next; an underrun holds them still, and the mouth with them. */
  position(): Heard | null {
    const now = this.#clauses[0];
    return now === undefined ? null : { clause: now.number, sample: this.#played };
  }
}
