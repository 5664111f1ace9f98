// Seconds since the link was lost come in; cues for a goodbye that the page plays by itself go out. She says nothing new.
import type { Cue } from '../wire/types.gen';

interface Timed {
  readonly atS: number;
  readonly cues: readonly Cue[];
  readonly words?: string;
}

const cue = (kind: string, target: string, args: Cue['args'] = {}): Cue => ({ kind, target, args });

export const FAREWELL: readonly Timed[] = [
  {
    atS: 0,
    cues: [
      cue('look', 'visitor'),
      cue('face', 'tender', { weight: 0.8, fade_s: 3 }),
      cue('offer', 'none'),
      cue('light', 'evening', { fade_s: 12 }),
      cue('ambience', 'park_evening', { gain: 0.4, fade_s: 8 }),
      cue('music', 'lullaby', { gain: 0.25, fade_s: 4 }),
    ],
  },
  { atS: 9, cues: [cue('face', 'tired', { weight: 0.6, fade_s: 4 }), cue('look', 'closed')] },
  { atS: 16, cues: [cue('veil', 'on', { fade_s: 5 }), cue('music', 'none', { fade_s: 6 })] },
  {
    atS: 22,
    cues: [
      cue('be', 'hidden', { at: 'hide_spot' }),
      cue('go', 'start', { how: 'fade' }),
      cue('light', 'dawn', { fade_s: 0 }),
      cue('ambience', 'quiet', { gain: 0.4, fade_s: 6 }),
    ],
  },
  {
    atS: 24,
    cues: [cue('veil', 'off', { fade_s: 5 })],
    words: 'It is quiet now. Breathe a little. You can take this off, and talk with somebody.',
  },
];

export const FAREWELL_S = 40;

export class LocalFarewell {
  #atS = 0;
  #next = 0;

  /** What happens in the next `dt` seconds. */
  advance(dt: number): readonly Timed[] {
    const from = this.#next;
    while (this.#next < FAREWELL.length && FAREWELL[this.#next]!.atS <= this.#atS) this.#next += 1;
    this.#atS += dt;
    return FAREWELL.slice(from, this.#next);
  }

  get over(): boolean {
    return this.#atS >= FAREWELL_S;
  }
}
