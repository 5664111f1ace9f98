import { describe, expect, it } from 'vitest';
import { FRESH, follow, healthWords, mainControls, sideControls, timeLeft } from '../../src/pages/console';
import type { Event } from '../../src/wire/types.gen';

const beat = { id: 'words', aim: 'First words.', hint: '', min_s: 60, target_s: 90, max_s: 180 };
const snapshot: Event = {
  type: 'Snapshot',
  at_s: 100,
  meeting: 'm',
  phase: 'running',
  portrait_of: 'Juni',
  beat: 'words',
  beat_since_s: 40,
  beats: [beat],
  cues: [],
  captions: true,
  slow: false,
  language: 'en',
  reflexes: {},
  seated: false,
};

describe('the companion’s state', () => {
  it('stands where the meeting stands, for one who joins late', () => {
    const state = follow(FRESH, snapshot);
    expect([state.beat, state.phase, state.name]).toEqual(['words', 'running', 'Juni']);
    expect(timeLeft(state, 100)).toEqual({ leftS: 120, past: false });
    expect(timeLeft(state, 140)?.past).toBe(true);
  });

  it('test_S3: shows the line before it is spoken, and then why it was', () => {
    let state = follow(FRESH, { type: 'Proposed', at_s: 1, turn: 1, text: 'Peas', line_class: 'grounded', cites: ['j21'] });
    expect(state.next).toBe('Peas');
    state = follow(state, {
      type: 'SpeechStarted',
      at_s: 2,
      turn: 1,
      clause: 1,
      text: 'Peas',
      line_class: 'grounded',
      expression: 'joy',
      gesture: '',
      cites: ['j21'],
      rate_hz: 24000,
      samples: 9,
      visemes: [],
      sound: '1.wav',
      real: false,
    });
    expect(state.said).toEqual({ text: 'Peas', why: 'grounded', cites: ['j21'] });
    expect(follow(state, { type: 'Hush', at_s: 3, turn: 1 }).speaking).toBe(false);
  });

  it('test_S2: every control has a key of its own', () => {
    const controls = [...mainControls(FRESH), ...sideControls(FRESH)];
    const keys = controls.map((one) => one.key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const wanted of ['next', 'hold', 'calm', 'step_back', 'mute', 'lower', 'soft_end', 'stop', 'slower', 'back', 'marker', 'review']) {
      expect(controls.map((one) => one.control)).toContain(wanted);
    }
  });

  it('what holds also lets go, and what is quiet can speak again', () => {
    const held = follow(FRESH, { type: 'PhaseChanged', at_s: 1, phase: 'held', why: '' });
    expect(mainControls(held).some((one) => one.control === 'resume' && one.key === 'h')).toBe(true);
    const quiet = follow(FRESH, { type: 'ControlDone', at_s: 1, control: 'mute', args: {} });
    expect(sideControls(quiet).some((one) => one.control === 'unmute')).toBe(true);
  });
});

describe('how the headset does', () => {
  const health = { type: 'HealthTold', at_s: 3, fps: 72, battery: 0.8, mic_level: 0.01, microphone: true, immersive: true } as const;

  it('is kept as it was last told, and read as one would say it', () => {
    const state = follow(follow(FRESH, { ...health, fps: 60 }), health);
    expect(healthWords(state.health)).toBe('Headset: 72 pictures a second, microphone on, battery 80 %.');
    expect(healthWords(FRESH.health)).toBe('');
  });

  it('says what is not as it should be, and nothing of what is not known', () => {
    const poor = healthWords({ ...health, fps: 30, microphone: false, battery: 0.1 });
    expect(poor).toContain('only 30 pictures a second, which may be uncomfortable');
    expect(poor).toContain('what they say is written');
    expect(poor).toContain('charge it before the next meeting');
    expect(healthWords({ ...health, immersive: false, battery: -1 })).toBe('Screen: 72 pictures a second, microphone on.');
  });
});
