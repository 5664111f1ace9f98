// Only with ?clock=manual: a test or a film leads time, the visitor's head and hands, and asks how things stand.
import type { ManualClock } from '../wire/clock';
import type { Socket } from '../wire/socket';
import type { Pose } from '../wire/types.gen';
import type { Side } from '../wire/visitor';
import type { Visit } from './visit';

interface Held {
  readonly pinch?: boolean;
  readonly grip?: boolean;
}

/** Led by `step`: the server first, up to the same time, then everything on the page. */
export class Hooks {
  #meetingS = 0;
  #ticked: (() => void) | null = null;
  #frame: ((frame: XRFrame | null) => void) | null = null;
  #presenting = false;
  #showing = false;
  #drawn: (() => void) | null = null;
  emulated: unknown = null;

  constructor(
    private readonly visit: Visit,
    private readonly clock: ManualClock,
    private readonly socket: Socket,
  ) {
    visit.view.renderer.setAnimationLoop((_time, frame) => {
      this.#presenting = frame !== undefined;
      const led = this.#frame;
      this.#frame = null;
      led?.(frame ?? null);
      if (this.#showing) visit.render(); // a headset's picture is gone after each frame
      this.#drawn?.();
    });
  }

  ticked(): void {
    this.#ticked?.();
    this.#ticked = null;
  }

  readonly visitor = {
    setHead: (pose: Pose): void => {
      this.visit.held.head = true;
      this.visit.visitor.setHead(pose);
    },
    setHand: (side: Side, pose: Pose | null, held: Held = {}): void => {
      this.visit.held[side] = pose !== null;
      this.visit.visitor.setHand(side, pose, held.pinch === true, held.grip === true);
    },
  };

  async step(dt: number, { render = false } = {}): Promise<void> {
    this.clock.advance(dt);
    const { phase } = this.visit.view;
    if (['running', 'held', 'calm', 'stopped'].includes(phase) && this.socket.isOpen) {
      this.#meetingS += dt;
      const answered = new Promise<void>((resolve) => {
        this.#ticked = resolve;
      });
      const gone = setInterval(() => this.socket.isOpen || this.ticked(), 200);
      this.socket.send({ type: 'Tick', at_s: Math.round(this.#meetingS * 1e6) / 1e6 });
      await answered;
      clearInterval(gone);
    }
    this.#showing = render && this.#presenting;
    if (!this.#presenting) {
      this.visit.advance(dt, null);
      if (render) this.visit.render();
      return;
    }
    await new Promise<void>((resolve) => {
      this.#frame = (frame) => {
        this.visit.advance(dt, frame);
        resolve();
      };
    });
  }

  act(act: string, target = ''): void {
    this.visit.act(act, target);
  }

  type(text: string): void {
    this.visit.say(text);
  }

  /** Draw what stands now, so that a picture can be taken. */
  async screenshotReady(): Promise<void> {
    if (!this.#presenting) {
      this.visit.render();
      return;
    }
    this.#showing = true;
    for (let n = 0; n < 2; n += 1) {
      await new Promise<void>((resolve) => {
        this.#drawn = resolve;
      });
    }
    this.#drawn = null;
  }

  state() {
    const { view, visitor } = this.visit;
    return {
      phase: view.phase,
      beat: view.beat,
      meeting: this.#meetingS,
      ended: this.visit.ended,
      captions: view.captions.lines.map((line) => `${line.name}: ${line.text}`),
      heard: view.sound?.voice.heard() ?? null,
      ambience: view.sound ? { gain: view.sound.state.gain, music: view.sound.state.music } : null,
      hints: view.place?.hints() ?? [],
      veil: Math.max(view.veil.amount, view.place?.veil ?? 0),
      head: visitor.head.toArray(),
      left: visitor.left?.position.toArray() ?? null,
      right: visitor.right?.position.toArray() ?? null,
      immersive: visitor.immersive,
      distanceM: this.visit.distanceM(),
      person: view.body?.root.visible ? view.body.measure() : null,
      personAt: view.body?.root.position.toArray() ?? null,
      draws: view.renderer.info.render.calls,
      triangles: view.renderer.info.render.triangles,
    };
  }
}
