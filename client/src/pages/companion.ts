// The companion's page: one line of what happens now, what was heard and said and why, and the buttons.
import { type Clock, WallClock } from '../wire/clock';
import { lineTo, Socket } from '../wire/socket';
import type { LinkState } from '../wire/source';
import { CONTROLS, type ConsoleState, FRESH, follow, timeLeft } from './console';
import { button, element, field } from './element';
import { askForCode } from './pairing';
import './companion.css';

interface Line {
  readonly group: string;
  readonly text: string;
}

const REASONS: Record<string, string> = {
  clip: 'a recording',
  authored: 'a line of the story, in the family’s words',
  grounded: 'a memory',
  not_knowing: 'it is not known',
  honest: 'an honest answer',
  care: 'care',
  reply_unsaid: 'an approved answer',
  refuse: 'not answered',
  filler: 'listening',
  farewell: 'the goodbye',
};
const PHASES: Record<string, string> = {
  doorway: 'The visitor is at the doorway.',
  ready: 'The visitor is about to go in.',
  running: '',
  held: 'Held: the story waits for you.',
  calm: 'Calm: the place is quiet, and the story waits.',
  stopped: 'Stopped. Speak to them yourself.',
  ended: 'The meeting is over.',
};

class Console {
  #state: ConsoleState = FRESH;
  #arrivedAt = 0;
  #link = 'Connecting …';
  readonly #parts = {
    now: element('p', { class: 'now', 'aria-live': 'polite' }),
    hint: element('p', { class: 'hint' }),
    left: element('p', { class: 'left' }),
    map: element('ol', { class: 'map' }),
    heard: element('p'),
    said: element('p'),
    why: element('p', { class: 'why' }),
    silence: element('p', { class: 'why' }),
    notices: element('ul', { class: 'notices', 'aria-live': 'assertive' }),
    link: element('p', { class: 'link', role: 'status' }),
    lines: element('div', { class: 'lines' }),
  };
  readonly #socket: Socket;

  constructor(
    private readonly place: HTMLElement,
    private readonly clock: Clock,
  ) {
    this.#socket = new Socket(
      'companion',
      {
        event: (event) => {
          this.#state = follow(this.#state, event);
          this.#arrivedAt = this.clock.now();
          this.#draw();
        },
        sound: () => undefined,
        link: (state) => this.#linked(state),
      },
      () => lineTo('companion'),
      clock,
      undefined,
      600,
    );
  }

  async open(): Promise<void> {
    this.place.replaceChildren(this.#page());
    document.addEventListener('keydown', (event) => this.#key(event));
    this.#socket.open();
    setInterval(() => this.#drawTime(), 500);
    this.#lines(await (await fetch('/api/lines')).json());
  }

  #page(): HTMLElement {
    const p = this.#parts;
    const controls = element('div', { class: 'controls' });
    for (const { control, key, name, kind } of CONTROLS) {
      const made = button(name, () => this.#press(control), kind);
      made.append(element('kbd', {}, key));
      controls.append(made);
    }
    const column = (title: string, ...inside: HTMLElement[]) => {
      const made = element('section');
      made.append(element('h2', {}, title), ...inside);
      return made;
    };
    const whole = element('div', { class: 'console' });
    whole.append(
      column('Now', p.now, p.hint, p.left, p.notices, p.link),
      column('The talk', element('h3', {}, 'Heard'), p.heard, element('h3', {}, 'Said'), p.said, p.why, p.silence),
      column('The way', p.map),
      column('Lines', p.lines),
      controls,
    );
    return whole;
  }

  #lines(lines: readonly Line[]): void {
    const search = field('text', 'Find a line ( / )');
    search.input.id = 'find';
    const list = element('div', { class: 'list' });
    const unique = [...new Map(lines.map((line) => [line.text, line])).values()];
    const show = () => {
      const wanted = search.input.value.trim().toLowerCase();
      const found = unique.filter((line) => `${line.group} ${line.text}`.toLowerCase().includes(wanted)).slice(0, 40);
      list.replaceChildren(...found.map((line) => button(line.text, () => this.#press('say', { text: line.text }), 'line')));
    };
    search.input.addEventListener('input', show);
    show();
    this.#parts.lines.replaceChildren(search.label, list);
  }

  #press(control: string, args: Record<string, string> = {}): void {
    if (!this.#socket.send({ type: 'Control', control, args })) this.#link = 'Not connected. Looking for the link …';
    this.#draw();
  }

  #key(event: KeyboardEvent): void {
    const writing = event.target instanceof HTMLInputElement;
    if (writing && event.key === 'Escape') (event.target as HTMLInputElement).blur();
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      document.getElementById('find')?.focus();
      return;
    }
    const found = CONTROLS.find((one) => one.key === event.key.toLowerCase());
    if (found !== undefined) this.#press(found.control);
  }

  #linked(state: LinkState): void {
    this.#link =
      state.kind === 'open' ? 'Connected' : state.kind === 'waiting' ? 'The link is being looked for …' : closedWords(state.code);
    this.#draw();
  }

  #draw(): void {
    const s = this.#state;
    const p = this.#parts;
    const beat = s.beats.find((one) => one.id === s.beat);
    p.now.textContent = PHASES[s.phase] || beat?.aim || '';
    p.hint.textContent = s.phase === 'running' ? (beat?.hint ?? '') : '';
    p.heard.textContent = s.visitorSpeaking ? '…' : s.heard || '—';
    p.said.textContent = s.said?.text ?? '—';
    p.why.textContent = s.said ? [REASONS[s.said.why] ?? s.said.why, ...s.said.cites].join(' · ') : '';
    p.link.textContent = s.done ? `${this.#link} · done: ${s.done.replace(/_/g, ' ')}` : this.#link;
    p.notices.replaceChildren(...s.notices.map((one) => element('li', { class: one.level }, one.text)));
    p.map.replaceChildren(...s.beats.map((one) => element('li', one.id === s.beat ? { 'aria-current': 'step' } : {}, one.aim)));
    this.#drawTime();
  }

  #drawTime(): void {
    const s = this.#state;
    const running = s.phase === 'running';
    const now = s.atS + (running ? this.clock.now() - this.#arrivedAt : 0);
    const left = timeLeft(s, now);
    this.#parts.left.textContent = running && left ? `${Math.round(left.leftS)} s left at most` : '';
    const silent = Math.max(0, Math.round(now - s.lastVoiceS));
    const far = s.distanceM ? ` · ${s.distanceM.toFixed(1)} m apart` : '';
    this.#parts.silence.textContent = running ? `${s.speaking ? 'Speaking' : `Silent for ${silent} s`}${far}` : '';
  }
}

function closedWords(code: number): string {
  if (code === 4003) return 'The portrait is not built yet. Build it, then open this page again.';
  return 'Not connected. Open this page again.';
}

async function begin(): Promise<void> {
  const place = document.querySelector('main')!;
  if ((await fetch('/api/codes')).status === 403) await askForCode(place);
  await new Console(place, new WallClock()).open();
}

void begin();
