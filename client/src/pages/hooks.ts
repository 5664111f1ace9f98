// Only with ?clock=manual: a test or a film leads time, the visitor's head and hands, and asks how things stand and where they are.
import { Box3, InstancedMesh, Matrix4, type Object3D, Vector3 } from 'three';
import type { ManualClock } from '../wire/clock';
import type { Socket } from '../wire/socket';
import type { Pose } from '../wire/types.gen';
import type { Side } from '../wire/visitor';
import type { Visit } from './visit';

const FRAME_S = 0.1; // the page takes no longer steps than this
const EMPTY = -5; // metres: what is not in use waits below the ground

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
      this.#advance(dt, null);
      if (render) this.visit.render();
      return;
    }
    await new Promise<void>((resolve) => {
      this.#frame = (frame) => {
        this.#advance(dt, frame);
        resolve();
      };
    });
  }

  #advance(dt: number, frame: XRFrame | null): void {
    const steps = Math.max(1, Math.ceil(dt / FRAME_S - 1e-6));
    for (let n = 0; n < steps; n += 1) this.visit.advance(dt / steps, frame);
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

  /** Draw what stands now in one frame; a JPEG as a data address. Words that lie over the page are not in it. */
  async picture(quality = 0.9): Promise<string> {
    const { renderer } = this.visit.view;
    const take = () => {
      this.visit.render();
      return renderer.domElement.toDataURL('image/jpeg', quality);
    };
    this.#showing = false;
    if (!this.#presenting) return take();
    return new Promise((resolve) => {
      this.#frame = () => resolve(take());
    });
  }

  /** Where a landmark of hers is, metres; null while she is not to be seen. */
  landmark(name: string): number[] | null {
    const { body } = this.visit.view;
    return body?.root.visible ? body.landmark(name, new Vector3()).toArray() : null;
  }

  /** Where the story puts her and the visitor. */
  anchor(name: string) {
    const found = this.visit.view.place?.anchor(name);
    return found ? { person: found.person.position.toArray(), visitor: found.visitor.position.toArray() } : null;
  }

  /** A thing of the place: where it is, the box it fills, and its pieces (candles, bubbles, things on the cloth); null while it is not there. */
  prop(name: string) {
    const found = this.visit.view.place?.prop(name) ?? null;
    const object = found?.parent?.name === name ? found.parent : found; // of several things all are meant, not the one last looked at
    if (object === null) return null;
    object.updateWorldMatrix(true, true);
    const box = new Box3().setFromObject(object, true);
    const at = object.getWorldPosition(new Vector3()).toArray();
    return { at, least: box.min.toArray(), most: box.max.toArray(), pieces: pieces(object) };
  }

  /** A place in the stage as it lies on the visitor's own floor, which is how an emulated headset is led. */
  onFloor(place: readonly [number, number, number]): number[] {
    return this.visit.rig.group.worldToLocal(new Vector3(...place)).toArray();
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
      gaze: visitor.gaze.toArray(),
      left: visitor.left?.position.toArray() ?? null,
      right: visitor.right?.position.toArray() ?? null,
      immersive: visitor.immersive,
      distanceM: this.visit.distanceM(),
      person: view.body?.root.visible ? view.body.measure() : null,
      picturesMb: view.body?.measure()['picturesMb'] ?? null,
      personAt: view.body?.root.position.toArray() ?? null,
      draws: view.renderer.info.render.calls,
      triangles: view.renderer.info.render.triangles,
    };
  }
}

function pieces(object: Object3D): number[][] {
  const found: number[][] = [];
  const place = new Matrix4();
  object.traverse((one) => {
    if (one instanceof InstancedMesh) {
      for (let n = 0; n < one.count; n += 1) {
        one.getMatrixAt(n, place);
        found.push(new Vector3().setFromMatrixPosition(place).applyMatrix4(one.matrixWorld).toArray());
      }
    }
    const spots = 'geometry' in one ? (one as unknown as InstancedMesh).geometry.getAttribute('spot') : undefined;
    for (let n = 0; n < (spots?.count ?? 0); n += 1) {
      if (spots!.getW(n) > 0 && spots!.getY(n) > EMPTY) found.push([spots!.getX(n), spots!.getY(n), spots!.getZ(n)]);
    }
  });
  return found.length > 0 ? found : object.children.map((one) => one.getWorldPosition(new Vector3()).toArray());
}
