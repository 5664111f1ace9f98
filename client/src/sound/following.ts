// What the audio thread tells of its place comes in, ahead of what is heard; where the ear is, and which clauses it has heard out, goes out.
import type { Heard } from './queue';

const LONGEST_GUESS_S = 0.08; // how far the place may be guessed ahead of what was told
const MOST = 400; // eight seconds of places: no loudspeaker is so late

/** Told after a block was rendered. */
export interface Told {
  readonly ended: readonly number[];
  /** The sample that comes next; null while nothing is to be said. */
  readonly position: Heard | null;
  /** Whether sound comes next as far as is known; false while it is waited for. */
  readonly flowing: boolean;
  /** Time of the audio at the block's end. */
  readonly atS: number;
  readonly level: number;
}

/** The ear is behind the audio thread by the way to the loudspeaker: what was told is kept until it is heard. */
export class Following {
  #told: Told[] = [];
  #owed: { readonly clause: number; readonly atS: number }[] = [];

  constructor(private readonly rateHz: number) {}

  take(told: Told): void {
    this.#told.push(told);
    if (this.#told.length > MOST) this.#told.shift();
    for (const clause of told.ended) this.#owed.push({ clause, atS: told.atS });
  }

  /**
   * What is at the ear at this time of the audio, or so much later. Where sound has to be waited for, the place stands still; and a clause
   * that is heard now is not left for the next one that will be.
   */
  at(earS: number, aheadS = 0): Heard | null {
    while (this.#told.length > 1 && this.#told[1]!.atS <= earS) this.#told.shift();
    const now = this.#placed(0, earS);
    if (aheadS <= 0) return now;
    const last = this.#told.findLastIndex((one) => one.atS <= earS + aheadS);
    const soon = this.#placed(Math.max(0, last), earS + aheadS);
    return now !== null && soon?.clause !== now.clause ? { ...now, sample: now.sample + Math.round(aheadS * this.rateHz) } : soon;
  }

  #placed(which: number, earS: number): Heard | null {
    const told = this.#told[which];
    if (told?.position == null || told.atS > earS) return null;
    const since = told.flowing ? Math.min(LONGEST_GUESS_S, earS - told.atS) : 0;
    const sample = told.position.sample + Math.round(since * this.rateHz);
    const next = this.#told[which + 1]?.position;
    const held = next?.clause === told.position.clause ? Math.min(sample, next.sample) : sample;
    return { clause: told.position.clause, sample: held };
  }

  /** Clauses that were heard to their end by this time of the audio; each is given once. */
  ended(earS: number): number[] {
    const heard = this.#owed.filter((one) => one.atS <= earS);
    if (heard.length > 0) this.#owed = this.#owed.filter((one) => one.atS > earS);
    return heard.map((one) => one.clause);
  }

  /** How loud she was when she was last told of. */
  get level(): number {
    const last = this.#told.at(-1);
    return last?.position ? last.level : 0;
  }

  /** Nothing of what was told counts any more. */
  hush(): void {
    this.#told = [];
  }
}
