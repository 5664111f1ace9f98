// A journal comes in; the same events come out again in time, from any place on.
import type { Event } from './types.gen';

export class Replay {
  #next = 0;
  #at = 0;

  constructor(
    private readonly events: readonly Event[],
    private readonly take: (event: Event) => void,
  ) {}

  /** The events of a journal file. A last line cut short is passed over. */
  static read(text: string): Event[] {
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.flatMap((line, number) => {
      try {
        return [JSON.parse(line) as Event];
      } catch (error) {
        if (number < lines.length - 1) throw error;
        return [];
      }
    });
  }

  get lengthS(): number {
    return this.events.at(-1)?.at_s ?? 0;
  }

  get atS(): number {
    return this.#at;
  }

  get over(): boolean {
    return this.#next >= this.events.length;
  }

  /** Go on by some seconds and give what happened in them. */
  advance(seconds: number): void {
    this.#at = Math.min(this.#at + seconds, this.lengthS);
    while (this.#next < this.events.length && this.events[this.#next]!.at_s <= this.#at) {
      this.take(this.events[this.#next]!);
      this.#next += 1;
    }
  }

  /** Go to a time; what lies before it is given at once, in order, so that the world stands as it stood. */
  seek(seconds: number): void {
    this.#next = 0;
    this.#at = 0;
    this.advance(Math.max(0, seconds));
  }
}
