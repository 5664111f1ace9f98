// What every way of hearing her has in common, and the silent one for clocks that are led by a test.
import type { SoundChunk } from '../wire/source';
import { type Heard, SampleQueue } from './queue';

export interface Voice {
  /** A clause begins; its sound follows in chunks. */
  begin(clause: number, samples: number): void;
  take(chunk: SoundChunk): void;
  hush(): void;
  /** What is at the ear now; or `pictureS` later, when a picture that is drawn now is seen, for the mouth. */
  heard(pictureS?: number): Heard | null;
  /** How loud she is just now, RMS: for the gate of the microphone. */
  level(): number;
  /** 0 is silence, 1 as recorded; changes softly. */
  loudness(value: number, seconds: number): void;
}

/** Plays nothing and keeps the same place: time comes in by `advance`. */
export class VirtualVoice implements Voice {
  readonly #queue = new SampleQueue();
  #owed = 0;

  constructor(
    private readonly rateHz: number,
    private readonly ended: (clause: number) => void,
  ) {}

  begin(clause: number, samples: number): void {
    this.#queue.begin(clause, samples);
  }

  take(chunk: SoundChunk): void {
    this.#queue.take(chunk);
  }

  hush(): void {
    this.#queue.hush();
  }

  heard(): Heard | null {
    return this.#queue.position();
  }

  level(): number {
    return 0;
  }

  loudness(): void {}

  advance(seconds: number): void {
    this.#owed += seconds * this.rateHz;
    const whole = Math.floor(this.#owed + 1e-6);
    this.#owed -= whole;
    for (const clause of this.#queue.pull(new Float32Array(whole))) this.ended(clause);
  }
}
