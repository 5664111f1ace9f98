// What a clause looks like on the sample axis and where the ear is now come in; weights of the mouth's shapes go out, in time with the sound.
import type { VisemeAt } from '../wire/types.gen';
import type { Mouths } from './load';
import { clamp, ramp } from './turns';

const LEAD_S = 0.05; // a mouth is on its way before the sound begins
const TAIL_S = 0.06;
const ROUND_LEAD_S = 0.09; // rounded lips come early
const LONGEST_S = 0.35; // a last shape without an end
const ROUND = new Set(['oh', 'ou', 'RR', 'CH']);
const SHUT = new Set(['PP', 'FF']);
const LOUDER = 0.82;

interface Clause {
  readonly visemes: readonly VisemeAt[];
  readonly samples: number;
  readonly rateHz: number;
}

export class Mouth {
  /** ARKit shape -> weight now. The same map every frame. */
  readonly weights = new Map<string, number>();
  /** 0 when she is silent, 1 in the middle of a clause: other parts of the face give way by it. */
  activity = 0;
  /** How far the lips are shut by a sound, 0..1. */
  shut = 0;
  readonly #clauses = new Map<number, Clause>();
  readonly #shares = new Map<string, number>();
  #clause: Clause | null = null;
  #sample = 0;
  #at = 0;

  constructor(private readonly mouths: Mouths) {}

  begin(clause: number, visemes: readonly VisemeAt[], samples: number, rateHz: number): void {
    this.#clauses.set(clause, { visemes, samples, rateHz });
  }

  /** What is at the ear now. */
  heard(clause: number, sample: number): void {
    const found = this.#clauses.get(clause) ?? null;
    if (found !== this.#clause) this.#at = 0;
    this.#clause = found;
    this.#sample = sample;
  }

  end(clause: number): void {
    if (this.#clauses.get(clause) === this.#clause) this.#clause = null;
    this.#clauses.delete(clause);
  }

  hush(): void {
    this.#clauses.clear();
    this.#clause = null;
  }

  /** How many clauses are kept: those that are spoken or come next. */
  get known(): number {
    return this.#clauses.size;
  }

  get speaking(): boolean {
    return this.#clause !== null;
  }

  update(dt: number): void {
    const fade = Math.exp(-dt * 22);
    this.#shares.clear();
    if (this.#clause !== null) this.#collect(this.#clause);
    this.activity += ((this.#clause === null ? 0 : 1) - this.activity) * (1 - Math.exp(-dt * 9));
    this.shut = 0;
    for (const name of SHUT) this.shut = Math.max(this.shut, this.#shares.get(name) ?? 0);
    for (const [shape, weight] of this.weights) this.weights.set(shape, this.#clause === null ? weight * fade : 0);
    for (const [name, share] of this.#shares) this.#add(name, share);
    const jaw = this.weights.get('jawOpen');
    if (jaw !== undefined && this.#clause !== null) this.weights.set('jawOpen', jaw * (1 - 0.92 * (this.#shares.get('PP') ?? 0)));
  }

  #add(name: string, share: number): void {
    const gives = SHUT.has(name) ? 1 : 1 - this.shut;
    for (const [shape, weight] of this.mouths.get(name) ?? []) {
      this.weights.set(shape, Math.min(1, (this.weights.get(shape) ?? 0) + weight * share * gives * (SHUT.has(name) ? 1 : LOUDER)));
    }
  }

  /** How much of each shape there is: each grows out of the one before it and melts into the next. */
  #collect({ visemes, samples, rateHz }: Clause): void {
    const now = this.#sample / rateHz;
    while (this.#at + 1 < visemes.length && visemes[this.#at + 1]![0] <= this.#sample) this.#at += 1;
    while (this.#at > 0 && visemes[this.#at]![0] > this.#sample) this.#at -= 1;
    let sum = 0;
    for (let i = Math.max(0, this.#at - 1); i <= Math.min(visemes.length - 1, this.#at + 2); i += 1) {
      const [start, name, weight] = visemes[i]!;
      const from = start / rateHz;
      const to = (visemes[i + 1]?.[0] ?? Math.min(samples, start + LONGEST_S * rateHz)) / rateHz;
      const lead = ROUND.has(name) ? ROUND_LEAD_S : LEAD_S;
      const half = Math.min(0.5 * (to - from), 0.045);
      const share = ramp(from - lead, from + half, now) * (1 - ramp(to - half, to + TAIL_S, now));
      if (share <= 0.001) continue;
      if (name === 'sil') {
        sum += share;
        continue;
      }
      const much = SHUT.has(name) ? share : share * weight;
      this.#shares.set(name, Math.max(this.#shares.get(name) ?? 0, much));
      sum += share;
    }
    if (sum > 1.15) {
      const less = 1.15 / sum;
      for (const [name, share] of this.#shares) if (!SHUT.has(name)) this.#shares.set(name, clamp(share * less, 0, 1));
    }
  }
}
