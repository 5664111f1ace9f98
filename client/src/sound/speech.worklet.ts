// Runs on the audio thread: plays what the queue holds and tells how far it is.
import { type Order, Teller } from './teller';

declare const currentTime: number;
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: unknown): void;

class Speech extends AudioWorkletProcessor {
  readonly #teller = new Teller(sampleRate);

  constructor() {
    super();
    this.port.onmessage = (message: MessageEvent<Order>) => this.#teller.order(message.data);
  }

  process(_inputs: unknown, outputs: Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    const told = out === undefined ? null : this.#teller.render(out, currentTime);
    if (told !== null) this.port.postMessage(told);
    return true;
  }
}

registerProcessor('speech', Speech);
