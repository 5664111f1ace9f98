import { describe, expect, it } from 'vitest';
import { Replay } from '../../src/wire/replay';
import type { Event } from '../../src/wire/types.gen';

const cue = (at_s: number, target: string): Event => ({ type: 'CueFired', at_s, cue: { kind: 'light', target, args: {} } });
const events = [cue(0, 'afternoon'), cue(2, 'golden'), cue(5, 'evening')];

describe('a replay', () => {
  it('gives each event once, in its time', () => {
    const got: Event[] = [];
    const replay = new Replay(events, (event) => got.push(event));
    replay.advance(1);
    expect(got).toEqual([events[0]]);
    replay.advance(1);
    replay.advance(10);
    expect(got).toEqual(events);
    expect(replay.over).toBe(true);
  });

  it('rebuilds the world when one goes to a later or an earlier time', () => {
    const got: Event[] = [];
    const replay = new Replay(events, (event) => got.push(event));
    replay.seek(5);
    expect(got).toEqual(events);
    got.length = 0;
    replay.seek(2.5);
    expect(got).toEqual(events.slice(0, 2));
  });

  it('reads a journal and passes over a last line cut short, but no other', () => {
    const text = events.map((event) => JSON.stringify(event)).join('\n');
    expect(Replay.read(`${text}\n{"type":"Cue`)).toEqual(events);
    expect(() => Replay.read(`{"type"\n${text}`)).toThrow();
  });
});
