// The visitor's page: the doorway first, neutral and silent; then the meeting by voice and words.
import { Playback } from '../sound/playback';
import { WallClock } from '../wire/clock';
import { lineTo, Socket } from '../wire/socket';
import type { LinkState } from '../wire/source';
import type { Event } from '../wire/types.gen';
import { Captions } from './captions';
import { type DoorwayWords, showDoorway } from './doorway';
import { button, element, field } from './element';
import './style.css';

const RATE_HZ = 24000;
const place = document.querySelector('main')!;

class Visit {
  readonly #socket: Socket;
  readonly #captions: Captions;
  readonly #spoken = element('div');
  #playback: Playback | null = null;
  #over = false;
  #whenOpen: (() => void) | null = null;

  constructor(private readonly words: DoorwayWords) {
    this.#captions = new Captions(this.#spoken, words.name);
    this.#socket = new Socket(
      'visitor',
      { event: (event) => this.#event(event), sound: (chunk) => this.#playback?.take(chunk), link: (state) => this.#link(state) },
      () => lineTo('visitor'),
      new WallClock(),
    );
  }

  async run(): Promise<void> {
    const said = await showDoorway(place, this.words);
    this.#playback = await Playback.open(RATE_HZ, (clause) => this.#socket.send({ type: 'Played', clause, samples: 0, finished: true }));
    place.replaceChildren(this.#room());
    this.#captions.show(said.captions !== false);
    this.#socket.open();
    this.#whenOpen = () => {
      this.#socket.send(said);
      this.#socket.send({ type: 'Acted', act: 'entered' });
    };
  }

  #room(): HTMLElement {
    const room = element('section', { class: 'room' });
    const typed = field('text', `Say something to ${this.words.name}`);
    const say = () => {
      const text = typed.input.value.trim();
      if (text && this.#socket.send({ type: 'Typed', text })) typed.input.value = '';
    };
    typed.input.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter') say();
      if (event.key === 'Escape') this.#stop('key');
    });
    const stop = button('Stop', () => this.#stop('button'), 'stop');
    room.append(this.#spoken, typed.label, button('Say it', say, 'main'), stop);
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#stop('key');
    });
    return room;
  }

  #stop(how: string): void {
    this.#playback?.hush();
    this.#socket.send({ type: 'StopAsked', how });
  }

  #event(event: Event): void {
    switch (event.type) {
      case 'BeatEntered':
        document.body.dataset.beat = event.beat;
        return;
      case 'SpeechStarted':
        this.#playback?.begin(event.clause, event.samples);
        this.#captions.person(event.text);
        return;
      case 'Heard':
        this.#captions.visitor(event.text);
        return;
      case 'Hush':
        this.#playback?.hush();
        return;
      case 'PhaseChanged':
        document.body.dataset.phase = event.phase;
        return;
      case 'MeetingEnded':
        this.#end(event.how);
    }
  }

  #end(how: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.close();
    void this.#playback?.close();
    place.replaceChildren(closing(how));
  }

  #link(state: LinkState): void {
    if (state.kind === 'open') {
      this.#whenOpen?.();
      this.#whenOpen = null;
    } else if (state.kind === 'closed') {
      this.#end(state.code === 4003 ? 'not_ready' : state.code === 4009 ? 'elsewhere' : 'link_lost');
    }
  }
}

const CLOSINGS: Record<string, readonly string[]> = {
  farewell: ['Breathe a little.', 'Look at three things in the room, and name them.', 'Stay together for a while.'],
  stop: ['It has stopped. That is quite all right.', 'Somebody is beside you. Breathe a little.'],
  link_lost: ['It is quiet now.', 'Breathe a little, and talk with the one beside you. What was said is kept safe.'],
  not_ready: ['The place is not ready yet.', 'The one who prepares it will find on their page what is missing.'],
  elsewhere: ['This meeting goes on in another window.'],
};

function closing(how: string): HTMLElement {
  const card = element('section', { class: 'card' });
  for (const line of CLOSINGS[how] ?? CLOSINGS.link_lost!) card.append(element('p', {}, line));
  return card;
}

async function begin(): Promise<void> {
  const answer = await fetch('/api/doorway');
  const words = (await answer.json()) as DoorwayWords;
  if (!words.paired) {
    const { askForCode } = await import('./pairing');
    await askForCode(place);
  }
  await new Visit(words).run();
}

void begin();
