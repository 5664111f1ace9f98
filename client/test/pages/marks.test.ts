import { expect, it } from 'vitest';

const PAGES = import.meta.glob<string>('../../*.html', { query: '?raw', import: 'default', eager: true });
const MODULES = import.meta.glob<string>('../../src/pages/*.ts', { query: '?raw', import: 'default', eager: true });

/** All that a page's first script brings with it at once, by reading what it imports. */
function atOnce(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  const text = MODULES[`../../src/pages/${entry}.ts`] ?? '';
  for (const [, only, path] of text.matchAll(/^import (type )?[^'(]*'([^']+)'/gm)) {
    if (only) continue;
    if (path!.startsWith('./') && !path!.endsWith('.css')) atOnce(path!.slice(2), found);
    else found.add(path!);
  }
  return found;
}

it('test_H7: every page says that it is an AI portrait, in the page itself and from the first moment', () => {
  expect(Object.keys(PAGES).length).toBe(7); // three of them are for measuring alone
  for (const [path, text] of Object.entries(PAGES)) expect(text, path).toMatch(/<p class="[^"]+">AI portrait<\/p>/);
});

it('test_C7: the visitor’s page brings nothing that draws, and asks for nothing of the likeness, before the yes', () => {
  const first = [...atOnce('visitor')];
  expect(first).toContain('doorway');
  for (const late of ['three', 'visit', 'rooms', 'meeting', '../sound/sound']) expect(first).not.toContain(late);
  for (const name of first) expect(MODULES[`../../src/pages/${name}.ts`] ?? '').not.toMatch(/\/person\/|likeness\.vrm/);
});

it('the emulated headset is never part of a page’s first script', () => {
  for (const page of ['visitor', 'companion', 'spectator', 'keepsake']) {
    const first = [...atOnce(page)];
    expect(first).not.toContain('emulate');
    expect(first).not.toContain('iwer');
  }
});
