// What every prop promises: it is told its state, it lives each frame, and it says what can be touched.
import type { Object3D } from 'three';
import type { PersonView, VisitorState } from '../wire/world';
import type { Fading } from './light';
import type { Touchable } from './reach';

export const ON: readonly string[] = ['on'];

export type Args = Readonly<Record<string, string | number | boolean>>;

/** What a prop may know each frame. The same object every frame. */
export interface Around {
  time: number;
  visitor: VisitorState;
  person: PersonView | null;
  here: string; // the anchor where the visitor is
  offer: string;
  light: Fading;
  act(act: string, target?: string): void;
}

export interface Prop {
  readonly name: string;
  readonly object: Object3D; // where it is, for eyes that look at it
  readonly states: readonly string[]; // besides `off`, which all know
  readonly shown: boolean;
  readonly touchables: readonly Touchable[];
  state(state: string, args: Args): void;
  update(dt: number, around: Around): void;
}

/** Grows and shrinks things softly instead of letting them pop in. */
export class Appearing {
  level = 0;
  on = false;

  constructor(private readonly perSecond = 1.6) {}

  /** True while there is something to see. */
  step(dt: number): boolean {
    this.level = Math.min(1, Math.max(0, this.level + (this.on ? dt : -dt) * this.perSecond));
    return this.level > 0;
  }

  now(): void {
    this.level = this.on ? 1 : 0;
  }
}
