// Mouse, keys and fingers on a screen come in; looking, stepping and what the visitor wants go out.
import type { Going } from './body';
import type { Reaching } from './reach';
import { isStopKey } from './stopping';

export interface Wishes {
  stop(how: string): void;
  talk(): void;
  use(kind: 'point' | 'use'): void;
  later(): void;
  lower(): void;
  reach(what: Reaching): void;
  look(yaw: number, nod: number): void;
}

const DRAG_RAD_PX = 0.0042;
const TAP_PX = 8;
const HELD: Readonly<Record<string, readonly [keyof Going, number]>> = {
  w: ['forward', 1],
  s: ['forward', -1],
  a: ['right', -1],
  d: ['right', 1],
  ArrowLeft: ['turn', -1],
  ArrowRight: ['turn', 1],
  ArrowUp: ['nod', 1],
  ArrowDown: ['nod', -1],
};
const REACHES: Readonly<Record<string, Reaching>> = { f: 'hand', h: 'hug', r: 'stroke' };

export class Screen {
  readonly #held = new Set<string>();
  readonly #going = { forward: 0, right: 0, turn: 0, nod: 0 };
  readonly #ending = new AbortController();
  #reaching: Reaching = 'none';
  #drag: { x: number; y: number; far: number } | null = null;
  /** A step forward that a finger holds down. */
  stepping = 0;

  constructor(
    surface: HTMLElement,
    private readonly wishes: Wishes,
  ) {
    const { signal } = this.#ending;
    document.addEventListener('keydown', (event) => this.#down(event), { signal });
    document.addEventListener('keyup', (event) => this.#held.delete(named(event)), { signal });
    window.addEventListener('blur', () => this.#held.clear(), { signal });
    surface.addEventListener('pointerdown', (event) => this.#press(event, surface), { signal });
    surface.addEventListener('pointermove', (event) => this.#move(event), { signal });
    surface.addEventListener('pointerup', () => this.#release(), { signal });
    surface.addEventListener('pointercancel', () => this.#forget(), { signal });
  }

  get going(): Going {
    this.#going.forward = this.stepping;
    this.#going.right = this.#going.turn = this.#going.nod = 0;
    for (const key of this.#held) {
      const [way, amount] = HELD[key]!;
      this.#going[way] += amount;
    }
    return this.#going;
  }

  /** Held out, or taken back when it was held out already. */
  reach(what: Reaching): void {
    this.#reaching = this.#reaching === what ? 'none' : what;
    this.wishes.reach(this.#reaching);
  }

  /** A finger holds the step down, or lets it go. */
  step(on: boolean): void {
    this.stepping = on ? 1 : 0;
  }

  /** What was held out was answered: the hands come back. */
  release(): void {
    if (this.#reaching !== 'none') this.reach(this.#reaching);
  }

  close(): void {
    this.#ending.abort();
  }

  #down(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement;
    const onButton = event.target instanceof HTMLButtonElement;
    if (isStopKey(event.key, typing || onButton)) {
      event.preventDefault();
      this.wishes.stop('key');
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || (onButton && event.key === 'Enter')) return;
    const key = named(event);
    if (key in HELD) {
      this.#held.add(key);
      event.preventDefault();
    } else if (!event.repeat) this.#once(key, event);
  }

  #once(key: string, event: KeyboardEvent): void {
    const reach = REACHES[key];
    if (reach !== undefined) this.reach(reach);
    else if (key === 'e') this.wishes.use('use');
    else if (key === 'g') this.wishes.lower();
    else if (key === 'l') this.wishes.later();
    else if (key === 't' || key === 'Enter') {
      event.preventDefault();
      this.wishes.talk();
    }
  }

  #press(event: PointerEvent, surface: HTMLElement): void {
    surface.setPointerCapture(event.pointerId);
    this.#drag = { x: event.clientX, y: event.clientY, far: 0 };
  }

  #move(event: PointerEvent): void {
    if (this.#drag === null) return;
    const [x, y] = [event.clientX - this.#drag.x, event.clientY - this.#drag.y];
    this.#drag = { x: event.clientX, y: event.clientY, far: this.#drag.far + Math.hypot(x, y) };
    this.wishes.look(x * DRAG_RAD_PX, y * DRAG_RAD_PX);
  }

  #release(): void {
    if (this.#drag !== null && this.#drag.far < TAP_PX) this.wishes.use('point');
    this.#forget();
  }

  #forget(): void {
    this.#drag = null;
  }
}

function named(event: KeyboardEvent): string {
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}
