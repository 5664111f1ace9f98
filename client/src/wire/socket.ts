// The one WebSocket: reports go out, events and sound come in, and a lost link is looked for again for a while.
import type { Clock } from './clock';
import { type Reader, unpackSound } from './source';
import type { Event, Report } from './types.gen';

export type Role = 'visitor' | 'companion' | 'spectator';

/** Close codes after which it makes no sense to come back. */
const FINAL = new Set([4001, 4003, 4009]);
const WAITS_S = [0.3, 0.6, 1, 2, 3];

export interface Timers {
  after(seconds: number, act: () => void): void;
}

export const browserTimers: Timers = { after: (seconds, act) => void setTimeout(act, seconds * 1000) };

/** What a socket needs of the browser's WebSocket. */
export interface Line {
  binaryType: string;
  readyState: number;
  send(data: string | ArrayBuffer): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((message: { data: string | ArrayBuffer }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

const OPEN = 1;

export class Socket {
  #line: Line | null = null;
  #tries = 0;
  #lostAt: number | null = null;
  #over = false;
  #again = false;

  /** `patienceS`: how long a lost link is looked for before `closed` is told (code 0). */
  constructor(
    private readonly role: Role,
    private readonly reader: Reader,
    private readonly connect: () => Line,
    private readonly clock: Clock,
    private readonly timers: Timers = browserTimers,
    private readonly patienceS = 12,
    private readonly client = '',
  ) {}

  open(): void {
    if (this.#over) return;
    const line = this.connect();
    line.binaryType = 'arraybuffer';
    line.onopen = () => this.#opened();
    line.onmessage = (message) => this.#message(message.data);
    line.onclose = (event) => this.#closed(event.code);
    this.#line = line;
  }

  /** Send a report; false when there is no link just now. */
  send(report: Report): boolean {
    return this.#put(JSON.stringify(report));
  }

  sendSound(message: ArrayBuffer): boolean {
    return this.#put(message);
  }

  get isOpen(): boolean {
    return this.#line !== null && this.#line.readyState === OPEN;
  }

  close(): void {
    this.#over = true;
    this.#line?.close();
  }

  #put(data: string | ArrayBuffer): boolean {
    if (this.#line === null || this.#line.readyState !== OPEN) return false;
    this.#line.send(data);
    return true;
  }

  #opened(): void {
    this.#tries = 0;
    this.#lostAt = null;
    this.send({ type: 'Hello', role: this.role, client: this.client, again: this.#again });
    this.#again = true;
    this.reader.link({ kind: 'open' });
  }

  #message(data: string | ArrayBuffer): void {
    if (typeof data === 'string') {
      this.reader.event(JSON.parse(data) as Event);
      return;
    }
    if (data.byteLength === 0) {
      this.reader.ticked?.();
      return;
    }
    const chunk = unpackSound(data);
    if (chunk !== null) this.reader.sound(chunk);
  }

  #closed(code: number): void {
    this.#line = null;
    if (this.#over) return;
    this.#lostAt ??= this.clock.now();
    if (FINAL.has(code) || this.clock.now() - this.#lostAt > this.patienceS) {
      this.#over = true;
      this.reader.link({ kind: 'closed', code: FINAL.has(code) ? code : 0 });
      return;
    }
    this.reader.link({ kind: 'waiting' });
    const wait = WAITS_S[Math.min(this.#tries, WAITS_S.length - 1)]!;
    this.#tries += 1;
    this.timers.after(wait, () => this.open());
  }
}

/** A line to the server this page came from. */
export function lineTo(role: Role): Line {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new WebSocket(`${scheme}://${location.host}/ws?role=${role}`) as unknown as Line;
}
