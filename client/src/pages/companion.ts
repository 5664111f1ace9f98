// The companion's page: events come in and the desk shows them; what is pressed goes out, by button or by key.
import { type Clock, WallClock } from '../wire/clock';
import { browserTimers, lineTo, Socket } from '../wire/socket';
import type { LinkState } from '../wire/source';
import type { Event } from '../wire/types.gen';
import { type ConsoleState, FRESH, follow } from './console';
import { Desk, type Line, type Told } from './desk';
import { askForCode } from './pairing';
import './companion.css';

const PATIENCE_S = 3600;

class Console {
  #state: ConsoleState = FRESH;
  #arrivedAt = 0;
  #link = 'Connecting …';
  #cited = '';
  readonly #memories = new Map<string, Told>();
  readonly #desk = new Desk((control, args) => this.#press(control, args));
  readonly #socket: Socket;

  constructor(
    private readonly place: HTMLElement,
    private readonly clock: Clock,
  ) {
    const reader = { event: (event: Event) => this.#event(event), sound: () => undefined, link: (state: LinkState) => this.#linked(state) };
    this.#socket = new Socket('companion', reader, () => lineTo('companion'), clock, browserTimers, PATIENCE_S, 'companion');
  }

  async open(): Promise<void> {
    this.place.replaceChildren(this.#desk.whole);
    document.addEventListener('keydown', (event) => this.#key(event));
    this.#draw();
    this.#socket.open();
    setInterval(() => this.#drawTime(), 500);
    const lines = await fetch('/api/lines');
    if (lines.ok) this.#desk.lines((await lines.json()) as Line[]);
  }

  #event(event: Event): void {
    this.#state = follow(this.#state, event);
    this.#arrivedAt = this.clock.now();
    if (event.type === 'VisitorMoved') return;
    if (event.type === 'SpeechStarted') void this.#remember(event.cites[0] ?? '');
    this.#draw();
  }

  async #remember(id: string): Promise<void> {
    this.#cited = id;
    if (id !== '' && !this.#memories.has(id)) {
      const answer = await fetch(`/api/memories/${encodeURIComponent(id)}`);
      if (answer.ok) this.#memories.set(id, (await answer.json()) as Told);
    }
    if (this.#cited === id) this.#desk.memory(this.#memories.get(id) ?? null);
  }

  #press(control: string, args: Readonly<Record<string, string>> = {}): void {
    if (!this.#socket.send({ type: 'Control', control, args })) this.#link = 'Not connected. The link is being looked for.';
    this.#draw();
  }

  #key(event: KeyboardEvent): void {
    const writing = event.target instanceof HTMLInputElement;
    if (writing && event.key === 'Escape') (event.target as HTMLInputElement).blur();
    if (writing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      document.getElementById('find')?.focus();
      return;
    }
    const found = this.#desk.controls(this.#state).find((one) => one.key === event.key.toLowerCase());
    if (found !== undefined) this.#press(found.control, found.args);
  }

  #linked(state: LinkState): void {
    this.#link =
      state.kind === 'open' ? 'Connected.' : state.kind === 'waiting' ? 'The link is being looked for.' : closedWords(state.code);
    this.#draw();
  }

  #draw(): void {
    this.#desk.draw(this.#state, this.#link);
    this.#drawTime();
  }

  #drawTime(): void {
    const s = this.#state;
    this.#desk.drawTime(s, s.atS + (s.phase === 'running' ? this.clock.now() - this.#arrivedAt : 0));
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
