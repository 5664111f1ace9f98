// What is said comes in, a few calm lines go out: both sides, marked by who speaks (X3).
import { element } from './element';

const KEPT = 3;

export class Captions {
  readonly #lines = element('div', { class: 'captions', 'aria-live': 'polite' });

  constructor(
    place: HTMLElement,
    private readonly name: string,
  ) {
    place.append(this.#lines);
  }

  person(text: string): void {
    this.#add('person', this.name, text.replace(/\(([^)]*)\)/g, '').trim() || text);
  }

  visitor(text: string): void {
    this.#add('visitor', 'You', text);
  }

  show(on: boolean): void {
    this.#lines.hidden = !on;
  }

  #add(who: string, name: string, text: string): void {
    const line = element('p', { class: who });
    line.append(element('b', {}, name), ` ${text}`);
    this.#lines.append(line);
    while (this.#lines.children.length > KEPT) this.#lines.firstChild?.remove();
  }
}
