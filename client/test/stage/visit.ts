// The pack's cues and a fake visitor come in; the park lived through without a screen goes out. Nothing is drawn.
import { Group, type Mesh, type Object3D, Scene, Vector3, type WebGLRenderer } from 'three';
import pack from '../../../packs/birthday_in_the_park/scenario.yaml?raw';
import { trianglesOf } from '../../src/stage/shape';
import { Stage } from '../../src/stage/stage';
import type { Cue } from '../../src/wire/types.gen';
import { Visitor } from '../../src/wire/visitor';
import type { PersonView } from '../../src/wire/world';

export const STAGE_KINDS = ['place', 'light', 'veil', 'ambience', 'go', 'prop', 'offer'];
const OTHER_KINDS = ['be', 'face', 'look', 'act', 'say', 'tell', 'song', 'music', 'listen'];
const DT = 1 / 36;

/** The cues of each beat as they are written, in order, with the seconds after which each comes (Infinity: only on an act). */
export function cuesOf(text: string = pack): Map<string, { after: number; cue: Cue }[]> {
  const beats = new Map<string, { after: number; cue: Cue }[]>();
  let beat = '';
  let after = 0;
  for (const line of text.split('\n')) {
    const id = /^ {2}- id: (\w+)/.exec(line);
    if (id) beat = id[1]!;
    if (/^ {4}enter:/.test(line)) after = 0;
    const at = /after_s: ([\d.]+)/.exec(line);
    if (at) after = Number(at[1]);
    if (/\{on: /.test(line)) after = Number.POSITIVE_INFINITY;
    if (beat === '' || /^ {4}exits/.test(line)) continue;
    for (const [, body] of line.matchAll(/\{([^{}]*)\}/g)) {
      const cue = cueFrom(body!);
      if (cue) beats.set(beat, [...(beats.get(beat) ?? []), { after, cue }]);
    }
  }
  return beats;
}

function cueFrom(body: string): Cue | null {
  const pairs = [...body.matchAll(/(\w+): ("[^"]*"|[^,]+)/g)].map(([, key, value]) => [key!, value!.trim().replaceAll('"', '')] as const);
  const [kind, target] = pairs[0] ?? ['', ''];
  if (![...STAGE_KINDS, ...OTHER_KINDS].includes(kind)) return null;
  const args = pairs.slice(1).map(([key, value]) => [key, Number.isNaN(Number(value)) ? value : Number(value)] as const);
  return { kind, target, args: Object.fromEntries(args) };
}

/** Somebody who stands or lies at a spot, as places only. */
export class Somebody implements PersonView {
  readonly root = new Group();
  readonly places = new Map<string, Vector3>();

  constructor(readonly heightM = 1.26) {
    this.stand(0, -1.5);
  }

  stand(x: number, z: number): void {
    const h = this.heightM;
    for (const [name, up] of [
      ['mouth', 0.88],
      ['chest', 0.72],
      ['belly', 0.6],
      ['seat', 0.5],
      ['knee_l', 0.27],
      ['knee_r', 0.27],
      ['sole_l', 0],
      ['sole_r', 0],
      ['palm_l', 0.45],
      ['palm_r', 0.45],
    ] as const)
      this.places.set(name, new Vector3(x, up * h, z));
  }

  /** On the back, head towards -Z, around the seat. */
  lie(seat: Vector3): void {
    const h = this.heightM;
    for (const [name, x, y, z] of [
      ['mouth', 0, 0.14, -0.38],
      ['chest', 0, 0.14, -0.22],
      ['belly', 0, 0.13, -0.1],
      ['seat', 0, 0.01, 0],
      ['knee_l', 0.06, 0.09, 0.23],
      ['knee_r', -0.06, 0.09, 0.23],
      ['sole_l', 0.07, 0.03, 0.47],
      ['sole_r', -0.07, 0.03, 0.47],
      ['palm_l', 0.2, 0.03, 0.02],
      ['palm_r', -0.04, 0.16, -0.06],
    ] as const)
      this.places.set(name, new Vector3(x * h, y * h, z * h).add(seat));
  }

  joint(): Object3D | null {
    return null;
  }

  landmark(name: string, into: Vector3): Vector3 {
    return into.copy(this.places.get(name) ?? this.root.position);
  }
}

export class Visit {
  readonly scene = new Scene();
  readonly stage: Stage;
  readonly visitor = new Visitor();
  person: Somebody | null = new Somebody();
  readonly acts: string[] = [];
  readonly pulses: string[] = [];
  readonly #story = cuesOf();

  constructor() {
    const renderer = { shadowMap: {} } as WebGLRenderer; // only told how to draw, never asked to
    this.stage = new Stage(this.scene, renderer);
    this.stage.onGo = (anchor) => this.goTo(anchor);
    for (const side of ['left', 'right'] as const) this.visitor.hands[side].onPulse = () => void this.pulses.push(side);
  }

  /** Live through a beat, up to `until` seconds after it began. */
  beat(id: string, until = 600): this {
    let at = 0;
    for (const { after, cue } of this.#story.get(id)!) {
      if (after > until) continue;
      this.wait(after - at);
      at = Math.max(at, after);
      this.stage.cue(cue);
    }
    return this.wait(1.5);
  }

  cue(kind: string, target: string, args: Cue['args'] = {}): this {
    this.stage.cue({ kind, target, args });
    return this;
  }

  wait(seconds: number): this {
    for (let t = 0; t < seconds; t += DT) this.frame();
    return this;
  }

  frame(): void {
    for (const { act, target } of this.stage.update(DT, this.visitor, this.person)) this.acts.push(target ? `${act} ${target}` : act);
  }

  /** How often this was done. */
  did(act: string): number {
    return this.acts.filter((one) => one.split(' ')[0] === act).length;
  }

  use(): this {
    for (const { act, target } of this.stage.interact('use', this.visitor)) this.acts.push(`${act} ${target}`);
    return this.wait(0.2);
  }

  goTo(anchor: string, eyes = 1.15): void {
    const { position, yaw } = this.stage.anchor(anchor).visitor;
    this.visitor.setHead([position.x, eyes, position.z, 0, Math.sin((yaw - Math.PI) / 2), 0, Math.cos((yaw - Math.PI) / 2)]);
  }

  hand(place: { x: number; y: number; z: number } | null, pinching = false): this {
    this.visitor.setHand('right', place && [place.x, place.y, place.z, 0, 0, 0, 1], pinching);
    this.frame();
    return this;
  }

  /** Reach out, pinch, and keep it pinched. */
  pinch(place: { x: number; y: number; z: number }): this {
    this.hand({ x: place.x, y: place.y + 0.4, z: place.z }).wait(0.2);
    return this.hand(place).hand(place, true);
  }

  /** Move the hand in a straight line. */
  move(to: Vector3, seconds: number, pinching: boolean): this {
    const from = this.visitor.hands.right.position.clone();
    const steps = Math.max(1, Math.round(seconds / DT));
    for (let i = 1; i <= steps; i++) this.hand(from.clone().lerp(to, i / steps), pinching);
    return this;
  }

  meshes(): Mesh[] {
    const out: Mesh[] = [];
    this.scene.traverseVisible((one) => {
      if ((one as Mesh).isMesh) out.push(one as Mesh);
    });
    return out;
  }

  /** Both eyes and the shadow map, nothing culled. */
  cost(): { calls: number; triangles: number } {
    let calls = 0;
    let triangles = 0;
    for (const mesh of this.meshes()) {
      const { instanceCount } = mesh.geometry as { instanceCount?: number };
      const times = 2 + (mesh.castShadow ? 1 : 0);
      calls += times;
      triangles += times * trianglesOf(mesh.geometry, instanceCount ?? (mesh as { count?: number }).count ?? 1);
    }
    return { calls, triangles };
  }
}
