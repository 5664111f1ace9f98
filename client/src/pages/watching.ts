// The visitor's poses come in; a calm camera that keeps both in sight goes out, and a plain sign of where the visitor is.
import { Group, Mesh, MeshStandardMaterial, type PerspectiveCamera, SphereGeometry, Vector3 } from 'three';
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

/** Where the visitor is, for those who watch: soft, and nobody in particular. */
export class VisitorSign {
  readonly group = new Group();
  readonly #head: Mesh;
  readonly #hands: readonly [Mesh, Mesh];

  constructor() {
    const material = new MeshStandardMaterial({ color: 0xe6d3b8, roughness: 0.9, transparent: true, opacity: 0.85 });
    const ball = (radius: number) => new Mesh(new SphereGeometry(radius, 24, 18), material);
    this.#head = ball(0.1);
    this.#head.scale.set(0.8, 1.15, 0.95);
    this.#hands = [ball(0.045), ball(0.045)];
    this.group.add(this.#head, ...this.#hands);
  }

  update(visitor: Visitor): void {
    this.#head.position.copy(visitor.head);
    this.#head.quaternion.copy(visitor.quaternion);
    [visitor.left, visitor.right].forEach((hand, n) => {
      const shown = this.#hands[n as 0 | 1];
      shown.visible = hand !== null;
      if (hand !== null) shown.position.copy(hand.position);
    });
  }
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
