// A mesh and what can be done with it come in; a prop that appears softly, glows when a hand is near and is used goes out.
import { Color, type Material, type Mesh, MeshLambertMaterial, type Object3D, Vector3 } from 'three';
import type { VisitorHand } from '../wire/world';
import { Appearing, type Args, type Around, ON, type Prop } from './prop';
import type { Touchable } from './reach';

const WARM = new Color(0xffb765);

/** Warm light from within, 0..1, where the material allows it. */
export function glowUp(mesh: Mesh, level: number): void {
  const material: Material | Material[] = mesh.material;
  if (material instanceof MeshLambertMaterial) material.emissive.copy(WARM).multiplyScalar(0.16 * level);
}

/** Something one may touch, made of plain values. */
export class Touch implements Touchable {
  readonly place = new Vector3();
  byTouch = false;

  constructor(
    readonly name: string,
    readonly hint: string,
    readonly offer: string,
    readonly radius: number,
    private readonly isReady: () => boolean,
    private readonly onUse: (hand: VisitorHand | null) => void,
    private readonly mesh: Mesh | null = null,
  ) {}

  ready(): boolean {
    return this.isReady();
  }

  use(hand: VisitorHand | null): void {
    this.onUse(hand);
  }

  glow(level: number): void {
    if (this.mesh) glowUp(this.mesh, level);
  }
}

/** A thing that is there or not. */
export class Standing implements Prop {
  readonly states = ON;
  readonly touchables: readonly Touchable[] = [];
  readonly appearing = new Appearing();

  constructor(
    readonly name: string,
    readonly object: Object3D,
    private readonly grows = true,
  ) {
    object.visible = false;
    object.name = name;
  }

  get shown(): boolean {
    return this.appearing.on;
  }

  state(state: string, _args: Args): void {
    this.appearing.on = state !== 'off';
    if (this.appearing.on) this.object.visible = true;
  }

  update(dt: number, _around: Around): void {
    if (this.appearing.level === (this.appearing.on ? 1 : 0) && this.object.visible === this.appearing.on) return;
    this.object.visible = this.appearing.step(dt);
    if (this.grows) this.object.scale.setScalar(0.86 + 0.14 * softly(this.appearing.level));
  }
}

export function softly(level: number): number {
  return level * level * (3 - 2 * level);
}
