// A meeting under way comes in; a picture of both, what is said as words, and the permanent mark go out (H7).
import { WallClock } from '../wire/clock';
import { browserTimers, lineTo, Socket } from '../wire/socket';
import type { LinkState } from '../wire/source';
import type { Event } from '../wire/types.gen';
import { button, element } from './element';
import { Inbox } from './inbox';
import { Onlooker } from './onlooker';
import { askForCode } from './pairing';
import './style.css';
import './watch.css';

const OPEN_PHASES = new Set(['ready', 'running', 'held', 'calm']);

/** Whose meeting it is; a browser that nobody let in is not told. */
async function nameThere(): Promise<string | undefined> {
  return ((await (await fetch('/api/doorway')).json()) as { name?: string }).name;
}

async function begin(): Promise<void> {
  const place = document.querySelector('main')!;
  let name = await nameThere();
  if (name === undefined) {
    await askForCode(place);
    name = (await nameThere()) ?? '';
  }
  const said = element('p', { class: 'said', role: 'status' }, 'The meeting has not begun. This page follows when it does.');
  const card = element('section', { class: 'card' });
  const watch = button('Watch quietly', () => resolveWatch(), 'main');
  let resolveWatch: () => void = () => undefined;
  const watched = new Promise<void>((resolve) => {
    resolveWatch = resolve;
  });
  card.append(said, watch);
  place.replaceChildren(card);
  await watched;
  watch.remove();
  const stage = element('div', { class: 'meeting' });
  const canvas = document.createElement('canvas');
  stage.append(canvas);
  const over = element('div', { class: 'over' });
  document.body.append(stage, over);
  stage.hidden = over.hidden = true;
  const onlooker = new Onlooker(canvas, name);
  over.append(onlooker.view.captions.element);
  const clock = new WallClock();
  const inbox = new Inbox();
  const kept: Event[] = [];
  let opening = false;
  let opened = false;
  const take = (event: Event) => {
    if (event.type === 'Snapshot' || event.type === 'PhaseChanged') {
      said.textContent = OPEN_PHASES.has(event.phase) ? 'The place is being made ready.' : words(event.phase);
      if (OPEN_PHASES.has(event.phase) && !opening) void open();
    }
    if (opened) onlooker.event(event);
    else kept.push(event);
  };
  const open = async () => {
    opening = true;
    await onlooker.view.open('', () => undefined);
    await onlooker.view.openSound(false);
    stage.hidden = over.hidden = false;
    document.body.classList.add('inside');
    onlooker.view.resize();
    opened = true;
    for (const event of kept) onlooker.event(event);
    run(onlooker, clock);
  };
  inbox.follow({
    event: take,
    sound: (chunk) => onlooker.sound(chunk),
    link: (state: LinkState) => {
      if (state.kind !== 'closed') return;
      if (state.code === 4001) void askForCode(place).then(() => location.reload());
      else {
        document.body.classList.remove('inside');
        stage.hidden = over.hidden = true;
        said.textContent = 'It is quiet now. Nothing can be seen from here just now.';
      }
    },
  });
  window.addEventListener('resize', () => onlooker.view.resize());
  new Socket('spectator', inbox, () => lineTo('spectator'), clock, browserTimers, 600, 'spectator').open();
}

function run(onlooker: Onlooker, clock: WallClock): void {
  let before = clock.now();
  onlooker.view.renderer.setAnimationLoop(() => {
    const now = clock.now();
    onlooker.advance(now - before);
    before = now;
    onlooker.render();
  });
}

function words(phase: string): string {
  return phase === 'ended' || phase === 'stopped' ? 'The meeting is over.' : 'The meeting has not begun. This page follows when it does.';
}

void begin();
