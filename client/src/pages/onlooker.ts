// Events of a meeting come in, live or kept; a picture of both of them with captions goes out.
import type { SoundChunk } from '../wire/source';
import type { Event } from '../wire/types.gen';
import { Visitor } from '../wire/visitor';
import { MeetingView } from './meeting';
import { SmoothVisitor, VisitorSign, WatchingCamera } from './watching';

const LONGEST_FRAME_S = 0.1;

export class Onlooker {
  readonly view: MeetingView;
  readonly #camera = new WatchingCamera();
  readonly #sign = new VisitorSign();
  readonly #smooth = new SmoothVisitor(new Visitor(), () => new Visitor());

  constructor(canvas: HTMLCanvasElement, name: string) {
    this.view = new MeetingView(canvas, name, {
      ended: () => undefined,
      went: (anchor) => {
        const spot = this.view.place?.anchor(anchor).visitor;
        if (spot) this.#smooth.target.head.set(spot.position.x, spot.position.y + 1.5, spot.position.z);
        this.#camera.cut();
      },
    });
    this.view.scene.add(this.#sign.group);
  }

  event(event: Event): void {
    if (event.type === 'VisitorMoved') {
      this.#smooth.target.setHead(event.head);
      this.#smooth.target.setHand('left', event.left);
      this.#smooth.target.setHand('right', event.right);
    }
    this.view.event(event);
  }

  sound(chunk: SoundChunk): void {
    this.view.take(chunk);
  }

  /** What the person's body says that the visitor did is passed over: it was said at the time. */
  advance(dtS: number): void {
    const dt = Math.min(dtS, LONGEST_FRAME_S);
    this.#smooth.update(dt);
    this.#sign.update(this.#smooth.visitor);
    this.view.update(dt, this.#smooth.visitor);
    this.#camera.update(dt, this.view.camera, this.#smooth.visitor, this.view.body);
    this.#sign.group.visible = !this.view.stopped;
  }

  render(): void {
    this.view.render();
  }
}
