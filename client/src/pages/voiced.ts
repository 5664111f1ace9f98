// The visitor's microphone comes in; what is heard of it goes to the house, and where it goes away the visitor reads so and can write.
import type { Microphone, NoMicrophone } from '../sound/microphone';
import type { Report } from '../wire/types.gen';
import type { Captions } from './captions';

/** At the doorway: why the microphone does not open, what is safe, what to do. */
export const NOT_OPENED: Readonly<Record<NoMicrophone, string>> = {
  refused: 'The browser may not use the microphone. You can allow it beside the address above and try once more, or write instead.',
  none: 'No microphone was found. You can plug one in and try once more, or write instead.',
  busy: 'The microphone could not be opened; something else may be using it. You can try once more, or write instead.',
};
export const GONE_ON_SCREEN = 'You are not heard just now: the microphone is away. You can write instead, with the key T.';
export const GONE_IN_HEADSET = 'You are not heard just now: the microphone is away. Stay as long as you like.';
export const BACK = 'You are heard again.';
const READ_S = 10;

interface Out {
  send(report: Report): boolean;
  sendSound(message: ArrayBuffer): boolean;
}

export class VisitorVoice {
  constructor(
    private readonly microphone: Microphone | null,
    private readonly out: Out,
    private readonly captions: Captions,
  ) {}

  get on(): boolean {
    return this.microphone?.on ?? false;
  }

  get level(): number {
    return this.microphone?.level ?? 0;
  }

  /** The visitor goes in. `hers`: how loud she is just now. */
  begin(hers: () => number, immersive: boolean): void {
    const { microphone } = this;
    if (microphone === null) return;
    microphone.hers = hers;
    microphone.send = (message) => void this.out.sendSound(message);
    microphone.changed = (heard) => {
      this.captions.place(heard ? BACK : immersive ? GONE_IN_HEADSET : GONE_ON_SCREEN, heard ? READ_S / 2 : READ_S);
      this.out.send({ type: 'Microphone', on: heard });
    };
    this.out.send({ type: 'Microphone', on: true });
    microphone.begin(); // it may have gone while the place was made ready
  }

  close(): void {
    void this.microphone?.close();
  }
}
