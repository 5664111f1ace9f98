// The microphone's loudness and hers come in; whether the visitor is heard, and not her own voice from the loudspeaker, goes out.

const QUIET = 0.006; // nothing below this breaks in while she speaks
const ABOVE_ECHO = 2.5; // the visitor has to be this much louder than what comes back of her
const CHUNKS_TO_BREAK_IN = 5; // 100 ms of it
const FADES = 0.84; // what was just loud is still in the room
const LEARNS = 0.04;
const TAIL_CHUNKS = 16; // the room goes on sounding a little

/** Half-duplex with a way in: while she speaks, only somebody clearly louder than her echo opens it. Levels are RMS, chunks 20 ms. */
export class Gate {
  #echo = 0.5; // how much of her comes back; learned
  #loud = 0;
  #tail = 0;
  #heard = 0;

  /** Whether this chunk goes to the server as it is. */
  passes(level: number, hers: number): boolean {
    this.#heard = Math.max(hers, this.#heard * FADES);
    if (hers > 1e-4) this.#tail = TAIL_CHUNKS;
    else if (this.#tail > 0) this.#tail -= 1;
    if (this.#tail === 0) {
      this.#loud = 0;
      return true;
    }
    const expected = this.#echo * this.#heard;
    const louder = level > Math.max(QUIET, expected * ABOVE_ECHO);
    this.#loud = louder ? this.#loud + 1 : Math.max(0, this.#loud - 2);
    if (!louder && this.#heard > 0.01) this.#echo += (level / this.#heard - this.#echo) * LEARNS;
    return this.#loud >= CHUNKS_TO_BREAK_IN;
  }

  /** Whether she is, or just was, to be heard, so that what comes in may be hers. */
  get guards(): boolean {
    return this.#tail > 0;
  }
}

/** Keeps the first moments of a voice that breaks in until it is known to be one, so that no word loses its beginning. Chunks go out in order, each once. */
export class HeldBack {
  #held: Float32Array[] = [];

  /** The chunks that go out now: as they are, or as silence of the same length. */
  take(chunk: Float32Array, passes: boolean, guards: boolean): Float32Array[] {
    const held = this.#held;
    if (passes) {
      this.#held = [];
      return [...held.map((one) => (guards ? one : silent(one))), chunk];
    }
    held.push(chunk);
    return held.length > CHUNKS_TO_BREAK_IN - 1 ? [silent(held.shift()!)] : [];
  }
}

function silent(chunk: Float32Array): Float32Array {
  return new Float32Array(chunk.length);
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
