// The microphone's loudness and hers come in; whether the visitor is heard, and not her own voice from the loudspeaker, goes out.

const QUIET = 0.006; // nothing below this breaks in while she speaks
const ABOVE_ECHO = 2.5; // the visitor has to be this much louder than what comes back of her
const CHUNKS_TO_BREAK_IN = 4; // 160 ms of it
const TAIL_CHUNKS = 8; // the room goes on sounding a little

/** Half-duplex with a way in: while she speaks, only somebody clearly louder than her echo opens it. Levels are RMS, chunks 40 ms. */
export class Gate {
  #echo = 0.5; // how much of her comes back; learned
  #loud = 0;
  #tail = 0;
  #heard = 0;

  /** Whether this chunk goes to the server as it is. */
  passes(level: number, hers: number): boolean {
    this.#heard = Math.max(hers, this.#heard * 0.7);
    if (hers > 1e-4) this.#tail = TAIL_CHUNKS;
    else if (this.#tail > 0) this.#tail -= 1;
    if (this.#tail === 0) {
      this.#loud = 0;
      return true;
    }
    const expected = this.#echo * this.#heard;
    const louder = level > Math.max(QUIET, expected * ABOVE_ECHO);
    this.#loud = louder ? this.#loud + 1 : Math.max(0, this.#loud - 2);
    if (!louder && this.#heard > 0.01) this.#echo += (level / this.#heard - this.#echo) * 0.08;
    return this.#loud >= CHUNKS_TO_BREAK_IN;
  }
}

/** Root mean square of samples in [-1, 1]. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Samples in [-1, 1] to int16; what is louder is cut off. */
export function asInt16(samples: Float32Array): Int16Array<ArrayBuffer> {
  const out = new Int16Array(samples.length);
  for (let n = 0; n < samples.length; n += 1) out[n] = Math.round(Math.max(-1, Math.min(1, samples[n]!)) * 32767);
  return out;
}
