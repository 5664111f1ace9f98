// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Captions } from '../../src/pages/captions';
import { BACK, GONE_IN_HEADSET, GONE_ON_SCREEN, VisitorVoice } from '../../src/pages/voiced';
import { Microphone } from '../../src/sound/microphone';

class Track extends EventTarget {
  readyState = 'live';
  muted = false;
  stop = () => undefined;

  becomes(event: 'ended' | 'mute' | 'unmute'): void {
    if (event === 'ended') this.readyState = 'ended';
    else this.muted = event === 'mute';
    this.dispatchEvent(new Event(event));
  }
}

class Context extends EventTarget {
  static last: Context;
  state = 'running';
  readonly audioWorklet = { addModule: async () => undefined };
  heard = 0;
  resume = vi.fn(async () => undefined);

  constructor() {
    super();
    Context.last = this;
  }

  createMediaStreamSource() {
    this.heard += 1;
    return { connect: () => undefined, disconnect: () => undefined };
  }

  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  close = async () => undefined;
}

const devices = new EventTarget() as EventTarget & { getUserMedia: () => Promise<unknown> };
let track: Track;
let waiting: (() => void)[];
const timers = { after: (_seconds: number, act: () => void) => void waiting.push(act) };
/** Whatever was to happen after a while happens now. */
const pass = async () => {
  for (const act of waiting.splice(0)) act();
  for (let n = 0; n < 5; n += 1) await Promise.resolve();
};
const gives = (one: () => Track) => {
  devices.getUserMedia = async () => {
    track = one();
    const tracks = [track];
    return { getAudioTracks: () => tracks, getTracks: () => tracks };
  };
};
const says = (name: string) => {
  devices.getUserMedia = () => Promise.reject(new DOMException('', name));
};

beforeEach(() => {
  waiting = [];
  gives(() => new Track());
  vi.stubGlobal('AudioContext', Context);
  vi.stubGlobal('AudioWorkletNode', class { port = {}; }); // biome-ignore format: one line
  Object.defineProperty(navigator, 'mediaDevices', { value: devices, configurable: true });
});

/** In a meeting with it: what the visitor reads, and what the house is told. */
async function inside(immersive = false) {
  const microphone = (await Microphone.open(timers)) as Microphone;
  const captions = new Captions('Juni');
  const told: boolean[] = [];
  const send = (report: { type: string; on?: boolean }) => {
    if (report.type === 'Microphone') told.push(report.on!);
    return true;
  };
  const voice = new VisitorVoice(microphone, { send, sendSound: () => true } as never, captions);
  voice.begin(() => 0, immersive);
  return { microphone, voice, told, read: () => captions.lines.map((line) => line.text) };
}

describe('a microphone', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
  ])('that does not open says why: %s', async (name, why) => {
    says(name);
    expect(await Microphone.open(timers)).toBe(why);
  });

  it('that is unplugged is told once, in plain words, and comes back by itself', async () => {
    const { voice, told, read } = await inside();
    says('NotFoundError');
    track.becomes('ended');
    await pass();
    expect([told, read(), voice.on]).toEqual([[true, false], [GONE_ON_SCREEN], false]);
    await pass(); // looked for, and still away
    await pass();
    expect(told).toEqual([true, false]);
    gives(() => new Track());
    devices.dispatchEvent(new Event('devicechange'));
    await pass();
    expect([told, read().at(-1), voice.on, Context.last.heard]).toEqual([[true, false, true], BACK, true, 2]);
  });

  it('comes back where the browser does not say that it was plugged in', async () => {
    const { voice, told } = await inside();
    track.becomes('ended');
    await pass();
    await pass();
    expect([told, voice.on]).toEqual([[true, false, true], true]);
  });

  it('that is silent for a moment was not away; one that stays so is', async () => {
    const { told, read } = await inside(true);
    track.becomes('mute');
    track.becomes('unmute');
    await pass();
    expect(told).toEqual([true]);
    track.becomes('mute');
    await pass();
    expect([told, read()]).toEqual([[true, false], [GONE_IN_HEADSET]]);
    track.becomes('unmute');
    await pass();
    expect(told).toEqual([true, false, true]);
  });

  it('that the browser puts to sleep is woken, at once and with the next press', async () => {
    const { told, voice } = await inside();
    const before = Context.last.resume.mock.calls.length;
    Context.last.becomes('suspended');
    expect(Context.last.resume.mock.calls.length).toBe(before + 1);
    await pass();
    expect([told, voice.on]).toEqual([[true, false], false]);
    window.dispatchEvent(new Event('pointerdown'));
    expect(Context.last.resume.mock.calls.length).toBe(before + 2);
    Context.last.becomes('running');
    await pass();
    expect([told, voice.on]).toEqual([[true, false, true], true]);
  });

  it('is not looked for any more when the meeting is over', async () => {
    const { voice, told } = await inside();
    track.becomes('ended');
    voice.close();
    for (let n = 0; n < 4; n += 1) await pass();
    expect([told, waiting, Context.last.heard]).toEqual([[true], [], 1]);
  });

  it('leaves whoever writes alone', () => {
    const voice = new VisitorVoice(null, { send: () => true, sendSound: () => true }, new Captions('Juni'));
    voice.begin(() => 0, false);
    expect([voice.on, voice.level]).toEqual([false, 0]);
  });
});
