import { describe, expect, it } from 'vitest';
import { CONTROLS, FRESH, follow, timeLeft } from '../../src/pages/console';
import { freshAnswers, STEPS } from '../../src/pages/doorway';
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
    const keys = CONTROLS.map((one) => one.key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const wanted of ['next', 'hold', 'calm', 'step_back', 'mute', 'soft_end', 'stop', 'slower']) {
      expect(CONTROLS.some((one) => one.control === wanted)).toBe(true);
    }
  });
});

describe('the doorway', () => {
  it('test_C7 and test_H1: no yes is given for the visitor, and the notice comes first', () => {
    const said = freshAnswers();
    expect([said.adult, said.acknowledged_portrait, said.wants_to_go_in]).toEqual([false, false, false]);
    expect(STEPS[0]).toBe('notice');
    expect(STEPS.at(-1)).toBe('wants_to_go_in');
  });
});
