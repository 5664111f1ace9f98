// Two small tunes of the project's own, written for a music box: notes in, times and pitches out.

/** One note: semitones above middle C, length in beats. Null is a rest. */
type Note = readonly [number | null, number];

export interface Struck {
  readonly atS: number;
  readonly hz: number;
  readonly strength: number;
}

export interface Tune {
  readonly beatS: number;
  readonly melody: readonly Note[];
  readonly bass: readonly Note[];
}

const REST = null;

/** In three, in F, falling asleep: each half begins by leaning down and comes home lower than it left. */
// biome-ignore format: a line is a phrase
export const LULLABY: Tune = {
  beatS: 0.62,
  melody: [
    [12, 2], [9, 1], [10, 1], [9, 1], [7, 1], [9, 2], [5, 1], [7, 3],
    [12, 2], [9, 1], [14, 1], [12, 1], [10, 1], [9, 2], [7, 1], [5, 3],
    [10, 2], [14, 1], [12, 2], [9, 1], [10, 1], [9, 1], [5, 1], [7, 3],
    [12, 2], [9, 1], [10, 1], [7, 1], [4, 1], [5, 2], [2, 1], [5, 3],
    [REST, 3],
  ],
  bass: [
    [-7, 3], [-2, 3], [-7, 3], [0, 3], [-7, 3], [-2, 3], [0, 3], [-7, 3],
    [-2, 3], [-7, 3], [-10, 3], [0, 3], [-7, 3], [0, 3], [-2, 3], [-7, 3],
    [REST, 3],
  ],
};

/** In four, in G, for candles: a skip up, a look round, and a bow at the end. */
// biome-ignore format: a line is a phrase
export const CANDLES: Tune = {
  beatS: 0.42,
  melody: [
    [7, 1], [11, 1], [14, 1.5], [12, 0.5], [11, 1], [9, 1], [7, 2],
    [9, 1], [12, 1], [16, 1.5], [14, 0.5], [12, 1], [11, 1], [9, 2],
    [14, 1], [16, 1], [18, 1.5], [16, 0.5], [14, 1], [11, 1], [12, 2],
    [11, 1], [9, 1], [11, 1.5], [9, 0.5], [6, 1], [9, 1], [7, 4],
  ],
  bass: [
    [-5, 4], [2, 4], [0, 4], [2, 4], [-5, 4], [0, 4], [2, 4], [-5, 6],
  ],
};

/** When each note is struck. It slows a little towards the end, as a box does that runs down. */
export function struck(tune: Tune, slowing = 0.25): { readonly notes: readonly Struck[]; readonly lengthS: number } {
  const beats = tune.melody.reduce((sum, [, length]) => sum + length, 0);
  const at = (beat: number) => tune.beatS * (beat + (slowing / beats) * beat * beat * 0.5);
  const notes = [...part(tune.melody, 1, at), ...part(tune.bass, 0.55, at)].sort((a, b) => a.atS - b.atS);
  return { notes, lengthS: at(beats) + 2.5 };
}

function part(notes: readonly Note[], strength: number, at: (beat: number) => number): Struck[] {
  const out: Struck[] = [];
  let beat = 0;
  for (const [semitones, length] of notes) {
    const leaning = beat % 3 === 0 ? 1 : 0.82;
    if (semitones !== null) out.push({ atS: at(beat), hz: 523.25 * 2 ** (semitones / 12), strength: strength * leaning });
    beat += length;
  }
  return out;
}
