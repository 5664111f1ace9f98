// A meeting's journal comes in; it is played again with the same place, person and voice, and may be stopped and moved through.
import { WallClock } from '../wire/clock';
import { Replay } from '../wire/replay';
import { WorldSoFar } from '../wire/sofar';
import type { Event } from '../wire/types.gen';
import { samplesOf } from '../wire/wav';
import { button, element } from './element';
import { Onlooker } from './onlooker';
import './style.css';
import './watch.css';

interface Held {
  readonly id: string;
  readonly minutes: number;
}

const place = document.querySelector('main')!;

class Keepsake {
  readonly #onlooker: Onlooker;
  readonly #replay: Replay;
  readonly #clock = new WallClock();
  readonly #line = element('input', { type: 'range', min: '0', step: '0.5', 'aria-label': 'Time of the meeting' }) as HTMLInputElement;
  readonly #time = element('span', { class: 'time' });
  readonly #play = button('Pause', () => this.#toggle(), 'play');
  #playing = true;
  #moving = false;

  constructor(
    private readonly id: string,
    name: string,
    private readonly events: readonly Event[],
    private readonly canvas: HTMLCanvasElement,
    over: HTMLElement,
  ) {
    this.#onlooker = new Onlooker(canvas, name);
    this.#replay = new Replay(events, (event) => this.#take(event));
    this.#line.max = String(this.#replay.lengthS);
    this.#line.addEventListener('input', () => this.#seek(Number(this.#line.value)));
    const row = element('div', { class: 'player' });
    row.append(this.#play, this.#line, this.#time);
    over.append(this.#onlooker.view.captions.element, row);
    document.addEventListener('keydown', (event) => {
      if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) this.#toggle();
    });
  }

  async open(step: (part: 'place' | 'person' | 'done') => void): Promise<void> {
    await this.#onlooker.view.open('?for=keepsake', step);
  }

  async play(): Promise<void> {
    const { view } = this.#onlooker;
    await view.openSound(false);
    view.resize();
    window.addEventListener('resize', () => view.resize());
    let before = this.#clock.now();
    view.renderer.setAnimationLoop(() => {
      const now = this.#clock.now();
      const dt = Math.min(0.1, now - before);
      before = now;
      if (this.#playing && !this.#replay.over) {
        this.#replay.advance(dt);
        this.#onlooker.advance(dt);
        this.#draw();
      }
      this.#onlooker.render();
    });
    this.canvas.focus();
  }

  #take(event: Event): void {
    if (this.#moving) return;
    this.#onlooker.event(event);
    if (event.type === 'SpeechStarted') void this.#sound(event.clause, event.sound);
  }

  async #sound(clause: number, file: string): Promise<void> {
    const answer = await fetch(`/api/meetings/${encodeURIComponent(this.id)}/sound/${encodeURIComponent(file)}`);
    const samples = answer.ok ? samplesOf(await answer.arrayBuffer()) : null;
    if (samples !== null) this.#onlooker.sound({ clause, firstSample: 0, samples });
  }

  #toggle(): void {
    this.#playing = !this.#playing;
    this.#play.textContent = this.#playing ? 'Pause' : 'Go on';
    if (!this.#playing) this.#onlooker.view.hush();
  }

  /** The world as it stood then; what was being said is not begun in the middle. */
  #seek(seconds: number): void {
    this.#moving = true;
    this.#replay.seek(seconds);
    this.#moving = false;
    const world = new WorldSoFar();
    const before = this.events.filter((event) => event.at_s <= seconds);
    for (const event of before) if (event.type === 'CueFired') world.take(event.cue);
    this.#onlooker.view.rebuild(world.cues());
    const moved = before.findLast((event) => event.type === 'VisitorMoved');
    if (moved) this.#onlooker.event(moved);
    for (let n = 0; n < 12; n += 1) this.#onlooker.advance(0.1);
    this.#draw();
  }

  #draw(): void {
    this.#line.value = String(this.#replay.atS);
    this.#time.textContent = clockTime(this.#replay.atS);
  }
}

function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

async function choose(): Promise<void> {
  const held = (await (await fetch('/api/meetings')).json()) as Held[];
  const card = element('section', { class: 'card' });
  card.append(element('h1', {}, held.length > 0 ? 'Which meeting' : 'No meeting has been kept'));
  for (const one of held) {
    const link = element('a', { href: `/keepsake?meeting=${encodeURIComponent(one.id)}` }, `${one.id} · ${one.minutes} minutes`);
    card.append(element('p', {}));
    card.lastElementChild!.append(link);
  }
  place.replaceChildren(card);
}

async function begin(): Promise<void> {
  const id = new URLSearchParams(location.search).get('meeting');
  if (id === null) {
    await choose();
    return;
  }
  const [doorway, journal] = await Promise.all([fetch('/api/doorway'), fetch(`/api/meetings/${encodeURIComponent(id)}/journal.jsonl`)]);
  const card = element('section', { class: 'card' });
  const said = element('p', { class: 'said', role: 'status' }, 'The place is being made ready.');
  card.append(said);
  place.replaceChildren(card);
  if (!journal.ok) {
    said.textContent = 'This meeting is not kept here.';
    return;
  }
  const { name } = (await doorway.json()) as { name: string };
  const stage = element('div', { class: 'meeting' });
  const canvas = document.createElement('canvas');
  const over = element('div', { class: 'over' });
  stage.append(canvas);
  stage.hidden = over.hidden = true;
  document.body.append(stage, over);
  const keepsake = new Keepsake(id, name, Replay.read(await journal.text()), canvas, over);
  await keepsake.open(() => undefined);
  said.textContent = `A meeting with the portrait of ${name}, as it was.`;
  card.append(
    button(
      'Watch it again',
      () => {
        stage.hidden = over.hidden = false;
        document.body.classList.add('inside');
        void keepsake.play();
      },
      'main',
    ),
  );
}

void begin();
