import { describe, expect, it } from 'vitest';
import { Mouth } from '../../src/person/mouth';
import type { VisemeAt } from '../../src/wire/types.gen';
import { MOUTHS } from './figure';

const RATE = 24000;
const FRAME_S = 1 / 72;
/** "mama": lips shut, open, shut, open, 120 ms each. */
const MAMA: VisemeAt[] = [
  [0, 'PP', 1],
  [0.12 * RATE, 'aa', 1],
  [0.24 * RATE, 'PP', 1],
  [0.36 * RATE, 'aa', 1],
  [0.5 * RATE, 'sil', 1],
];

function played(mouth: Mouth, from: number, to: number): { t: number; jaw: number; press: number }[] {
  const rows = [];
  for (let t = from; t <= to; t += FRAME_S) {
    mouth.heard(1, Math.round(t * RATE));
    mouth.update(FRAME_S);
    rows.push({ t, jaw: mouth.weights.get('jawOpen') ?? 0, press: mouth.weights.get('mouthPressLeft') ?? 0 });
  }
  return rows;
}

function speaking(): Mouth {
  const mouth = new Mouth(MOUTHS);
  mouth.begin(1, MAMA, 0.6 * RATE, RATE);
  return mouth;
}

describe('her mouth', () => {
  it('shuts the lips for every p, b and m while that sound is at the ear', () => {
    const rows = played(speaking(), 0, 0.6);
    for (const middle of [0.06, 0.3]) {
      const row = rows.find(({ t }) => t >= middle)!;
      expect(row.press).toBeGreaterThan(0.45);
      expect(row.jaw).toBeLessThan(0.08);
    }
  });

  it('is widest within 40 ms of the middle of an open vowel', () => {
    const rows = played(speaking(), 0, 0.33);
    const widest = rows.reduce((best, row) => (row.jaw > best.jaw ? row : best));
    expect(widest.jaw).toBeGreaterThan(0.25);
    expect(Math.abs(widest.t - 0.18)).toBeLessThan(0.04);
  });

  it('follows the ear when the sound stumbles, backwards too', () => {
    const mouth = speaking();
    played(mouth, 0, 0.45);
    expect(played(mouth, 0.29, 0.3).at(-1)!.press).toBeGreaterThan(0.45);
  });

  it('comes to rest when she falls silent', () => {
    const mouth = speaking();
    played(mouth, 0, 0.18);
    mouth.hush();
    for (let i = 0; i < 40; i += 1) mouth.update(FRAME_S);
    expect(mouth.weights.get('jawOpen')).toBeLessThan(0.001);
    expect(mouth.speaking).toBe(false);
  });

  it('rounds the lips before a rounded vowel is heard', () => {
    const mouth = new Mouth(MOUTHS);
    mouth.begin(1, [[0, 'aa', 1], [0.2 * RATE, 'ou', 1]], 0.4 * RATE, RATE); // biome-ignore format: a line
    const rows: number[] = [];
    for (const t of [0.1, 0.185]) {
      mouth.heard(1, t * RATE);
      mouth.update(FRAME_S);
      rows.push(mouth.weights.get('mouthPucker') ?? 0);
    }
    expect(rows[0]).toBeLessThan(0.02);
    expect(rows[1]).toBeGreaterThan(0.05);
  });
});
