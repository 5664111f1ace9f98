// Clips with the posture they start from and end in come in; the clips that lead from one posture to another go out.
import type { Clips } from './clips';

/** The loop in which each posture is held. */
export const HELD: Readonly<Record<string, string>> = {
  stand: 'idle',
  sit: 'sit',
  bench: 'sit_bench',
  kneel: 'kneel',
  lie: 'lie',
  sleep: 'sleep',
};

export class Postures {
  readonly #ways = new Map<string, { clip: string; to: string }[]>();

  constructor(clips: Clips) {
    for (const clip of clips.values()) {
      if (clip.starts === clip.ends || clip.loops) continue;
      const from = this.#ways.get(clip.starts) ?? [];
      from.push({ clip: clip.name, to: clip.ends });
      this.#ways.set(clip.starts, from);
    }
  }

  /** Names of the clips to play, fewest first. Null when no clips lead there: then the body eases over by itself. */
  path(from: string, to: string): readonly string[] | null {
    const start = body(from);
    const goal = body(to);
    const before = new Map<string, { clip: string; from: string }>();
    const queue = [start];
    while (queue.length > 0) {
      const here = queue.shift()!;
      if (here === goal) return this.#back(before, start, goal);
      for (const { clip, to: next } of this.#ways.get(here) ?? []) {
        if (next === start || before.has(next)) continue;
        before.set(next, { clip, from: here });
        queue.push(next);
      }
    }
    return null;
  }

  #back(before: Map<string, { clip: string; from: string }>, start: string, goal: string): string[] {
    const names: string[] = [];
    for (let at = goal; at !== start; ) {
      const step = before.get(at)!;
      names.unshift(step.clip);
      at = step.from;
    }
    return names;
  }
}

/** Sleeping is lying, as far as the limbs are concerned. */
function body(posture: string): string {
  return posture === 'sleep' ? 'lie' : posture;
}
