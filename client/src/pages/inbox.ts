// What the socket brings before anybody is ready for it is kept, in order, and handed on when somebody is.
import type { LinkState, Reader, SoundChunk } from '../wire/source';
import type { Event } from '../wire/types.gen';

export class Inbox implements Reader {
  #reader: Reader | null = null;
  #waiting: ((reader: Reader) => void)[] = [];

  event(event: Event): void {
    this.#give((reader) => reader.event(event));
  }

  sound(chunk: SoundChunk): void {
    this.#give((reader) => reader.sound(chunk));
  }

  link(state: LinkState): void {
    this.#give((reader) => reader.link(state));
  }

  ticked(): void {
    this.#give((reader) => reader.ticked?.());
  }

  follow(reader: Reader): void {
    this.#reader = reader;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const give of waiting) give(reader);
  }

  #give(give: (reader: Reader) => void): void {
    if (this.#reader === null) this.#waiting.push(give);
    else give(this.#reader);
  }
}
