// Events come in, what the companion needs to know goes out: a plain state with no page in it.
import type { BeatState, Event } from '../wire/types.gen';

export interface ConsoleState {
  readonly atS: number;
  readonly phase: string;
  readonly name: string;
  readonly beats: readonly BeatState[];
  readonly beat: string;
  readonly beatSinceS: number;
  readonly heard: string;
  readonly said: { readonly text: string; readonly why: string; readonly cites: readonly string[] } | null;
  readonly next: string;
  readonly speaking: boolean;
  readonly visitorSpeaking: boolean;
  readonly lastVoiceS: number;
  readonly distanceM: number | null;
  readonly notices: readonly { readonly atS: number; readonly level: string; readonly text: string }[];
  readonly done: string;
  readonly ended: string;
}

export const FRESH: ConsoleState = {
  atS: 0,
  phase: 'doorway',
  name: '',
  beats: [],
  beat: '',
  beatSinceS: 0,
  heard: '',
  said: null,
  next: '',
  speaking: false,
  visitorSpeaking: false,
  lastVoiceS: 0,
  distanceM: null,
  notices: [],
  done: '',
  ended: '',
};

const NOTICES_KEPT = 6;

/** The state after one event. */
export function follow(state: ConsoleState, event: Event): ConsoleState {
  const now = { ...state, atS: event.at_s };
  switch (event.type) {
    case 'Snapshot':
      return {
        ...FRESH,
        atS: event.at_s,
        phase: event.phase,
        name: event.portrait_of,
        beats: event.beats,
        beat: event.beat,
        beatSinceS: event.beat_since_s,
        lastVoiceS: event.at_s,
      };
    case 'BeatEntered':
      return { ...now, beat: event.beat, beatSinceS: event.at_s };
    case 'SpeechStarted':
      return {
        ...now,
        speaking: true,
        next: '',
        lastVoiceS: event.at_s,
        said: { text: event.text, why: event.line_class, cites: event.cites },
      };
    case 'SpeechEnded':
    case 'Hush':
      return { ...now, speaking: false, lastVoiceS: event.at_s };
    case 'Heard':
      return { ...now, heard: event.text, lastVoiceS: event.at_s };
    case 'Listening':
      return { ...now, visitorSpeaking: event.speaking };
    case 'Proposed':
      return { ...now, next: event.text };
    case 'VisitorMoved':
      return { ...now, distanceM: event.distance_m };
    case 'Noticed':
      return { ...now, notices: [...state.notices, { atS: event.at_s, level: event.level, text: event.text }].slice(-NOTICES_KEPT) };
    case 'ControlDone':
      return { ...now, done: event.control };
    case 'PhaseChanged':
      return { ...now, phase: event.phase };
    case 'MeetingEnded':
      return { ...now, ended: event.how, speaking: false };
    default:
      return now;
  }
}

/** Seconds left of the present beat at the most, and whether its aimed-at time has passed. */
export function timeLeft(state: ConsoleState, nowS: number): { readonly leftS: number; readonly past: boolean } | null {
  const beat = state.beats.find((one) => one.id === state.beat);
  if (beat === undefined) return null;
  const since = nowS - state.beatSinceS;
  return { leftS: Math.max(0, beat.max_s - since), past: since > beat.target_s };
}

export interface ControlKey {
  readonly control: string;
  readonly key: string;
  readonly name: string;
  readonly kind: string;
}

export const CONTROLS: readonly ControlKey[] = [
  { control: 'next', key: 'n', name: 'Next', kind: 'main' },
  { control: 'hold', key: 'h', name: 'Hold', kind: '' },
  { control: 'calm', key: 'c', name: 'Calm', kind: '' },
  { control: 'resume', key: 'g', name: 'Go on', kind: '' },
  { control: 'step_back', key: 'b', name: 'Step back', kind: '' },
  { control: 'mute', key: 'm', name: 'Quiet', kind: '' },
  { control: 'unmute', key: 'u', name: 'Speak again', kind: '' },
  { control: 'slower', key: 'l', name: 'Slower', kind: '' },
  { control: 'soft_end', key: 'e', name: 'Soft ending', kind: '' },
  { control: 'companion_close', key: 'x', name: 'Close', kind: '' },
  { control: 'stop', key: 's', name: 'Stop', kind: 'stop' },
];
