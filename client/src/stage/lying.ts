// Somebody in the bed comes in; how high a blanket must lie over them at a place goes out.
import { Vector3 } from 'three';
import type { PersonView } from '../wire/world';
import { BED } from './anchors';

const SEEN = ['chest', 'belly', 'seat', 'knee_l', 'knee_r', 'sole_l', 'sole_r', 'palm_l', 'palm_r'] as const;
const ELBOWS = ['lowerarm01.L', 'lowerarm01.R'] as const;
const [CHEST, BELLY, HIP, KNEE_L, TOE_L, PALM_L, ELBOW_L, SHOULDER_L] = [0, 1, 2, 3, 5, 7, 9, 11];
const PLACES = 13;
const HAND_UP_M = 0.4; // a hand that is held out is not covered

/** What lies under the blanket: from place to place, half a width, and the cloth on it. */
const LIMBS: readonly (readonly [number, number, number, number])[] = [
  [CHEST!, BELLY!, 0.15, 0.065],
  [BELLY!, HIP!, 0.15, 0.065],
  [HIP!, KNEE_L!, 0.1, 0.06],
  [HIP!, KNEE_L! + 1, 0.1, 0.06],
  [KNEE_L!, TOE_L!, 0.09, 0.055],
  [KNEE_L! + 1, TOE_L! + 1, 0.09, 0.055],
  [SHOULDER_L!, ELBOW_L!, 0.09, 0.075],
  [SHOULDER_L! + 1, ELBOW_L! + 1, 0.09, 0.075],
  [ELBOW_L!, PALM_L!, 0.1, 0.1],
  [ELBOW_L! + 1, PALM_L! + 1, 0.1, 0.1],
];
const FIRST_ARM = 6;

/** Places of a body in the frame of the bed, followed softly. */
export class Lying {
  there = false;
  readonly #places = Array.from({ length: PLACES }, () => new Vector3());
  readonly #armOut = [false, false];

  /** Where the blanket's upper edge belongs, along the bed. */
  get chestZ(): number {
    return this.#places[CHEST!]!.z;
  }

  get kneeZ(): number {
    return this.#places[KNEE_L!]!.z;
  }

  follow(dt: number, person: PersonView | null): void {
    const was = this.there;
    this.there = person?.root.visible === true && inBed(person.landmark('chest', SPOT));
    if (!this.there || person === null) return;
    const share = was ? Math.min(1, dt * 6) : 1;
    for (let i = 0; i < SEEN.length; i++) this.#places[i]!.lerp(toBed(person.landmark(SEEN[i]!, SPOT)), share);
    for (let side = 0; side < 2; side++) this.#arm(side, person, share);
    this.#hipsAndToes();
  }

  #arm(side: number, person: PersonView, share: number): void {
    const chest = this.#places[CHEST!]!;
    const palm = this.#places[PALM_L! + side]!;
    const shoulder = this.#places[SHOULDER_L! + side]!;
    shoulder.set(chest.x + (side ? -0.15 : 0.15), chest.y - 0.04, chest.z);
    const joint = person.joint(ELBOWS[side]!);
    if (joint) toBed(SPOT.setFromMatrixPosition(joint.matrixWorld));
    else SPOT.lerpVectors(shoulder, palm, 0.5);
    this.#places[ELBOW_L! + side]!.lerp(SPOT, share);
    this.#armOut[side] = palm.y > BED.top + HAND_UP_M;
  }

  /** The seat lies below, the hips are as high as belly and knees; toes stand up from the soles. */
  #hipsAndToes(): void {
    const hip = this.#places[HIP!]!;
    hip.y = 0.6 * this.#places[BELLY!]!.y + 0.4 * this.#places[KNEE_L!]!.y;
    for (let side = 0; side < 2; side++) {
      const knee = this.#places[KNEE_L! + side]!;
      const sole = this.#places[TOE_L! + side]!;
      sole.y = Math.max(BED.top + 0.55 * Math.abs(sole.z - knee.z), BED.top + 0.17);
    }
  }

  /** Metres above the meadow; 0 where nobody lies. `slope`: how steeply the blanket falls beside a limb. */
  over(x: number, z: number, slope: number): number {
    let top = 0;
    for (let i = 0; i < LIMBS.length; i++) {
      if (i >= FIRST_ARM && this.#armOut[(i - FIRST_ARM) % 2]) continue;
      const [from, to, half, cloth] = LIMBS[i]!;
      const a = this.#places[from]!;
      const b = this.#places[to]!;
      const dx = b.x - a.x;
      const dz = b.z - a.z;
      const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (z - a.z) * dz) / (dx * dx + dz * dz + 1e-6)));
      const away = Math.hypot(x - a.x - dx * t, z - a.z - dz * t);
      const crest = a.y + (b.y - a.y) * t + cloth;
      const y = away < half ? crest - (0.25 * (away * away)) / half : crest - 0.25 * half - (away - half) * slope;
      if (y > top) top = y;
    }
    return top;
  }
}

function toBed(place: Vector3): Vector3 {
  place.x -= BED.x;
  place.z -= BED.z;
  return place;
}

function inBed(place: Vector3): boolean {
  return Math.abs(place.x - BED.x) < 0.6 && Math.abs(place.z - BED.z) < 1.1 && place.y > BED.top && place.y < BED.top + 0.6;
}

const SPOT = new Vector3();
