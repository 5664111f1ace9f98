import { describe, expect, it } from 'vitest';
import { hourOfTalk } from '../../src/pages/hour';

describe('a long talk', () => {
  it('leaves the mouth as near to the sound at its end as at its beginning, and nothing behind', () => {
    const found = hourOfTalk(120);
    expect(found.seconds).toBeGreaterThan(330);
    expect(found.driftMs).toBeLessThan(1);
    expect(found.lastDriftMs).toBeLessThan(1);
    expect(found.kept).toBe(0);
  });
});
