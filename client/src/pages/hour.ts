// For `meetagain bench lips` and a test: so many clauses one after the other come in, in led time; how far the mouth drifts from the sound goes out.
import { Mouth } from '../person/mouth';
import { Following } from '../sound/following';
import { Teller } from '../sound/teller';
import { Chance } from '../wire/chance';
import type { VisemeAt } from '../wire/types.gen';

const RATE_HZ = 24000;
const BLOCK = 128; // samples that a browser renders at a time
const LATE_BLOCKS = 6; // 32 ms to the loudspeaker
const PICTURE_BLOCKS = 3; // a picture every 16 ms
const HUSHED = 10; // of so many clauses one is broken off

export interface Hour {
  readonly clauses: number;
  readonly seconds: number;
  /** The farthest that the mouth's sample was from the ear's. */
  readonly driftMs: number;
  readonly lastDriftMs: number;
  /** Clauses that the mouth still knows when all are over. */
  readonly kept: number;
}

/** Her voice and mouth as the visitor's page has them, but for the browser between them. */
export function hourOfTalk(clauses: number, chance = new Chance(5)): Hour {
  const teller = new Teller(RATE_HZ);
  const following = new Following(RATE_HZ);
  const mouth = new Mouth(new Map());
  const out = new Float32Array(BLOCK);
  const rendered: { clause: number; sample: number }[] = [];
  let [block, driftMs, lastDriftMs, began] = [0, 0, 0, 0];
  const ended = new Set<number>();
  const step = (clause: number, played: number): number => {
    const told = teller.render(out, (block * BLOCK) / RATE_HZ);
    const sounds = out[0] !== 0;
    rendered.push({ clause: sounds ? clause : 0, sample: played });
    if (rendered.length > LATE_BLOCKS + 1) rendered.shift();
    block += 1;
    if (told !== null) following.take(told);
    const earS = ((block - LATE_BLOCKS) * BLOCK) / RATE_HZ;
    for (const over of following.ended(earS)) {
      mouth.end(over);
      ended.add(over);
    }
    const heard = following.at(earS);
    if (block % PICTURE_BLOCKS === 0 && heard !== null) {
      mouth.heard(heard.clause, heard.sample);
      mouth.update((PICTURE_BLOCKS * BLOCK) / RATE_HZ);
      const truth = rendered[1]!;
      if (truth.clause === heard.clause) {
        lastDriftMs = Math.abs((heard.sample - truth.sample) / RATE_HZ) * 1000;
        driftMs = Math.max(driftMs, lastDriftMs);
      }
    }
    return sounds ? BLOCK : 0;
  };
  for (let clause = 1; clause <= clauses; clause += 1) {
    const samples = BLOCK * Math.round(chance.between(2, 3.5) * (RATE_HZ / BLOCK));
    const visemes = Array.from({ length: 20 }, (_, n): VisemeAt => [Math.round((n * samples) / 20), n % 2 === 0 ? 'PP' : 'aa', 1]);
    mouth.begin(clause, visemes, samples, RATE_HZ);
    teller.order({ kind: 'begin', clause, samples });
    teller.order({ kind: 'sound', chunk: { clause, firstSample: 0, samples: new Int16Array(samples).fill(1000) } });
    began = block;
    const broken = clause % HUSHED === 0 ? samples / 2 : Number.POSITIVE_INFINITY;
    for (let played = 0; !ended.has(clause); ) {
      played += step(clause, played);
      if (played < broken) continue;
      teller.order({ kind: 'hush' });
      following.hush();
      mouth.hush();
      break;
    }
    ended.clear();
    while (block - began < ((samples / RATE_HZ + 0.25) * RATE_HZ) / BLOCK) step(0, 0);
  }
  return { clauses, seconds: (block * BLOCK) / RATE_HZ, driftMs, lastDriftMs, kept: mouth.known };
}
