// Animations as the loader gives them come in; clips that can be sampled into a pose without making anything new go out.
import type { AnimationClip } from 'three';
import { dotted, type Rig } from './rig';

export interface FaceTrack {
  readonly name: string; // ARKit
  readonly times: Float32Array;
  readonly weights: Float32Array;
}

interface Track {
  readonly joint: number;
  readonly times: Float32Array;
  readonly values: Float32Array;
}

/** Joint turns (x y z w one after another) and the place of the root, metres. */
export class Pose {
  readonly turns: Float32Array;
  readonly root = new Float32Array(3);

  constructor(joints: number) {
    this.turns = new Float32Array(joints * 4);
    this.clear();
  }

  clear(): void {
    for (let i = 0; i < this.turns.length; i += 1) this.turns[i] = i % 4 === 3 ? 1 : 0;
  }

  copy(other: Pose): void {
    this.turns.set(other.turns);
    this.root.set(other.root);
  }

  /** Goes `share` of the way to another pose; `mask` says how much of it each joint takes. */
  mix(other: Pose, share: number, mask: Float32Array | null, rootShare: number): void {
    for (let j = 0; j < this.turns.length / 4; j += 1) {
      const w = mask === null ? share : share * mask[j]!;
      if (w > 0) slerp(this.turns, other.turns, j * 4, w);
    }
    for (let c = 0; c < 3; c += 1) this.root[c]! += (other.root[c]! - this.root[c]!) * share * rootShare;
  }
}

/** Normalised linear blend along the shorter way: close to slerp for the small angles between neighbouring poses. */
export function slerp(into: Float32Array, other: Float32Array, at: number, w: number): void {
  const dot = into[at]! * other[at]! + into[at + 1]! * other[at + 1]! + into[at + 2]! * other[at + 2]! + into[at + 3]! * other[at + 3]!;
  const k = dot < 0 ? -w : w;
  let sum = 0;
  for (let c = at; c < at + 4; c += 1) {
    into[c] = into[c]! * (1 - w) + other[c]! * k;
    sum += into[c]! * into[c]!;
  }
  const size = 1 / Math.sqrt(sum || 1);
  for (let c = at; c < at + 4; c += 1) into[c]! *= size;
}

export class Clip {
  readonly name: string;
  readonly lengthS: number;
  readonly loops: boolean;
  readonly speed: number;
  readonly starts: string;
  readonly ends: string;
  readonly whole: boolean;
  readonly seatM: number;
  readonly face: readonly FaceTrack[];
  readonly hasRoot: boolean;
  readonly #tracks: Track[] = [];
  readonly #root: Track | null = null;
  readonly #feet: readonly [readonly number[], readonly number[]];

  constructor(animation: AnimationClip, rig: Rig) {
    const said = (animation as AnimationClip & { userData?: Record<string, unknown> }).userData ?? {};
    this.name = animation.name;
    this.lengthS = Math.max(animation.duration, 1 / 30);
    this.loops = said['loops'] === true;
    this.speed = Number(said['speed_m_s'] ?? 0);
    this.starts = String(said['starts'] ?? 'stand');
    this.ends = String(said['ends'] ?? 'stand');
    this.whole = said['part'] !== 'upper';
    this.seatM = Number(said['seat_m'] ?? 0);
    this.face = faceTracks(said['face']);
    const feet = (said['feet'] ?? {}) as Record<string, number[][]>;
    this.#feet = [(feet['L'] ?? []).flat(), (feet['R'] ?? []).flat()];
    for (const track of animation.tracks) {
      const [node, what] = [track.name.slice(0, track.name.lastIndexOf('.')), track.name.slice(track.name.lastIndexOf('.') + 1)];
      const joint = rig.indexOf(dotted(node));
      if (joint < 0) continue;
      const values = track.values instanceof Float32Array ? track.values : Float32Array.from(track.values);
      const times = track.times instanceof Float32Array ? track.times : Float32Array.from(track.times);
      if (what === 'quaternion') this.#tracks.push({ joint, times, values });
      else if (what === 'position') this.#root = { joint, times, values };
    }
    this.hasRoot = this.#root !== null;
  }

  /** Time inside the clip for any time since it began. */
  local(seconds: number): number {
    if (!this.loops) return Math.min(Math.max(seconds, 0), this.lengthS);
    const t = seconds % this.lengthS;
    return t < 0 ? t + this.lengthS : t;
  }

  sample(seconds: number, into: Pose): void {
    const t = this.local(seconds);
    for (const track of this.#tracks) {
      const i = keyBefore(track.times, t);
      const last = i + 1 >= track.times.length;
      const at = track.joint * 4;
      for (let c = 0; c < 4; c += 1) into.turns[at + c] = track.values[i * 4 + c]!;
      if (!last) mixKey(into.turns, at, track.values, (i + 1) * 4, (t - track.times[i]!) / (track.times[i + 1]! - track.times[i]!));
    }
    if (this.#root === null) return;
    const { times, values } = this.#root;
    const i = keyBefore(times, t);
    const next = Math.min(i + 1, times.length - 1);
    const u = next === i ? 0 : (t - times[i]!) / (times[next]! - times[i]!);
    for (let c = 0; c < 3; c += 1) into.root[c] = values[i * 3 + c]! * (1 - u) + values[next * 3 + c]! * u;
  }

  /** Does this foot (0 left, 1 right) carry at this time? A clip that does not say has both feet down. */
  carries(foot: 0 | 1, seconds: number): boolean {
    const spans = this.#feet[foot];
    if (this.#feet[0].length + this.#feet[1].length === 0) return this.starts === 'stand' && this.speed === 0;
    const t = this.local(seconds);
    for (let i = 0; i + 1 < spans.length; i += 2) if (t >= spans[i]! - 1e-3 && t <= spans[i + 1]! + 1e-3) return true;
    return false;
  }
}

function mixKey(into: Float32Array, at: number, from: Float32Array, source: number, w: number): void {
  let dot = 0;
  for (let c = 0; c < 4; c += 1) dot += into[at + c]! * from[source + c]!;
  const k = dot < 0 ? -w : w;
  let sum = 0;
  for (let c = 0; c < 4; c += 1) {
    const x = into[at + c]! * (1 - w) + from[source + c]! * k;
    into[at + c] = x;
    sum += x * x;
  }
  const size = 1 / Math.sqrt(sum || 1);
  for (let c = 0; c < 4; c += 1) into[at + c]! *= size;
}

/** Index of the last key at or before `t`. */
export function keyBefore(times: Float32Array, t: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle]! <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Weight of a face track at a time. */
export function faceAt(track: FaceTrack, t: number): number {
  const i = keyBefore(track.times, t);
  if (i + 1 >= track.times.length || t <= track.times[0]!) return track.weights[i]!;
  const u = (t - track.times[i]!) / (track.times[i + 1]! - track.times[i]!);
  return track.weights[i]! * (1 - u) + track.weights[i + 1]! * u;
}

function faceTracks(said: unknown): FaceTrack[] {
  const tracks = (said ?? {}) as Record<string, [number, number][]>;
  return Object.entries(tracks).map(([name, keys]) => ({
    name,
    times: Float32Array.from(keys, (key) => key[0]),
    weights: Float32Array.from(keys, (key) => key[1]),
  }));
}

export type Clips = ReadonlyMap<string, Clip>;

export function clipsOf(animations: readonly AnimationClip[], rig: Rig): Clips {
  return new Map(animations.map((animation) => [animation.name, new Clip(animation, rig)]));
}
