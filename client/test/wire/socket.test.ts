import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/wire/clock';
import { type Line, Socket } from '../../src/wire/socket';
import { type LinkState, packSound, type SoundChunk, unpackSound } from '../../src/wire/source';
import type { Event } from '../../src/wire/types.gen';

class FakeLine implements Line {
  binaryType = '';
  readyState = 1;
  sent: (string | ArrayBuffer)[] = [];
  onopen: ((event: never) => void) | null = null;
  onmessage: ((message: { data: string | ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(data: string | ArrayBuffer): void {
    this.sent.push(data);
  }
  close(): void {
    this.onclose?.({ code: 1000 });
  }
}

function setUp() {
  const lines: FakeLine[] = [];
  const waits: { seconds: number; act: () => void }[] = [];
  const events: Event[] = [];
  const sounds: SoundChunk[] = [];
  const links: LinkState[] = [];
  const ticks: number[] = [];
  const clock = new ManualClock();
  const socket = new Socket(
    'visitor',
    { event: (e) => events.push(e), sound: (s) => sounds.push(s), link: (l) => links.push(l), ticked: () => ticks.push(1) },
    () => {
      const line = new FakeLine();
      lines.push(line);
      return line;
    },
    clock,
    { after: (seconds, act) => waits.push({ seconds, act }) },
  );
  socket.open();
  return { lines, waits, events, sounds, links, ticks, clock, socket };
}

describe('the socket', () => {
  it('says who it is first', () => {
    const { lines } = setUp();
    lines[0]!.onopen?.(undefined as never);
    expect(JSON.parse(lines[0]!.sent[0] as string)).toEqual({ type: 'Hello', role: 'visitor', client: '', again: false });
  });

  it('says when it comes back, so that a meeting that was stopped stays its own', () => {
    const { lines, waits } = setUp();
    lines[0]!.onopen?.(undefined as never);
    lines[0]!.onclose?.({ code: 1006 });
    waits[0]!.act();
    lines[1]!.onopen?.(undefined as never);
    expect(JSON.parse(lines[1]!.sent[0] as string).again).toBe(true);
  });

  it('tells events and sound apart', () => {
    const { lines, events, sounds } = setUp();
    lines[0]!.onmessage?.({ data: '{"type":"Hush","at_s":1,"turn":2}' });
    lines[0]!.onmessage?.({ data: packSound(3, 4800, new Int16Array([1, -2])) });
    expect(events[0]).toEqual({ type: 'Hush', at_s: 1, turn: 2 });
    expect(sounds[0]).toEqual({ clause: 3, firstSample: 4800, samples: new Int16Array([1, -2]) });
  });

  it('looks for a lost link again, waiting longer each time, and then lets go', () => {
    const { lines, waits, links, clock } = setUp();
    for (let n = 0; n < 3; n += 1) {
      lines[n]!.onclose?.({ code: 1006 });
      waits[n]!.act();
    }
    expect(waits.map((wait) => wait.seconds)).toEqual([0.3, 0.6, 1]);
    clock.advance(13);
    lines[3]!.onclose?.({ code: 1006 });
    expect(links.at(-1)).toEqual({ kind: 'closed', code: 0 });
    expect(waits.length).toBe(3);
  });

  it('does not come back where another page took over', () => {
    const { lines, waits, links } = setUp();
    lines[0]!.onclose?.({ code: 4009 });
    expect(links).toEqual([{ kind: 'closed', code: 4009 }]);
    expect(waits).toEqual([]);
  });

  it('takes an empty message as the end of a tick', () => {
    const { lines, ticks, sounds } = setUp();
    lines[0]!.onmessage?.({ data: new ArrayBuffer(0) });
    expect([ticks.length, sounds.length]).toEqual([1, 0]);
  });

  it('says false while there is no link', () => {
    const { lines, socket } = setUp();
    lines[0]!.onclose?.({ code: 1006 });
    expect(socket.send({ type: 'Typed', text: 'x' })).toBe(false);
  });

  it('passes over a message that is too short to be sound', () => {
    expect(unpackSound(new ArrayBuffer(7))).toBeNull();
  });
});
