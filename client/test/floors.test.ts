import { expect, it } from 'vitest';

const FLOORS: Record<string, readonly string[]> = {
  wire: ['wire'],
  sound: ['sound', 'wire'],
  xr: ['xr', 'wire'],
  stage: ['stage', 'wire'],
  person: ['person', 'wire'],
  pages: ['pages', 'person', 'stage', 'xr', 'sound', 'wire'],
};
const ABOVE_TIME_AND_CHANCE = /\b(Date\.now|performance\.now|Math\.random|new Date\()/;
const OUTSIDE = /https?:\/\/(?!www\.w3\.org)/;
const TEXTS = Object.entries(import.meta.glob<string>('../src/**/*.ts', { query: '?raw', import: 'default', eager: true })).map(
  ([path, text]) => ({ path: path.replace('../src/', ''), room: path.split('/')[2]!, text }),
);

it('imports go downward only', () => {
  const wrong: string[] = [];
  for (const { path, room, text } of TEXTS) {
    for (const [, target] of text.matchAll(/(?:from|import\(|glob\()\s*['"]\.\.\/([a-z]+)\//g)) {
      if (!FLOORS[room]!.includes(target!)) wrong.push(`${path} reaches for ${target}`);
    }
  }
  expect(TEXTS.length).toBeGreaterThan(10);
  expect(wrong).toEqual([]);
});

it('nobody but wire asks the browser for time or chance', () => {
  expect(TEXTS.filter((file) => file.room !== 'wire' && ABOVE_TIME_AND_CHANCE.test(file.text)).map((file) => file.path)).toEqual([]);
});

it('test_P1: no page reaches for an outside host', () => {
  expect(TEXTS.filter((file) => OUTSIDE.test(file.text)).map((file) => file.path)).toEqual([]);
});
