// Events come in, what the companion needs to know goes out: a plain state with no page in it.
import type { BeatState, Event, HealthTold } from '../wire/types.gen';

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
  readonly muted: boolean;
  readonly review: boolean;
  readonly movedS: number;
  readonly passed: readonly string[];
  readonly health: HealthTold | null;
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
  muted: false,
  review: false,
  movedS: -1,
  passed: [],
  health: null,
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
      return { ...now, beat: event.beat, beatSinceS: event.at_s, passed: state.beat ? [...state.passed, state.beat] : state.passed };
    case 'SpeechStarted':
      return {
        ...now,
        speaking: true,
        next: '',
        lastVoiceS: event.at_s,
        said: event.text === '' && now.said ? now.said : { text: event.text, why: event.line_class, cites: event.cites },
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
      return { ...now, distanceM: event.distance_m, movedS: event.at_s };
    case 'Noticed':
      return { ...now, notices: [...state.notices, { atS: event.at_s, level: event.level, text: event.text }].slice(-NOTICES_KEPT) };
    case 'ControlDone':
      return controlled(now, event.control, event.args);
    case 'PhaseChanged':
      return { ...now, phase: event.phase };
    case 'MeetingEnded':
      return { ...now, ended: event.how, speaking: false };
    case 'HealthTold':
      return { ...now, health: event };
    default:
      return now;
  }
}

function controlled(state: ConsoleState, control: string, args: Readonly<Record<string, string>>): ConsoleState {
  const done = { ...state, done: control };
  if (control === 'mute' || control === 'unmute') return { ...done, muted: control === 'mute' };
  if (control === 'review') return { ...done, review: args.on !== 'no' };
  if (control === 'hold_back' || control === 'let_through') return { ...done, next: '' };
  return done;
}

/** Seconds left of the present beat at the most, and whether its aimed-at time has passed. */
export function timeLeft(state: ConsoleState, nowS: number): { readonly leftS: number; readonly past: boolean } | null {
  const beat = state.beats.find((one) => one.id === state.beat);
  if (beat === undefined) return null;
  const since = nowS - state.beatSinceS;
  return { leftS: Math.max(0, beat.max_s - since), past: since > beat.target_s };
}

const FEW_PICTURES = 45; // below this a headset does not feel smooth
const LOW_BATTERY = 0.2;

/** How the headset does, as one would say it; '' while nothing is known. */
export function healthWords(health: HealthTold | null): string {
  if (health === null) return '';
  const pictures = `${Math.round(health.fps)} pictures a second`;
  const parts = [
    health.immersive && health.fps < FEW_PICTURES ? `only ${pictures}, which may be uncomfortable` : pictures,
    health.microphone ? 'microphone on' : 'no microphone, what they say is written',
  ];
  if (health.battery >= 0) {
    const battery = `battery ${Math.round(health.battery * 100)} %`;
    parts.push(health.battery < LOW_BATTERY ? `${battery}: charge it before the next meeting` : battery);
  }
  return `${health.immersive ? 'Headset' : 'Screen'}: ${parts.join(', ')}.`;
}

export interface ControlKey {
  readonly control: string;
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly args?: Readonly<Record<string, string>>;
}

const press = (control: string, key: string, name: string, kind = '', args?: ControlKey['args']): ControlKey =>
  args ? { control, key, name, kind, args } : { control, key, name, kind };

/** The large ones, always in the same place. What holds also lets go, and what is quiet can speak again. */
export function mainControls(state: ConsoleState): readonly ControlKey[] {
  const held = state.phase === 'held' || state.phase === 'calm';
  return [
    press('next', 'n', 'Next', 'main'),
    held ? press('resume', 'h', 'Go on', 'lit') : press('hold', 'h', 'Hold'),
    press('calm', 'c', 'Calm', state.phase === 'calm' ? 'lit' : ''),
    press('soft_end', 'e', 'Soft ending'),
    press('stop', 's', 'Stop', 'stop'),
  ];
}

export function sideControls(state: ConsoleState): readonly ControlKey[] {
  return [
    press('step_back', 'b', 'A step back'),
    state.muted ? press('unmute', 'm', 'Speak again', 'lit') : press('mute', 'm', 'Quiet'),
    press('lower', 'd', 'Softer'),
    press('raise', 'u', 'Louder'),
    press('slower', 'l', 'Slower'),
    press('back', 'z', 'Calm place'),
    press('recentre', 'r', 'Recentre'),
    state.review ? press('review', 'v', 'Review is on', 'lit', { on: 'no' }) : press('review', 'v', 'Review lines', '', { on: 'yes' }),
    press('marker', 'k', 'Marker'),
    press('companion_close', 'x', 'Close'),
  ];
}
