// The visitor's poses come in; a calm camera that keeps both in sight goes out, and a plain sign of where the visitor is.
import { DataTexture, Group, LinearFilter, type PerspectiveCamera, Sprite, SpriteMaterial, Vector3 } from 'three';
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

/** Where the visitor is, for those who watch: a warm light at the heart, two small ones for the hands, and no likeness of anybody. */
export class VisitorSign {
  readonly group = new Group();
  readonly #heart: Sprite;
  readonly #hands: readonly [Sprite, Sprite];

  constructor() {
    const map = glow();
    const light = (size: number, opacity: number) => {
      const sprite = new Sprite(new SpriteMaterial({ map, color: 0xfff0d2, transparent: true, opacity, depthWrite: false }));
      sprite.scale.setScalar(size);
      return sprite;
    };
    this.#heart = light(0.62, 0.95);
    this.#hands = [light(0.2, 0.9), light(0.2, 0.9)];
    this.group.add(this.#heart, ...this.#hands);
  }

  update(visitor: Visitor): void {
    this.#heart.position.copy(visitor.head).y -= Math.min(0.3, visitor.head.y * 0.2);
    [visitor.left, visitor.right].forEach((hand, n) => {
      const shown = this.#hands[n as 0 | 1];
      shown.visible = hand !== null;
      if (hand !== null) shown.position.copy(hand.position);
    });
  }
}

const GLOW_PX = 64;

/** Round and soft: bright in the middle, nothing at the edge. */
function glow(): DataTexture {
  const data = new Uint8Array(GLOW_PX * GLOW_PX * 4).fill(255);
  for (let i = 0; i < GLOW_PX * GLOW_PX; i += 1) {
    const [x, y] = [(i % GLOW_PX) + 0.5, Math.floor(i / GLOW_PX) + 0.5];
    const away = Math.min(1, Math.hypot(x / GLOW_PX - 0.5, y / GLOW_PX - 0.5) * 2);
    const core = Math.max(0, 1 - away / 0.3);
    data[i * 4 + 3] = Math.round(255 * Math.min(1, 0.55 * (1 - away) ** 2 + 0.75 * core * core));
  }
  const texture = new DataTexture(data, GLOW_PX, GLOW_PX);
  texture.magFilter = texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
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
