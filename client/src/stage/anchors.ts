// The name of a place in the story comes in, a spot for the person and a spot for the visitor go out.
// Yaw 0 faces +Z; the visitor who looks along -Z has yaw pi. A spot's height is that of the surface one sits or lies on.
import { Vector3 } from 'three';
import type { Anchor, Spot } from '../wire/world';

export const HIDE_TREE = { x: -2.3, z: -7.75, radius: 0.34 } as const;
export const PICNIC = { x: 5.4, z: -8.4, halfX: 1.0, halfZ: 0.95, tableTop: 0.33 } as const;
export const BED = { x: -6.6, z: -5.0, halfX: 0.52, halfZ: 1.02, top: 0.47 } as const;
export const BENCH = { x: 3.5, z: -4.6, yaw: -0.75, seat: 0.43 } as const;

function spot(x: number, y: number, z: number, yaw: number): Spot {
  return { position: new Vector3(x, y, z), yaw };
}

function facing(x: number, y: number, z: number, towardX: number, towardZ: number): Spot {
  return spot(x, y, z, Math.atan2(towardX - x, towardZ - z));
}

/** Behind the hide tree as seen from the start: `along` metres beyond its middle, `aside` to the right. */
function behindTree(along: number, aside: number): Spot {
  const far = Math.hypot(HIDE_TREE.x, HIDE_TREE.z);
  const ux = HIDE_TREE.x / far;
  const uz = HIDE_TREE.z / far;
  return facing(HIDE_TREE.x + ux * along - uz * aside, 0, HIDE_TREE.z + uz * along + ux * aside, 0, 0);
}

const AT_START = spot(0, 0, 0, Math.PI);
const AT_PICNIC = spot(PICNIC.x, 0, PICNIC.z + 0.68, Math.PI);
const BESIDE_BED = facing(BED.x + 0.98, 0, BED.z - 0.5, BED.x - 0.1, BED.z - 0.42);
const ON_BENCH = { dx: Math.cos(BENCH.yaw) * 0.38, dz: -Math.sin(BENCH.yaw) * 0.38 };

const ANCHORS: Readonly<Record<string, Anchor>> = {
  start: { person: spot(0, 0, -2.5, 0), visitor: AT_START },
  hide_spot: { person: behindTree(0.6, 0), visitor: AT_START },
  peek_spot: { person: behindTree(0.42, 0.66), visitor: AT_START },
  stop_point: { person: spot(0, 0, -2.5, 0), visitor: AT_START },
  near: { person: spot(0, 0, -0.9, 0), visitor: AT_START },
  path: { person: facing(0.75, 0, -3.5, 0.5, -8), visitor: facing(1.35, 0, -3.3, 1.0, -8) },
  picnic: { person: facing(PICNIC.x, 0.02, PICNIC.z - 0.62, PICNIC.x, 0), visitor: AT_PICNIC },
  play_lawn: {
    person: facing(PICNIC.x - 2.0, 0, PICNIC.z - 0.8, PICNIC.x - 0.6, PICNIC.z + 0.8),
    visitor: facing(PICNIC.x - 1.2, 0, PICNIC.z + 1.25, PICNIC.x - 2.0, PICNIC.z - 0.8),
  },
  bed: { person: spot(BED.x, BED.top, BED.z - 0.02, 0), visitor: BESIDE_BED },
  bed_head: { person: spot(BED.x, BED.top + 0.1, BED.z - BED.halfZ + 0.22, 0), visitor: BESIDE_BED },
  bench: {
    person: spot(BENCH.x - ON_BENCH.dx, BENCH.seat, BENCH.z - ON_BENCH.dz, BENCH.yaw),
    visitor: spot(BENCH.x + ON_BENCH.dx, 0, BENCH.z + ON_BENCH.dz, BENCH.yaw),
  },
};

/** Spots that depend on where the visitor is in the story. */
const NEAR_AT_PICNIC: Anchor = {
  person: facing(PICNIC.x + 0.74, 0.02, PICNIC.z + 0.56, PICNIC.x, PICNIC.z + 0.66),
  visitor: AT_PICNIC,
};

export const ANCHOR_NAMES: readonly string[] = Object.keys(ANCHORS);

/** `here` is the anchor to which the visitor was last brought. An unknown name is the start. */
export function anchorFrom(name: string, here: string, heightM = 0): Anchor {
  if (heightM > 0 && name === 'bed') return bedFor(heightM);
  if (name === 'near' || name === 'stop_point') {
    if (here === 'picnic') return NEAR_AT_PICNIC;
    if (here === 'play_lawn') return ANCHORS['play_lawn']!;
    if (here === 'bed') return ANCHORS['bed']!;
  }
  return ANCHORS[name] ?? ANCHORS['start']!;
}

const LYING = { person: { position: new Vector3(BED.x, BED.top, BED.z), yaw: 0 }, visitor: BESIDE_BED };

/** Who is small lies with the head on the pillow, not in the middle of the bed: the seat is about half a body from the crown. */
function bedFor(heightM: number): Anchor {
  LYING.person.position.z = BED.z + Math.min(0.17 + heightM * 0.47 - BED.halfZ, BED.halfZ - 0.05 - heightM * 0.52);
  return LYING;
}
