// Where events come from, live or replayed: one shape for both.
import type { Event } from './types.gen';

export interface SoundChunk {
  readonly clause: number;
  readonly firstSample: number;
  readonly samples: Int16Array;
}

export interface Reader {
  event(event: Event): void;
  sound(chunk: SoundChunk): void;
  /** The link is there, is being looked for again, or is lost for good. */
  link(state: LinkState): void;
  /** An empty message: everything up to the last Tick has been sent. */
  ticked?(): void;
}

export type LinkState = { readonly kind: 'open' } | { readonly kind: 'waiting' } | { readonly kind: 'closed'; readonly code: number };

const HEADER_BYTES = 8;

/** One binary message: clause and first sample (uint32, little-endian), then int16 mono. Null when it is too short. */
export function unpackSound(message: ArrayBuffer): SoundChunk | null {
  if (message.byteLength < HEADER_BYTES) return null;
  const view = new DataView(message);
  const whole = HEADER_BYTES + Math.floor((message.byteLength - HEADER_BYTES) / 2) * 2;
  return {
    clause: view.getUint32(0, true),
    firstSample: view.getUint32(4, true),
    samples: new Int16Array(message.slice(HEADER_BYTES, whole)),
  };
}

/** The other way: for the microphone. */
export function packSound(clause: number, firstSample: number, samples: Int16Array): ArrayBuffer {
  const message = new ArrayBuffer(HEADER_BYTES + samples.byteLength);
  const view = new DataView(message);
  view.setUint32(0, clause, true);
  view.setUint32(4, firstSample, true);
  new Int16Array(message, HEADER_BYTES).set(samples);
  return message;
}
