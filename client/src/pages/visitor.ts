// The visitor's page: a neutral, silent doorway first; what draws and sounds is fetched only after the visitor's own yes (C7).
import { ManualClock, WallClock } from '../wire/clock';
import { browserTimers, lineTo, Socket } from '../wire/socket';
import { closing } from './closing';
import { type DoorwayWords, type Said, showDoorway } from './doorway';
import { button, element } from './element';
import { Inbox } from './inbox';
import './style.css';
import type { Microphone } from '../sound/microphone';

const place = document.querySelector('main')!;
const asked = new URLSearchParams(location.search);
const manual = asked.get('clock') === 'manual';
const often = (act: () => void) => {
  const ticking = setInterval(act, 33);
  return () => clearInterval(ticking);
};

async function doorway(): Promise<DoorwayWords | null> {
  const answer = await fetch('/api/doorway');
  return answer.ok ? ((await answer.json()) as DoorwayWords) : null;
}

async function begin(): Promise<void> {
  let words = await doorway();
  if (words?.paired === false) {
    const { askForCode } = await import('./pairing');
    await askForCode(place);
    words = await doorway();
  }
  if (words === null) {
    place.replaceChildren(closing('not_ready', ''));
    return;
  }
  const microphone = async () => (await import('../sound/microphone')).Microphone.open();
  await meet(words, await showDoorway(place, words, { microphone, often }));
}

async function meet(words: DoorwayWords, { said, microphone }: Said<Microphone>): Promise<void> {
  place.replaceChildren(preparing('The place is being made ready.', 0.08));
  const [{ Visit }, { hasHeadset }] = await Promise.all([import('./visit'), import('../xr/session')]);
  const emulated = await emulation();
  const clock = manual ? new ManualClock() : new WallClock();
  const inbox = new Inbox();
  const client = navigator.xr && (await hasHeadset()) ? 'headset' : 'screen';
  const socket = new Socket('visitor', inbox, () => lineTo('visitor'), clock, browserTimers, 12, client);
  const visit = new Visit(place, socket, clock, { said, microphone, name: words.name, manual });
  const hooks = manual ? await hooksFor(visit, clock as ManualClock, socket, emulated) : null;
  let yes = false;
  inbox.follow({
    event: (event) => visit.event(event),
    sound: (chunk) => visit.sound(chunk),
    ticked: () => hooks?.ticked(),
    link: (state) => {
      if (state.kind === 'open' && !yes) yes = socket.send(said);
      visit.link(state);
    },
  });
  socket.open();
  await visit.accepted();
  const opened = await visit.view.open('', (part) => place.replaceChildren(preparing(...PARTS[part])));
  const show = (failed: boolean) =>
    place.replaceChildren(threshold(client === 'headset' && opened.place, opened.person, (headset) => void enter(headset), failed));
  const enter = async (headset: boolean) => {
    try {
      await visit.enter(headset);
    } catch (error) {
      console.warn('the place could not be entered', error);
      show(true);
      return;
    }
    if (!manual) visit.run();
  };
  show(false);
}

const PARTS: Record<'place' | 'person' | 'done', [string, number]> = {
  place: ['The place is being made ready.', 0.25],
  person: ['The portrait is being made ready.', 0.6],
  done: ['It is ready.', 1],
};

function preparing(text: string, share: number): HTMLElement {
  const card = element('section', { class: 'card waiting' });
  const bar = element('div', { class: 'level', role: 'progressbar', 'aria-valuenow': String(Math.round(share * 100)) });
  const filled = element('i');
  filled.style.transform = `scaleX(${share})`;
  bar.append(filled);
  card.append(element('p', { class: 'said', role: 'status' }, text), bar);
  return card;
}

function threshold(headset: boolean, seen: boolean, enter: (headset: boolean) => void, failed = false): HTMLElement {
  const card = element('section', { class: 'card' });
  card.append(element('h1', {}, 'When you are ready'));
  if (failed) {
    const again = headset ? 'You can try once more, or enter on this screen.' : 'You can try once more.';
    card.append(element('p', { class: 'said', role: 'alert' }, `The place could not be opened this time. ${again}`));
  }
  const first = seen
    ? 'First there is only the place, and quiet. Take your time.'
    : 'The portrait cannot be seen today. The meeting is held by voice and words.';
  card.append(element('p', { class: 'said' }, first));
  if (headset) card.append(button('Enter with the headset', () => enter(true), 'main'));
  card.append(button(headset ? 'Enter on this screen' : 'Enter', () => enter(false), headset ? '' : 'main'));
  const keys = element('p', { class: 'aside keys' });
  keys.append(...KEYS.flatMap(([key, does]) => [element('kbd', {}, key), element('span', {}, does)]));
  const touch = 'Drag to look around, tap what you mean. What can be done stands below the picture.';
  card.append(element('p', { class: 'aside with-keys' }, 'On this screen'), keys, element('p', { class: 'aside with-fingers' }, touch));
  return card;
}

const KEYS: readonly (readonly [string, string])[] = [
  ['drag', 'look around'],
  ['W A S D', 'small steps'],
  ['E', 'do what is offered'],
  ['F', 'give a hand'],
  ['H', 'hug'],
  ['R', 'stroke the hair'],
  ['G', 'kneel or rise'],
  ['T', 'write'],
  ['L', 'later'],
  ['Esc, space', 'stop'],
];

async function emulation(): Promise<unknown> {
  if (asked.get('emulate') !== 'quest3') return null;
  const { EmulatedHeadset } = await import('./emulate');
  return new EmulatedHeadset(asked.get('stereo') === 'yes');
}

async function hooksFor(visit: import('./visit').Visit, clock: ManualClock, socket: Socket, emulated: unknown) {
  const { Hooks } = await import('./hooks');
  const hooks = new Hooks(visit, clock, socket);
  hooks.emulated = emulated;
  Object.assign(window, { meetagain: hooks });
  return hooks;
}

void begin();
