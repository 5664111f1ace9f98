// Cues come in as they fire; those that rebuild the world as it stands come out, oldest first.
import type { Cue } from './types.gen';

/** Kinds that only matter at the moment they fire. */
const PASSING = new Set(['say', 'tell', 'song', 'act', 'listen']);
/** Kinds of which only the newest counts. */
const LATEST_BY_KIND = new Set(['place', 'light', 'ambience', 'be', 'look', 'face', 'offer', 'go', 'veil', 'music']);

export class WorldSoFar {
  #cues = new Map<string, Cue>();

  take(cue: Cue): void {
    if (PASSING.has(cue.kind)) return;
    const key = LATEST_BY_KIND.has(cue.kind) ? cue.kind : `${cue.kind} ${cue.target}`;
    this.#cues.delete(key);
    this.#cues.set(key, cue);
  }

  cues(): readonly Cue[] {
    return [...this.#cues.values()];
  }

  /** What leads from another world to this one: what is there but not here is put away first. */
  from(other: WorldSoFar): readonly Cue[] {
    const gone = [...other.#cues.values()].filter((cue) => cue.kind === 'prop' && !this.#cues.has(`prop ${cue.target}`));
    const away = gone.map((cue) => ({ kind: 'prop', target: cue.target, args: { state: 'off' } }));
    return [...away, ...this.cues()];
  }
}
