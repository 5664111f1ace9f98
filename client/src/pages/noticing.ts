// Where the visitor looks and goes comes in; what the story may wait for goes out, each at most once in a part.
import { Vector3 } from 'three';
import type { Act, PersonView, StageView, VisitorState } from '../wire/world';

const AROUND_RAD = (270 / 180) * Math.PI;
const SECTORS = 36;
const GAZE_COS = Math.cos(0.24);
const GAZE_S = 0.7;
const NEARER_M = 0.35;
const CARRIED_M = 0.3; // in one frame: the story moved them, not their feet
const TURNED_COS = Math.cos(1.25);
const TURNED_S = 3;
const GRASS_M = 0.16;

export class Noticing {
  readonly #told = new Set<string>();
  readonly #seen = new Uint8Array(SECTORS);
  readonly #way = new Vector3();
  #hideS = 0;
  #awayS = 0;
  #facedHer = false;
  #approachM = 0;
  #following = false;
  readonly #before = new Vector3();
  #came = '';

  /** A new part of the story: everything may be noticed anew. */
  beat(): void {
    this.#told.clear();
    this.#seen.fill(0);
    this.#hideS = this.#awayS = this.#approachM = 0;
    this.#facedHer = false;
  }

  /** The story brought them to an anchor. */
  went(anchor: string): void {
    this.#came = anchor;
  }

  update(dt: number, visitor: VisitorState, stage: StageView, person: PersonView | null, veil: number): readonly Act[] {
    const acts: Act[] = [];
    const tell = (act: string, target = '') => {
      if (this.#told.has(act)) return;
      this.#told.add(act);
      acts.push({ act, target });
    };
    if (veil < 0.3) {
      if (this.#lookedAround(visitor)) tell('looked_around');
      if (this.#gazes(dt, visitor, stage)) tell('gaze_hide_spot');
      if (this.#touchesGrass(visitor, stage)) tell('touched_grass');
    }
    if (person?.root.visible) this.#ofHer(dt, visitor, person, tell);
    if (this.#came !== '' && this.#came !== 'start' && veil < 0.2) {
      tell('arrived', this.#came);
      this.#came = '';
    }
    return acts;
  }

  #lookedAround(visitor: VisitorState): boolean {
    const turn = Math.atan2(visitor.gaze.x, visitor.gaze.z) / (Math.PI * 2) + 0.5;
    const middle = Math.floor(turn * SECTORS);
    for (let n = -3; n <= 3; n += 1) this.#seen[(middle + n + SECTORS) % SECTORS] = 1;
    return this.#seen.reduce((sum, one) => sum + one, 0) >= (AROUND_RAD / (Math.PI * 2)) * SECTORS;
  }

  #gazes(dt: number, visitor: VisitorState, stage: StageView): boolean {
    this.#way.copy(stage.anchor('hide_spot').person.position).sub(visitor.head).setY(0).normalize();
    const flat = Math.hypot(visitor.gaze.x, visitor.gaze.z) || 1;
    const cos = (this.#way.x * visitor.gaze.x + this.#way.z * visitor.gaze.z) / flat;
    this.#hideS = cos > GAZE_COS ? this.#hideS + dt : 0;
    return this.#hideS >= GAZE_S;
  }

  #touchesGrass(visitor: VisitorState, stage: StageView): boolean {
    for (const hand of [visitor.left, visitor.right]) {
      if (hand !== null && hand.position.y - stage.ground(hand.position.x, hand.position.z) < GRASS_M) return true;
    }
    return false;
  }

  #ofHer(dt: number, visitor: VisitorState, person: PersonView, tell: (act: string) => void): void {
    person.landmark('chest', this.#way).sub(visitor.head);
    const away = Math.hypot(this.#way.x, this.#way.z);
    // only the visitor's own steps count, not hers
    const before = Math.hypot(this.#way.x + visitor.head.x - this.#before.x, this.#way.z + visitor.head.z - this.#before.z);
    const step = before - away;
    if (this.#following && Math.abs(step) < CARRIED_M) this.#approachM += step;
    this.#following = true;
    this.#before.copy(visitor.head);
    if (this.#approachM > NEARER_M && away < 6) tell('visitor_nearer');
    // looking up at the stars is not turning away: only which way the head faces counts
    const flat = Math.hypot(visitor.gaze.x, visitor.gaze.z) * away;
    const cos = flat < 0.05 ? 1 : (this.#way.x * visitor.gaze.x + this.#way.z * visitor.gaze.z) / flat;
    if (cos > 0.8) this.#facedHer = true;
    this.#awayS = this.#facedHer && cos < TURNED_COS ? this.#awayS + dt : 0;
    if (this.#awayS >= TURNED_S) tell('turned_away');
  }
}
