// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { closing } from '../../src/pages/closing';

describe('closing', () => {
  it('names who is beside the visitor', () => {
    for (const how of ['stop', 'link_lost', 'closed']) expect(closing(how, 'Davin').textContent).toContain('Davin is beside you.');
  });

  it('A4 claims nobody who was not named, and says to call somebody', () => {
    for (const how of ['stop', 'link_lost', 'closed']) {
      const text = closing(how, '').textContent ?? '';
      expect(text).toContain('call somebody');
      expect(text).not.toContain('beside you');
    }
  });
});
