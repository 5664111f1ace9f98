// Over the picture on a screen: what is said, what can be done, a line to write on, and a way to stop. Nothing else.
import type { Reaching } from '../xr/reach';
import type { Captions } from './captions';
import { button, element, field } from './element';

interface Asked {
  say(text: string): void;
  stop(): void;
  use(): void;
  reach(what: Reaching): void;
  step(on: boolean): void;
}

const REACH_M = 2;

export class ScreenWords {
  readonly #whole = element('div', { class: 'over' });
  readonly #hints = element('p', { class: 'hints', role: 'status' });
  readonly #line = field('text', '');
  readonly #reaches = new Map<Reaching, HTMLButtonElement>();
  readonly #use: HTMLButtonElement;
  #shown = '';

  constructor(
    place: HTMLElement,
    captions: Captions,
    name: string,
    private readonly asked: Asked,
  ) {
    this.#line.label.className = 'say';
    this.#line.input.placeholder = `Say something to ${name}`;
    this.#line.input.setAttribute('aria-label', `Say something to ${name}`);
    this.#line.label.hidden = true;
    this.#line.input.addEventListener('keydown', (event) => this.#typed(event));
    this.#line.input.addEventListener('blur', () => {
      this.#line.label.hidden = true;
    });
    this.#use = button('Do this', () => this.asked.use());
    this.#whole.append(captions.element, this.#line.label, this.#hints, this.#touches());
    this.#whole.hidden = true;
    place.append(this.#whole);
  }

  show(): void {
    this.#whole.hidden = false;
  }

  /** A line to write on appears, and is ready. */
  talk(): void {
    this.#line.label.hidden = false;
    this.#line.input.focus();
  }

  reaching(what: Reaching): void {
    for (const [kind, made] of this.#reaches) made.setAttribute('aria-pressed', String(kind === what));
  }

  /** `nearM`: how far away she is, 0 while she is not there. What cannot be done now is not shown. */
  update(hints: readonly string[], stopped: boolean, nearM: number): void {
    const inReach = !stopped && nearM > 0 && nearM < REACH_M;
    for (const made of this.#reaches.values()) made.hidden = !inReach;
    this.#use.hidden = stopped || hints.length === 0;
    const text = stopped ? '' : hints.slice(0, 2).join('   ·   ');
    if (text === this.#shown) return;
    this.#shown = text;
    this.#hints.textContent = text;
  }

  #typed(event: KeyboardEvent): void {
    if (event.key === 'Escape') return; // Escape stops, also here
    event.stopPropagation();
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.asked.say(this.#line.input.value);
    this.#line.input.value = '';
    this.#line.input.blur();
  }

  #touches(): HTMLElement {
    const row = element('div', { class: 'touches' });
    for (const [what, text] of [
      ['hand', 'Give a hand'],
      ['hug', 'Hug'],
      ['stroke', 'Stroke'],
    ] as const) {
      const made = button(text, () => this.asked.reach(what));
      made.setAttribute('aria-pressed', 'false');
      this.#reaches.set(what, made);
      row.append(made);
    }
    const nearer = button('Nearer', () => undefined);
    nearer.addEventListener('pointerdown', () => this.asked.step(true));
    for (const end of ['pointerup', 'pointerleave', 'pointercancel']) nearer.addEventListener(end, () => this.asked.step(false));
    row.append(
      nearer,
      this.#use,
      button('Write', () => this.talk()),
      button('Stop', () => this.asked.stop(), 'leave'),
    );
    return row;
  }
}
