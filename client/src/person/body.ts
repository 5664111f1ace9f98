// Clips, a wished posture, a gait and gestures come in; the turns of all joints go out, with no jump from frame to frame.
import type { Chance } from '../wire/chance';
import type { Clip, Clips } from './clips';
import { Pose } from './clips';
import { HELD, Postures } from './posture';
import type { Rig } from './rig';
import { clamp, ease, ramp } from './turns';

export interface Gait {
  weight: number; // 0 stands, 1 walks or runs
  run: number; // 0 walks, 1 runs
  speed: number; // m/s over the ground
}

const OVER_S = 0.42;
const GESTURE_IN_S = 0.3;
const GESTURE_OUT_S = 0.45;
const LEGS = /^(root|pelvis|upperleg|lowerleg|foot|toe)/;
const WAIST: Readonly<Record<string, number>> = { spine05: 0, spine04: 0.25, spine03: 0.6 };

export class BodyPlayer {
  readonly out: Pose;
  readonly gait: Gait = { weight: 0, run: 0, speed: 0 };
  posture = 'stand';
  gesture: Clip | null = null;
  gestureS = 0;
  gestureWeight = 0;
  #base: Clip;
  #baseS = 0;
  #path: readonly string[] = [];
  #goal = 'stand';
  #phase = 0;
  #shiftS: number;
  #sinceChange = OVER_S;
  #ending = false;
  #jump = false;
  readonly #postures: Postures;
  readonly #upper: Float32Array;
  readonly #pose: Pose;
  readonly #other: Pose;
  readonly #offset: Pose;
  readonly #walk: Clip | null;
  readonly #run: Clip | null;

  constructor(
    private readonly rig: Rig,
    readonly clips: Clips,
    private readonly chance: Chance,
  ) {
    const joints = rig.joints.length;
    this.out = new Pose(joints);
    this.#pose = new Pose(joints);
    this.#other = new Pose(joints);
    this.#offset = new Pose(joints);
    this.#postures = new Postures(clips);
    this.#base = this.#held('stand');
    this.#upper = upperMask(rig);
    this.#walk = clips.get('walk') ?? null;
    this.#run = clips.get('run_open_arms') ?? clips.get('run') ?? this.#walk;
    this.#shiftS = chance.between(9, 16);
    this.#base.sample(0, this.out);
  }

  /** Seconds of stride time at this speed, for the walk's own tempo. */
  get walkSpeed(): number {
    return this.#walk?.speed || 1;
  }

  get runSpeed(): number {
    return this.#run?.speed || this.walkSpeed;
  }

  get base(): Clip {
    return this.#base;
  }

  get baseS(): number {
    return this.#baseS;
  }

  /** True while the body is on its way into another posture. */
  get changing(): boolean {
    return this.#path.length > 0 || !this.#base.loops;
  }

  /** Everything is as if it had always been so. */
  snap(posture: string): void {
    this.#path = [];
    this.#goal = posture;
    this.posture = posture;
    this.gesture = null;
    this.gestureWeight = 0;
    this.#begin(this.#held(posture), false);
  }

  take(posture: string): void {
    if (posture === this.#goal) return;
    this.#goal = posture;
    const path = this.#postures.path(this.posture, posture);
    this.#path = path ?? [];
    if (this.#base.loops || path === null) this.#next();
  }

  /** One gesture over the posture. Returns false when there is no such clip, or it does not fit the posture. */
  act(name: string): boolean {
    const clip = this.clips.get(name);
    if (clip === undefined || this.posture === 'lie' || this.posture === 'sleep' || (clip.starts !== clip.ends && !clip.loops))
      return false;
    if (clip.whole && clip.starts === this.posture && this.gait.weight < 0.2 && !this.changing) {
      this.#path = [];
      this.#begin(clip, true);
      return true;
    }
    this.#jump ||= this.gesture !== null;
    this.gesture = clip;
    this.gestureS = 0;
    this.#ending = false;
    return true;
  }

  /** Ends what she is doing with her hands, softly. */
  calm(): void {
    this.#ending = true;
  }

  carries(foot: 0 | 1): boolean {
    if (this.gait.weight > 0.5) {
      const { run } = this.gait;
      // between a walk and a run a foot carries only while both would have it down
      return (run > 0.92 || this.#carriesIn(this.#walk, foot)) && (run < 0.08 || this.#carriesIn(this.#run, foot));
    }
    return this.#base.carries(foot, this.#baseS);
  }

  #carriesIn(clip: Clip | null, foot: 0 | 1): boolean {
    return clip === null || clip.carries(foot, this.#phase * clip.lengthS);
  }

  update(dt: number): void {
    this.#advance(dt);
    this.#base.sample(this.#baseS, this.#pose);
    this.#stride(dt);
    this.#gesture(dt);
    this.#sinceChange += dt;
    if (this.#jump) this.#takeOffset();
    const left = 1 - ease(this.#sinceChange / OVER_S);
    if (left > 0) this.#addOffset(left);
    this.out.copy(this.#pose);
    this.#write();
  }

  #held(posture: string): Clip {
    return this.clips.get(HELD[posture] ?? 'idle') ?? this.clips.get('idle') ?? [...this.clips.values()][0]!;
  }

  #advance(dt: number): void {
    this.#baseS += dt;
    if (!this.#base.loops && this.#baseS >= this.#base.lengthS) {
      this.posture = this.#base.ends;
      this.#next();
    }
    if (this.#base === this.clips.get('idle') && this.gait.weight < 0.1) {
      this.#shiftS -= dt;
      if (this.#shiftS < 0 && this.gesture === null) {
        this.#shiftS = this.chance.between(12, 24);
        const shift = this.clips.get('idle_shift');
        if (shift) this.#begin(shift, true);
      }
    }
  }

  #next(): void {
    const [name, ...rest] = this.#path;
    this.#path = rest;
    const clip = name === undefined ? undefined : this.clips.get(name);
    if (clip === undefined) {
      this.posture = this.#goal;
      this.#begin(this.#held(this.#goal), true);
    } else this.#begin(clip, true);
  }

  #begin(clip: Clip, softly: boolean): void {
    this.#base = clip;
    this.#baseS = 0;
    this.#jump = softly;
    if (!softly) this.#sinceChange = OVER_S;
  }

  /** What was shown a frame ago, seen from what the clips say now: it melts away in OVER_S. */
  #takeOffset(): void {
    this.#jump = false;
    this.#sinceChange = 0;
    const { turns } = this.#offset;
    for (let i = 0; i < turns.length; i += 4) awayFrom(this.out.turns, this.#pose.turns, turns, i);
    for (let c = 0; c < 3; c += 1) this.#offset.root[c] = this.out.root[c]! - this.#pose.root[c]!;
  }

  #addOffset(share: number): void {
    for (let i = 0; i < this.#pose.turns.length; i += 4) premultiplyPart(this.#pose.turns, this.#offset.turns, i, share);
    for (let c = 0; c < 3; c += 1) this.#pose.root[c]! += this.#offset.root[c]! * share;
  }

  #stride(dt: number): void {
    const { gait } = this;
    if (this.#walk === null || this.#run === null || gait.weight <= 0.001) {
      this.#phase = 0.02;
      return;
    }
    const walkStride = this.#walk.speed * this.#walk.lengthS;
    const runStride = this.#run.speed * this.#run.lengthS;
    const stride = Math.max(0.2, walkStride + (runStride - walkStride) * gait.run);
    this.#phase = (this.#phase + (Math.max(gait.speed, 0.25) / stride) * dt) % 1;
    this.#walk.sample(this.#phase * this.#walk.lengthS, this.#other);
    if (gait.run < 0.999) this.#pose.mix(this.#other, gait.weight, null, 1);
    if (gait.run > 0.001) {
      this.#run.sample(this.#phase * this.#run.lengthS, this.#other);
      this.#pose.mix(this.#other, gait.weight * gait.run, null, 1);
    }
  }

  #gesture(dt: number): void {
    if (this.gesture === null) return;
    this.gestureS += dt;
    const { lengthS, loops } = this.gesture;
    const rate = this.#ending || (!loops && this.gestureS > lengthS - GESTURE_OUT_S) ? -dt / GESTURE_OUT_S : dt / GESTURE_IN_S;
    this.gestureWeight = clamp(this.gestureWeight + rate, 0, 1);
    if (this.gestureWeight === 0 && rate < 0) {
      this.gesture = null;
      return;
    }
    this.#other.copy(this.#pose);
    this.gesture.sample(this.gestureS, this.#other);
    this.#pose.mix(this.#other, ramp(0, 1, this.gestureWeight), this.#upper, 0);
  }

  #write(): void {
    const { joints } = this.rig;
    const { turns, root } = this.out;
    for (let j = 0; j < joints.length; j += 1)
      joints[j]!.quaternion.set(turns[j * 4]!, turns[j * 4 + 1]!, turns[j * 4 + 2]!, turns[j * 4 + 3]!);
    this.rig.root.position.set(root[0]!, root[1]!, root[2]!);
  }
}

function upperMask(rig: Rig): Float32Array {
  return Float32Array.from(rig.joints, (joint) => {
    const name = String(joint.userData['name'] ?? joint.name);
    return LEGS.test(name) || name.startsWith('eye') ? 0 : (WAIST[name] ?? 1);
  });
}

/** into = shown * clip^-1, the shorter way. */
function awayFrom(shown: Float32Array, clip: Float32Array, into: Float32Array, i: number): void {
  const [ax, ay, az, aw] = [shown[i]!, shown[i + 1]!, shown[i + 2]!, shown[i + 3]!];
  const [bx, by, bz, bw] = [-clip[i]!, -clip[i + 1]!, -clip[i + 2]!, clip[i + 3]!];
  const w = aw * bw - ax * bx - ay * by - az * bz;
  const k = w < 0 ? -1 : 1;
  into[i] = k * (ax * bw + aw * bx + ay * bz - az * by);
  into[i + 1] = k * (ay * bw + aw * by + az * bx - ax * bz);
  into[i + 2] = k * (az * bw + aw * bz + ax * by - ay * bx);
  into[i + 3] = k * w;
}

/** pose = part(offset, share) * pose. */
function premultiplyPart(pose: Float32Array, offset: Float32Array, i: number, share: number): void {
  const half = Math.acos(clamp(offset[i + 3]!, -1, 1));
  if (half < 1e-5) return;
  const k = Math.sin(half * share) / Math.sin(half);
  const ax = offset[i]! * k;
  const ay = offset[i + 1]! * k;
  const az = offset[i + 2]! * k;
  const aw = Math.cos(half * share);
  const bx = pose[i]!;
  const by = pose[i + 1]!;
  const bz = pose[i + 2]!;
  const bw = pose[i + 3]!;
  pose[i] = ax * bw + aw * bx + ay * bz - az * by;
  pose[i + 1] = ay * bw + aw * by + az * bx - ax * bz;
  pose[i + 2] = az * bw + aw * bz + ax * by - ay * bx;
  pose[i + 3] = aw * bw - ax * bx - ay * by - az * bz;
}
