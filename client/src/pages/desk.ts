// The companion's state comes in; one calm page with what happens now, the talk, the way and the buttons goes out.
import { type ConsoleState, type ControlKey, healthWords, mainControls, sideControls, timeLeft } from './console';
import { button, element, field } from './element';

export type Press = (control: string, args?: Readonly<Record<string, string>>) => void;

export interface Line {
  readonly group: string;
  readonly text: string;
}

export interface Told {
  readonly id: string;
  readonly fact: string;
  readonly told_by: string;
}

const REASONS: Record<string, string> = {
  clip: 'a recording',
  authored: 'the story, in the family’s words',
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
  held: 'Held. The story waits for you.',
  calm: 'Calm. The place is quiet, and the story waits.',
  stopped: 'Stopped. Speak to them yourself.',
  ended: 'The meeting is over.',
};
const NO_NEWS_S = 4;

export class Desk {
  readonly whole = element('div', { class: 'console' });
  readonly #now = element('p', { class: 'now', 'aria-live': 'polite' });
  readonly #hint = element('p', { class: 'hint' });
  readonly #left = element('p', { class: 'left' });
  readonly #bar = element('div', { class: 'bar', 'aria-hidden': 'true' });
  readonly #link = element('p', { class: 'aside', role: 'status' });
  readonly #health = element('p', { class: 'aside' });
  readonly #notices = element('ul', { class: 'notices', 'aria-live': 'assertive' });
  readonly #heard = element('p', { class: 'heard' });
  readonly #said = element('p', { class: 'spoken' });
  readonly #why = element('p', { class: 'aside' });
  readonly #memory = element('p', { class: 'memory' });
  readonly #silence = element('p', { class: 'aside' });
  readonly #next = element('div', { class: 'next' });
  readonly #map = element('ol', { class: 'map' });
  readonly #find = field('text', 'Have a line said');
  readonly #list = element('div', { class: 'list' });
  readonly #main = element('div', { class: 'row' });
  readonly #side = element('div', { class: 'row side' });
  #lines: readonly Line[] = [];
  #drawn = '';
  #mapped = '-';

  constructor(private readonly press: Press) {
    this.#bar.append(element('i'));
    const controls = element('div', { class: 'controls' });
    controls.append(this.#side, this.#main);
    this.whole.append(
      column('Now', this.#now, this.#hint, this.#left, this.#bar, this.#notices, this.#link, this.#health),
      column('The talk', title('Heard'), this.#heard, title('Said'), this.#said, this.#why, this.#memory, this.#next, this.#silence),
      column('The way', this.#map),
      column('Words', this.#find.label, this.#list, ...this.#notes()),
      controls,
    );
    this.#find.input.id = 'find';
    this.#find.input.placeholder = 'Find a line';
    this.#find.input.addEventListener('input', () => this.#show());
    this.#find.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const first = this.#found()[0];
      if (first) this.#say(first.text);
    });
  }

  lines(lines: readonly Line[]): void {
    this.#lines = [...new Map(lines.map((line) => [line.text, line])).values()];
    this.#show();
  }

  /** The controls as they stand, for keys. */
  controls(state: ConsoleState): readonly ControlKey[] {
    return [...mainControls(state), ...sideControls(state)];
  }

  draw(s: ConsoleState, link: string): void {
    const beat = s.beats.find((one) => one.id === s.beat);
    this.#now.textContent = PHASES[s.phase] ?? beat?.aim ?? '';
    this.#hint.textContent = s.phase === 'running' ? (beat?.hint ?? '') : '';
    this.#heard.textContent = s.visitorSpeaking ? '…' : s.heard || 'Nothing yet.';
    this.#said.textContent = s.said?.text ?? 'Nothing yet.';
    this.#why.textContent = s.said ? [REASONS[s.said.why] ?? s.said.why, ...s.said.cites].join(' · ') : '';
    this.#link.textContent = s.done ? `${link} Done: ${s.done.replace(/_/g, ' ')}.` : link;
    this.#health.textContent = s.phase === 'ended' ? '' : healthWords(s.health);
    this.#notices.replaceChildren(...s.notices.map((one) => element('li', { class: one.level }, one.text)));
    this.#drawMap(s);
    this.#drawNext(s);
    const key = `${s.phase} ${s.muted} ${s.review}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#main.replaceChildren(...mainControls(s).map((one) => this.#control(one)));
    this.#side.replaceChildren(...sideControls(s).map((one) => this.#control(one)));
  }

  /** What the memory behind the line says, as it was told; null for none. */
  memory(told: Told | null): void {
    this.#memory.textContent = told ? `“${told.fact}” — ${told.told_by}` : '';
  }

  drawTime(s: ConsoleState, nowS: number): void {
    const running = s.phase === 'running';
    const left = timeLeft(s, nowS);
    const beat = s.beats.find((one) => one.id === s.beat);
    this.#left.textContent =
      running && left && beat ? `${past(nowS - s.beatSinceS)} in this part · goes on by itself in ${past(left.leftS)} at most` : '';
    const share = running && left && beat ? Math.min(1, (nowS - s.beatSinceS) / beat.max_s) : 0;
    (this.#bar.firstElementChild as HTMLElement).style.transform = `scaleX(${share})`;
    this.#bar.classList.toggle('late', left?.past === true);
    const silent = Math.max(0, nowS - s.lastVoiceS);
    const parts = [
      s.speaking ? 'Speaking' : `Silent for ${past(silent)}`,
      s.distanceM ? `${s.distanceM.toFixed(1)} m apart` : '',
      s.movedS >= 0 && nowS - s.movedS > NO_NEWS_S ? `no news of the headset for ${past(nowS - s.movedS)}` : '',
    ];
    this.#silence.textContent = running ? parts.filter(Boolean).join(' · ') : '';
  }

  #drawMap(s: ConsoleState): void {
    const key = `${s.beat} ${s.beats.length} ${s.passed.length}`;
    if (key === this.#mapped) return;
    this.#mapped = key;
    const rows = s.beats.map((one) => {
      const state = one.id === s.beat ? { 'aria-current': 'step' } : s.passed.includes(one.id) ? { class: 'passed' } : {};
      const row = element('li', state as Record<string, string>, one.aim);
      row.append(element('span', {}, past(one.target_s)));
      return row;
    });
    this.#map.replaceChildren(...rows);
    const here = rows.find((row) => row.hasAttribute('aria-current'));
    if (here) this.#map.scrollTop = Math.max(0, here.offsetTop - this.#map.offsetTop - this.#map.clientHeight / 3);
  }

  #drawNext(s: ConsoleState): void {
    if (s.next === '') {
      this.#next.replaceChildren();
      return;
    }
    const parts: HTMLElement[] = [title('Would say'), element('p', {}, s.next)];
    if (s.review)
      parts.push(
        button('Let it through', () => this.press('let_through'), 'main'),
        button('Hold it back', () => this.press('hold_back')),
      );
    this.#next.replaceChildren(...parts);
  }

  #control(one: ControlKey): HTMLButtonElement {
    const made = button(one.name, () => this.press(one.control, one.args), one.kind);
    made.append(element('kbd', {}, one.key));
    return made;
  }

  #found(): readonly Line[] {
    const wanted = this.#find.input.value.trim().toLowerCase();
    return this.#lines.filter((line) => `${line.group} ${line.text}`.toLowerCase().includes(wanted)).slice(0, 40);
  }

  #show(): void {
    const rows = this.#found().map((line) => {
      const made = button(line.text, () => this.#say(line.text), 'line');
      made.append(element('span', {}, line.group.replace(/_/g, ' ')));
      return made;
    });
    this.#list.replaceChildren(
      ...(rows.length > 0 ? rows : [element('p', { class: 'aside' }, 'Only lines that the family approved can be said.')]),
    );
  }

  #say(text: string): void {
    this.press('say', { text });
    this.#find.input.value = '';
    this.#show();
  }

  #notes(): HTMLElement[] {
    const note = field('text', 'A note for afterwards');
    note.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || note.input.value.trim() === '') return;
      this.press('note', { text: note.input.value.trim() });
      note.input.value = '';
    });
    return [note.label];
  }
}

function column(name: string, ...inside: HTMLElement[]): HTMLElement {
  const made = element('section');
  made.append(element('h2', {}, name), ...inside);
  return made;
}

function title(text: string): HTMLElement {
  return element('h3', {}, text);
}

/** Seconds as one would say them. */
export function past(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 90) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest > 0 ? ` ${rest} s` : ''}`;
}
