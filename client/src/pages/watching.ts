// The visitor's poses come in; a calm camera that keeps both in sight goes out, and a plain sign of where the visitor is.
import {
  BufferAttribute,
  CatmullRomCurve3,
  Group,
  LatheGeometry,
  Mesh,
  MeshStandardMaterial,
  type PerspectiveCamera,
  SphereGeometry,
  Vector2,
  Vector3,
} from 'three';
import type { Visitor } from '../wire/visitor';
import type { Body } from './rooms';

const SLOW_PER_S = 0.55;
const LEAST_AWAY_M = 2.3;
const UP = new Vector3(0, 1, 0);

export class WatchingCamera {
  readonly #look = new Vector3();
  readonly #wantedLook = new Vector3();
  readonly #wanted = new Vector3();
  readonly #between = new Vector3();
  readonly #aside = new Vector3();
  #placed = false;

  /** The story moved them: cut at once, behind the veil. */
  cut(): void {
    this.#placed = false;
  }

  update(dt: number, camera: PerspectiveCamera, visitor: Visitor, person: Body | null): void {
    const seen = person?.root.visible
      ? person.landmark('chest', this.#between)
      : this.#between.copy(visitor.head).addScaledVector(visitor.gaze, 4);
    const apart = Math.hypot(seen.x - visitor.head.x, seen.z - visitor.head.z);
    this.#wantedLook.copy(visitor.head).lerp(seen, 0.62);
    this.#wantedLook.y = Math.max(0.5, this.#wantedLook.y - 0.1);
    this.#aside.copy(seen).sub(visitor.head).setY(0).normalize();
    const back = this.#aside.clone();
    this.#aside.cross(UP);
    const away = Math.max(LEAST_AWAY_M, apart * 0.85 + 1);
    this.#wanted
      .copy(this.#wantedLook)
      .addScaledVector(this.#aside, away * 0.8)
      .addScaledVector(back, -away * 0.62);
    this.#wanted.y = Math.max(1.35, this.#wantedLook.y + 0.35);
    const share = this.#placed ? 1 - Math.exp(-dt * SLOW_PER_S) : 1;
    this.#placed = true;
    camera.position.lerp(this.#wanted, share);
    this.#look.lerp(this.#wantedLook, share);
    camera.lookAt(this.#look);
  }
}

/** Radius of a draped figure at a share of the way from its head to the ground. */
const DRAPE: readonly (readonly [number, number])[] = [
  [0.07, 0.045], [0.1, 0.055], [0.13, 0.1], [0.16, 0.165], [0.2, 0.19], [0.3, 0.195], [0.42, 0.185], [0.55, 0.195], [0.75, 0.215], [1, 0.24],
]; // biome-ignore format: one curve

/** Where the visitor is, for those who watch: a soft figure in linen, nobody in particular, that fades towards the ground. */
export class VisitorSign {
  readonly group = new Group();
  readonly #head: Mesh;
  readonly #drape: Mesh;
  readonly #hands: readonly [Mesh, Mesh];

  constructor() {
    const linen = { color: 0xe9dcc6, roughness: 0.95 };
    const material = new MeshStandardMaterial(linen);
    const ball = (radius: number) => new Mesh(new SphereGeometry(radius, 28, 20), material);
    this.#head = ball(0.1);
    this.#head.scale.set(0.8, 1.15, 0.95);
    this.#drape = new Mesh(drape(), new MeshStandardMaterial({ ...linen, vertexColors: true, transparent: true }));
    this.#hands = [ball(0.04), ball(0.04)];
    this.group.add(this.#head, this.#drape, ...this.#hands);
  }

  update(visitor: Visitor): void {
    this.#head.position.copy(visitor.head);
    this.#head.quaternion.copy(visitor.quaternion);
    this.#drape.position.copy(visitor.head);
    this.#drape.rotation.y = Math.atan2(visitor.gaze.x, visitor.gaze.z);
    this.#drape.scale.set(1, Math.max(0.5, visitor.head.y), 0.66);
    [visitor.left, visitor.right].forEach((hand, n) => {
      const shown = this.#hands[n as 0 | 1];
      shown.visible = hand !== null;
      if (hand !== null) shown.position.copy(hand.position);
    });
  }
}

/** One metre high, from the chin down; its lower half fades away. */
function drape(): LatheGeometry {
  const line = new CatmullRomCurve3(DRAPE.map(([down, radius]) => new Vector3(radius, -down, 0))).getPoints(40);
  const geometry = new LatheGeometry(line.map(({ x, y }) => new Vector2(x, y)), 32); // biome-ignore format: a line
  const places = geometry.getAttribute('position');
  const colours = new Float32Array(places.count * 4).fill(1);
  for (let i = 0; i < places.count; i += 1) colours[i * 4 + 3] = Math.min(1, Math.max(0, (0.72 + places.getY(i)) / 0.4));
  geometry.setAttribute('color', new BufferAttribute(colours, 4));
  return geometry;
}

/** Poses that come ten times or twice a second, made smooth. */
export class SmoothVisitor {
  readonly #target: Visitor;

  constructor(
    readonly visitor: Visitor,
    make: () => Visitor,
  ) {
    this.#target = make();
  }

  get target(): Visitor {
    return this.#target;
  }

  update(dt: number): void {
    const share = 1 - Math.exp(-dt * 6);
    this.visitor.head.lerp(this.#target.head, share);
    this.visitor.quaternion.slerp(this.#target.quaternion, share);
    this.visitor.headSet();
    for (const side of ['left', 'right'] as const) {
      const [hand, wanted] = [this.visitor.hands[side], this.#target.hands[side]];
      if (wanted.tracked && !hand.tracked) hand.position.copy(wanted.position);
      hand.tracked = wanted.tracked;
      hand.position.lerp(wanted.position, share);
      hand.quaternion.slerp(wanted.quaternion, share);
    }
  }
}
