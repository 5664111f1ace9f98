import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FLOORS: Record<string, readonly string[]> = {
  wire: ['wire'],
  sound: ['sound', 'wire'],
  xr: ['xr', 'wire'],
  stage: ['stage', 'wire'],
  person: ['person', 'wire'],
  pages: ['pages', 'person', 'stage', 'xr', 'sound', 'wire'],
};
const SRC = join(import.meta.dirname, '..', 'src');
const ABOVE_TIME_AND_CHANCE = /\b(Date\.now|performance\.now|Math\.random|new Date\()/;

function files(room: string): string[] {
  return readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}

it('imports go downward only', () => {
  const wrong: string[] = [];
  for (const [room, allowed] of Object.entries(FLOORS)) {
    for (const file of files(room)) {
      const text = readFileSync(join(SRC, room, file), 'utf8');
      for (const [, target] of text.matchAll(/(?:from|import\(|glob\()\s*['"]\.\.\/([a-z]+)\//g)) {
        if (!allowed.includes(target!)) wrong.push(`${room}/${file} reaches for ${target}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

it('nobody but wire asks the browser for time or chance', () => {
  const wrong = Object.keys(FLOORS)
    .filter((room) => room !== 'wire')
    .flatMap((room) => files(room).map((file) => join(room, file)))
    .filter((file) => ABOVE_TIME_AND_CHANCE.test(readFileSync(join(SRC, file), 'utf8')));
  expect(wrong).toEqual([]);
});

it('no page reaches for an outside host', () => {
  const wrong = Object.keys(FLOORS)
    .flatMap((room) => files(room).map((file) => join(room, file)))
    .filter((file) => /https?:\/\/(?!www\.w3\.org)/.test(readFileSync(join(SRC, file), 'utf8')));
  expect(wrong).toEqual([]);
});
