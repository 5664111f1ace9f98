// What is said comes in; a few calm lines go out, of both sides and marked by who speaks, and fade when they have been read (X3).
import { element } from './element';

export interface CaptionLine {
  readonly who: 'person' | 'visitor' | 'place';
  readonly name: string;
  readonly text: string;
}

const KEPT = 2;
const LEAST_S = 4;
const PER_LETTER_S = 0.07;

export class Captions {
  readonly element = element('div', { class: 'captions', 'aria-live': 'polite' });
  #lines: { line: CaptionLine; untilS: number; shown: HTMLElement }[] = [];
  #nowS = 0;
  #on = true;

  constructor(private readonly name: string) {}

  get lines(): readonly CaptionLine[] {
    return this.#lines.map((one) => one.line).filter((line) => this.#on || line.who === 'place');
  }

  person(text: string): void {
    this.#add({ who: 'person', name: this.name, text: spoken(text) });
  }

  visitor(text: string): void {
    this.#add({ who: 'visitor', name: 'You', text });
  }

  /** Words of the place itself, such as that it is quiet now. */
  place(text: string, seconds = 8): void {
    this.#add({ who: 'place', name: '', text }, seconds);
  }

  show(on: boolean): void {
    this.#on = on;
    for (const one of this.#lines) one.shown.hidden = !on && one.line.who !== 'place';
  }

  clear(): void {
    for (const one of this.#lines) one.shown.remove();
    this.#lines = [];
  }

  update(dt: number): void {
    this.#nowS += dt;
    for (const one of this.#lines) if (this.#nowS > one.untilS - 1) one.shown.classList.add('going');
    while (this.#lines.length > 0 && this.#nowS > this.#lines[0]!.untilS) this.#drop();
  }

  #add(line: CaptionLine, seconds = Math.max(LEAST_S, line.text.length * PER_LETTER_S + 2)): void {
    const shown = element('p', { class: line.who });
    if (line.name) shown.append(element('b', {}, line.name), ' ');
    shown.append(line.text);
    shown.hidden = !this.#on && line.who !== 'place'; // that all has stopped is always said
    this.element.append(shown);
    const after = this.#lines.at(-1)?.untilS ?? 0;
    this.#lines.push({ line, untilS: Math.max(this.#nowS + seconds, after), shown });
    while (this.#lines.length > KEPT) this.#drop();
  }

  #drop(): void {
    this.#lines.shift()?.shown.remove();
  }
}

/** What is heard of a line: stage directions in brackets are not, unless there is nothing else. */
export function spoken(text: string): string {
  return text.replace(/\s*\(([^)]*)\)\s*/g, ' ').trim() || text;
}
