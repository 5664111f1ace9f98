// A loaded scene with the joints of the body model comes in; joints by name, limbs with their rest shape and landmarks go out.
import { Object3D, type Quaternion, Vector3 } from 'three';
import { worldPlace } from './turns';

export type Side = 'left' | 'right';

export interface LandmarkAt {
  readonly joint: string;
  readonly offset: readonly [number, number, number];
}

/** What the likeness says of itself (`scenes[0].extras.meetagain`). */
export interface About {
  readonly age_years: number;
  readonly height_m: number;
  readonly eye_height_m: number;
  readonly is_child: boolean;
  readonly landmarks: Readonly<Record<string, LandmarkAt>>;
  readonly torso: { readonly half_width_m: number; readonly half_depth_m: number };
}

/** Two bones and what they carry: an arm to the wrist or a leg to the ankle. */
export interface Limb {
  readonly side: Side;
  readonly sign: 1 | -1; // +1 on the person's left, which is +X
  readonly upper: Object3D;
  readonly upper2: Object3D;
  readonly lower: Object3D;
  readonly lower2: Object3D;
  readonly end: Object3D;
  readonly upperM: number;
  readonly lowerM: number;
}

export interface Arm extends Limb {
  readonly girdle: Object3D;
  readonly fingers: readonly (readonly Object3D[])[]; // thumb first, three joints each
  readonly palm: Vector3; // from the wrist, rest frame
  readonly palmOut: Vector3; // out of the palm, rest frame
  readonly along: Vector3; // from wrist to knuckles, rest frame
  readonly foreAlong: Vector3; // elbow to wrist, rest frame
  readonly curlAxis: Vector3; // fingers bend round it, rest frame
  readonly thumbAxis: Vector3;
  readonly thickM: number;
}

export class Rig {
  readonly joints: Object3D[] = [];
  readonly rest: Vector3[] = [];
  readonly #index = new Map<string, number>();
  readonly arms: readonly [Arm, Arm];
  readonly legs: readonly [Limb, Limb];
  readonly root: Object3D;
  readonly head: Object3D;
  readonly ankleM: number;
  readonly legM: number;
  readonly armM: number;

  constructor(
    scene: Object3D,
    readonly about: About,
  ) {
    scene.updateMatrixWorld(true);
    scene.traverse((object) => {
      const name = nameOf(object);
      if ('isMesh' in object || !(name === 'root' || (object.parent && this.#index.has(nameOf(object.parent))))) return;
      this.#index.set(name, this.joints.length);
      this.joints.push(object);
      this.rest.push(worldPlace(object, new Vector3()));
    });
    this.root = this.joint('root');
    this.head = this.joint('head');
    this.arms = [this.#arm('L', 'left', 1), this.#arm('R', 'right', -1)];
    this.legs = [this.#leg('L', 'left', 1), this.#leg('R', 'right', -1)];
    this.ankleM = this.restOf('foot.L').y;
    this.legM = this.legs[0].upperM + this.legs[0].lowerM;
    this.armM = this.arms[0].upperM + this.arms[0].lowerM;
  }

  /** Place of a joint in the arrays, or -1. Takes a name with or without its dot. */
  indexOf(name: string): number {
    return this.#index.get(name) ?? this.#index.get(dotted(name)) ?? -1;
  }

  find(name: string): Object3D | null {
    return this.joints[this.indexOf(name)] ?? null;
  }

  joint(name: string): Object3D {
    const joint = this.find(name);
    if (joint === null) throw new Error(`the likeness has no joint ${name}`);
    return joint;
  }

  restOf(name: string): Vector3 {
    return this.rest[this.indexOf(name)]!;
  }

  /** World position of a landmark; an unknown one is the head. World matrices must be fresh. */
  landmark(name: string, into: Vector3): Vector3 {
    const mark = this.about.landmarks[name];
    if (mark === undefined) return worldPlace(this.head, into);
    return into.set(mark.offset[0], mark.offset[1], mark.offset[2]).applyMatrix4(this.joint(mark.joint).matrixWorld);
  }

  /** Joints on the way from the root, by name, in order. */
  chain(...names: string[]): Object3D[] {
    return names.map((name) => this.joint(name));
  }

  #away(from: string, to: string): Vector3 {
    return this.restOf(to).clone().sub(this.restOf(from));
  }

  #leg(s: string, side: Side, sign: 1 | -1): Limb {
    const upperM = this.#away(`upperleg01.${s}`, `lowerleg01.${s}`).length();
    const lowerM = this.#away(`lowerleg01.${s}`, `foot.${s}`).length();
    const [upper, upper2, lower, lower2, end] = this.chain(
      ...['upperleg01', 'upperleg02', 'lowerleg01', 'lowerleg02', 'foot'].map((n) => `${n}.${s}`),
    );
    return { side, sign, upper: upper!, upper2: upper2!, lower: lower!, lower2: lower2!, end: end!, upperM, lowerM };
  }

  #arm(s: string, side: Side, sign: 1 | -1): Arm {
    const names = ['upperarm01', 'upperarm02', 'lowerarm01', 'lowerarm02', 'wrist', 'shoulder01'].map((n) => `${n}.${s}`);
    const [upper, upper2, lower, lower2, end, girdle] = this.chain(...names);
    const along = this.#away(`wrist.${s}`, `finger3-1.${s}`).normalize();
    const across = this.#away(`finger2-1.${s}`, `finger5-1.${s}`);
    const palmOut = along.clone().cross(across).multiplyScalar(-sign).normalize();
    const mark = this.about.landmarks[sign > 0 ? 'palm_l' : 'palm_r'];
    const palm = mark ? new Vector3(...mark.offset) : this.#away(`wrist.${s}`, `finger3-1.${s}`).multiplyScalar(0.6);
    const thumb = this.#away(`finger1-1.${s}`, `finger1-3.${s}`);
    const thumbGoal = this.restOf(`finger5-1.${s}`)
      .clone()
      .addScaledVector(palmOut, 0.02)
      .sub(this.restOf(`finger1-1.${s}`));
    return {
      side,
      sign,
      upper: upper!,
      upper2: upper2!,
      lower: lower!,
      lower2: lower2!,
      end: end!,
      girdle: girdle!,
      upperM: this.#away(`upperarm01.${s}`, `lowerarm01.${s}`).length(),
      lowerM: this.#away(`lowerarm01.${s}`, `wrist.${s}`).length(),
      fingers: [1, 2, 3, 4, 5].map((f) => [1, 2, 3].map((j) => this.joint(`finger${f}-${j}.${s}`))),
      palm,
      palmOut,
      along,
      foreAlong: this.#away(`lowerarm01.${s}`, `wrist.${s}`).normalize(),
      curlAxis: along.clone().cross(palmOut).normalize(),
      thumbAxis: thumb.cross(thumbGoal).normalize(),
      thickM: 0.027 * this.about.height_m,
    };
  }
}

/** The loader takes dots out of names and keeps the given one aside. */
export function nameOf(object: Object3D): string {
  const given: unknown = object.userData['name'];
  return typeof given === 'string' ? given : dotted(object.name);
}

/** `upperarm01L` -> `upperarm01.L`. */
export function dotted(name: string): string {
  return /^(pelvis|upperleg|lowerleg|foot|toe|clavicle|shoulder|upperarm|lowerarm|wrist|metacarpal|finger|eye).*[^.][LR]$/.test(name)
    ? `${name.slice(0, -1)}.${name.slice(-1)}`
    : name;
}

/** Horizontal turn of a thing from its world matrix: 0 faces +Z. */
export function yawOf(turn: Quaternion): number {
  return Math.atan2(2 * (turn.x * turn.z + turn.w * turn.y), 1 - 2 * (turn.x * turn.x + turn.y * turn.y));
}

/** An empty scene with the same joints: for tests. */
export function bareScene(joints: readonly { name: string; parent: string; at: readonly [number, number, number] }[]): Object3D {
  const scene = new Object3D();
  const made = new Map<string, Object3D>();
  for (const { name, parent, at } of joints) {
    const joint = new Object3D();
    joint.name = name;
    joint.userData['name'] = name;
    joint.position.set(...at);
    (made.get(parent) ?? scene).add(joint);
    made.set(name, joint);
  }
  return scene;
}
