import { describe, expect, it } from 'vitest';
import { AmbienceState, MIXES } from '../../src/sound/ambience';
import { CANDLES, LULLABY, struck } from '../../src/sound/melody';
import { birdPhrase, crickets, effect, heartbeat, musicBox, softNoise } from '../../src/sound/synth';
import { VirtualVoice } from '../../src/sound/voice';
import { Chance } from '../../src/wire/chance';

const RATE = 24000;
const peak = (samples: Float32Array) => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

describe('the place', () => {
  it('test_S7: silent until the place is cued, and the place comes without music', () => {
    const state = new AmbienceState();
    expect([state.gain, state.music]).toEqual([0, '']);
    expect(state.cue({ kind: 'ambience', target: 'park_day', args: { gain: 0.6, fade_s: 6 } })).toBe(true);
    expect([state.mix, state.gain, state.fadeS, state.music]).toEqual([MIXES.park_day, 0.6, 6, '']);
    expect(state.cue({ kind: 'be', target: 'stand', args: {} })).toBe(false);
  });

  it('plays the lullaby when asked, and nothing it does not know', () => {
    const state = new AmbienceState();
    state.cue({ kind: 'music', target: 'lullaby', args: { gain: 0.4 } });
    expect(state.music).toBe('lullaby');
    state.cue({ kind: 'music', target: 'none', args: {} });
    expect(state.music).toBe('');
  });
});

describe('small sounds', () => {
  it('never clip, never start or end with a click, and are the same each time', () => {
    const made = () => {
      const chance = new Chance(3);
      const kinds = (['match', 'puff', 'pop', 'rustle', 'touch', 'taste', 'throw'] as const).map((kind) => effect(kind, RATE, chance));
      return [birdPhrase(RATE, chance, true), birdPhrase(RATE, chance, false), heartbeat(RATE), crickets(3, RATE, chance), ...kinds];
    };
    const again = made();
    made().forEach((sound, n) => {
      expect(peak(sound)).toBeLessThanOrEqual(0.71);
      expect(Math.abs(sound[0]!)).toBeLessThan(0.02);
      expect(Math.abs(sound.at(-1)!)).toBeLessThan(0.03);
      expect(sound).toEqual(again[n]);
    });
  });

  it('the wind has no seam', () => {
    const noise = softNoise(2, RATE, new Chance(1));
    const steps = noise.map((value, n) => Math.abs(value - noise.at(n - 1)!));
    expect(steps[0]!).toBeLessThanOrEqual(peak(steps));
  });

  it('the tunes are as long as they say, and quicken nowhere', () => {
    for (const tune of [LULLABY, CANDLES]) {
      const { notes, lengthS } = struck(tune);
      expect(notes.at(-1)!.atS).toBeLessThan(lengthS);
      const melody = tune.melody.reduce((sum, [, beats]) => sum + beats, 0);
      const bass = tune.bass.reduce((sum, [, beats]) => sum + beats, 0);
      expect(bass).toBe(melody);
    }
    const box = musicBox(LULLABY, 8000);
    expect(peak(box)).toBeCloseTo(0.5);
  });
});

it('a voice led by a test keeps its place to the sample', () => {
  const ended: number[] = [];
  const voice = new VirtualVoice(RATE, (clause) => ended.push(clause));
  voice.begin(1, 4800);
  voice.take({ clause: 1, firstSample: 0, samples: new Int16Array(4800) });
  for (let n = 0; n < 9; n += 1) voice.advance(1 / 72);
  expect(voice.heard()).toEqual({ clause: 1, sample: 3000 });
  for (let n = 0; n < 6; n += 1) voice.advance(1 / 72);
  expect([ended, voice.heard()]).toEqual([[1], null]);
});
