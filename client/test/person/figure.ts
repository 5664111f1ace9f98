// A small figure of joints without skin, a child of 1.26 m or somebody taller, for tests of everything that moves a body.
import { AnimationClip, BufferGeometry, Mesh, MeshBasicMaterial, QuaternionKeyframeTrack, Vector3, VectorKeyframeTrack } from 'three';
import { clipsOf } from '../../src/person/clips';
import type { Loaded, Mouths } from '../../src/person/load';
import { PersonBody } from '../../src/person/person';
import { type About, bareScene, Rig } from '../../src/person/rig';
import type { Cue } from '../../src/wire/types.gen';
import { Visitor } from '../../src/wire/visitor';
import type { Anchor, StageView } from '../../src/wire/world';

type Place = readonly [number, number, number];

/** Joints of a standing body with its arms a little out, shares of its height. */
function places(): { name: string; parent: string; at: Place }[] {
  const world: [string, string, Place][] = [
    ['root', '', [0, 0.53, 0]],
    ['spine05', 'root', [0, 0.56, 0]],
    ['spine04', 'spine05', [0, 0.61, 0]],
    ['spine03', 'spine04', [0, 0.66, 0]],
    ['spine02', 'spine03', [0, 0.71, 0]],
    ['spine01', 'spine02', [0, 0.76, 0]],
    ['neck01', 'spine01', [0, 0.8, 0]],
    ['neck02', 'neck01', [0, 0.82, 0.005]],
    ['neck03', 'neck02', [0, 0.84, 0.01]],
    ['head', 'neck03', [0, 0.86, 0.012]],
    ['eye.L', 'head', [0.024, 0.91, 0.05]],
    ['eye.R', 'head', [-0.024, 0.91, 0.05]],
  ];
  for (const [s, x] of [
    ['L', 1],
    ['R', -1],
  ] as const) {
    world.push(
      [`shoulder01.${s}`, 'spine01', [0.03 * x, 0.78, 0]],
      [`upperarm01.${s}`, `shoulder01.${s}`, [0.095 * x, 0.775, 0]],
      [`upperarm02.${s}`, `upperarm01.${s}`, [0.125 * x, 0.71, 0]],
      [`lowerarm01.${s}`, `upperarm02.${s}`, [0.155 * x, 0.63, -0.01]],
      [`lowerarm02.${s}`, `lowerarm01.${s}`, [0.175 * x, 0.57, 0]],
      [`wrist.${s}`, `lowerarm02.${s}`, [0.19 * x, 0.5, 0.012]],
      [`upperleg01.${s}`, 'root', [0.05 * x, 0.5, 0]],
      [`upperleg02.${s}`, `upperleg01.${s}`, [0.051 * x, 0.4, 0.002]],
      [`lowerleg01.${s}`, `upperleg02.${s}`, [0.052 * x, 0.28, 0.006]],
      [`lowerleg02.${s}`, `lowerleg01.${s}`, [0.052 * x, 0.16, 0]],
      [`foot.${s}`, `lowerleg02.${s}`, [0.053 * x, 0.05, -0.01]],
    );
    for (let f = 1; f <= 5; f += 1) {
      const ahead = f === 1 ? 0.028 : 0.022 - 0.011 * (f - 2);
      for (let j = 1; j <= 3; j += 1) {
        const low = f === 1 ? 0.488 - 0.012 * j : 0.468 - 0.014 * j;
        const wide = f === 1 ? 0.175 : 0.193 + 0.002 * f;
        world.push([`finger${f}-${j}.${s}`, j === 1 ? `wrist.${s}` : `finger${f}-${j - 1}.${s}`, [wide * x, low, ahead]]);
      }
    }
  }
  const found = new Map(world.map(([name, , at]) => [name, at]));
  return world.map(([name, parent, at]) => {
    const from = found.get(parent) ?? [0, 0, 0];
    return { name, parent, at: [at[0] - from[0], at[1] - from[1], at[2] - from[2]] as Place };
  });
}

function about(height: number, isChild: boolean): About {
  const mark = (joint: string, x: number, y: number, z: number) => ({ joint, offset: [x * height, y * height, z * height] as Place });
  return {
    age_years: isChild ? 7 : 76,
    height_m: height,
    eye_height_m: 0.91 * height,
    is_child: isChild,
    landmarks: {
      mouth: mark('head', 0, 0.01, 0.055),
      brow: mark('head', 0, 0.075, 0.055),
      crown: mark('head', 0, 0.14, 0),
      eye_l: mark('head', 0.024, 0.05, 0.05),
      eye_r: mark('head', -0.024, 0.05, 0.05),
      ear_l: mark('head', 0.055, 0.045, -0.01),
      ear_r: mark('head', -0.055, 0.045, -0.01),
      chest: mark('spine02', 0, 0, 0.075),
      belly: mark('spine04', 0, 0, 0.08),
      back: mark('spine02', 0, 0, -0.075),
      palm_l: mark('wrist.L', 0.003, -0.025, 0),
      palm_r: mark('wrist.R', -0.003, -0.025, 0),
      sole_l: mark('foot.L', 0, -0.05, 0.02),
      sole_r: mark('foot.R', 0, -0.05, 0.02),
    },
    torso: { half_width_m: 0.09 * height, half_depth_m: 0.075 * height },
  };
}

interface Made {
  readonly name: string;
  readonly seconds: number;
  readonly rootY?: number;
  readonly said?: Record<string, unknown>;
}

/** Everything that a story needs; only the height of the root tells them apart. */
const CLIPS: readonly Made[] = [
  { name: 'idle', seconds: 4, said: { loops: true } },
  { name: 'walk', seconds: 0.9, said: { loops: true, speed_m_s: 1.05 } },
  { name: 'run', seconds: 0.6, said: { loops: true, speed_m_s: 2.6 } },
  { name: 'run_open_arms', seconds: 0.6, said: { loops: true, speed_m_s: 2.6 } },
  { name: 'sit_down', seconds: 1.6, rootY: 0.3, said: { ends: 'sit' } },
  { name: 'sit', seconds: 4, rootY: 0.12, said: { loops: true, starts: 'sit', ends: 'sit' } },
  { name: 'stand_up', seconds: 1.6, rootY: 0.3, said: { starts: 'sit' } },
  { name: 'lie', seconds: 4, rootY: 0.1, said: { loops: true, starts: 'lie', ends: 'lie' } },
  { name: 'sleep', seconds: 4, rootY: 0.1, said: { loops: true, starts: 'lie', ends: 'lie', face: { eyeBlinkLeft: [[0, 1]] } } },
  { name: 'wave', seconds: 1.6, said: { part: 'upper' } },
  { name: 'hold_hand', seconds: 2, said: { loops: true, part: 'upper' } },
  { name: 'open_arms', seconds: 2, said: { loops: true, part: 'upper' } },
  { name: 'yawn', seconds: 2.4, said: { part: 'upper', face: { jawOpen: [[0, 0], [1.2, 0.8], [2.4, 0]] } } },
]; // biome-ignore format: one clip, one line

export const SHAPES = [
  'eyeBlinkLeft', 'eyeBlinkRight', 'eyeLookDownLeft', 'eyeLookDownRight', 'eyeLookUpLeft', 'eyeLookUpRight', 'eyeSquintLeft', 'eyeSquintRight',
  'eyeWideLeft', 'eyeWideRight', 'browInnerUp', 'browOuterUpLeft', 'browOuterUpRight', 'cheekSquintLeft', 'cheekSquintRight', 'jawOpen',
  'mouthSmileLeft', 'mouthSmileRight', 'mouthPressLeft', 'mouthPressRight', 'mouthFunnel', 'mouthPucker', 'mouthFrownLeft', 'mouthFrownRight',
]; // biome-ignore format: a list of names

export const MOUTHS: Mouths = new Map([
  ['sil', new Map()],
  ['PP', new Map([['mouthPressLeft', 0.55], ['mouthPressRight', 0.55]])],
  ['aa', new Map([['jawOpen', 0.5]])],
  ['ou', new Map([['mouthPucker', 0.6], ['jawOpen', 0.16]])],
]); // biome-ignore format: one picture, one line

export function makeRig(heightM = 1.26, isChild = true): { rig: Rig; scene: ReturnType<typeof bareScene> } {
  const joints = places().map(({ name, parent, at }) => ({ name, parent, at: at.map((x) => x * heightM) as unknown as Place }));
  const scene = bareScene(joints);
  return { scene, rig: new Rig(scene, about(heightM, isChild)) };
}

export function makeFace(): Mesh {
  const face = new Mesh(new BufferGeometry(), new MeshBasicMaterial());
  face.morphTargetDictionary = Object.fromEntries(SHAPES.map((name, i) => [name, i]));
  face.morphTargetInfluences = SHAPES.map(() => 0);
  return face;
}

export function makeFigure(heightM = 1.26, isChild = true): Loaded {
  const { rig, scene } = makeRig(heightM, isChild);
  const rest = rig.root.position.clone();
  const animations = CLIPS.map(({ name, seconds, rootY, said }) => {
    const y = rootY === undefined ? rest.y : rootY * heightM;
    const root = new VectorKeyframeTrack('root.position', [0, seconds], [0, y, 0, 0, y, 0]);
    const turn = new QuaternionKeyframeTrack('root.quaternion', [0, seconds], [0, 0, 0, 1, 0, 0, 0, 1]);
    const clip = new AnimationClip(name, seconds, [root, turn]);
    (clip as unknown as { userData: object }).userData = { ...said };
    return clip;
  });
  const group = scene as unknown as Loaded['scene'];
  return { scene: group, rig, clips: clipsOf(animations, rig), faces: [makeFace()], mouths: MOUTHS };
}

export function makePerson(heightM = 1.26, isChild = true): PersonBody {
  return new PersonBody(makeFigure(heightM, isChild));
}

function spot(x: number, y: number, z: number, yaw = 0): { position: Vector3; yaw: number } {
  return { position: new Vector3(x, y, z), yaw };
}

/** A flat place with the anchors of a park. */
export class Meadow implements StageView {
  veil = 0;
  readonly things = new Map<string, Mesh>();
  readonly #anchors: Readonly<Record<string, Anchor>> = {
    start: { person: spot(0, 0, -2.5), visitor: spot(0, 0, 0, Math.PI) },
    hide_spot: { person: spot(-2.4, 0, -8.3, 0.3), visitor: spot(0, 0, 0, Math.PI) },
    peek_spot: { person: spot(-1.8, 0, -8.2, 0.3), visitor: spot(0, 0, 0, Math.PI) },
    stop_point: { person: spot(0, 0, -2.5), visitor: spot(0, 0, 0, Math.PI) },
    near: { person: spot(0, 0, -0.9), visitor: spot(0, 0, 0, Math.PI) },
    picnic: { person: spot(5.4, 0.02, -9), visitor: spot(5.4, 0, -7.7, Math.PI) },
    play_lawn: { person: spot(3.4, 0, -9.2), visitor: spot(4.2, 0, -7.1, Math.PI) },
    bed: { person: spot(-6.6, 0.47, -5), visitor: spot(-5.6, 0, -5.5, -1.5) },
  };

  anchor(name: string): Anchor {
    return this.#anchors[name] ?? this.#anchors['start']!;
  }

  prop(name: string): Mesh | null {
    return this.things.get(name) ?? null;
  }

  ground(): number {
    return 0;
  }
}

export function cue(kind: string, target = '', args: Cue['args'] = {}): Cue {
  return { kind, target, args };
}

/** Somebody who stands at the start and looks along -Z. */
export function makeVisitor(eyesM = 1.6): Visitor {
  const visitor = new Visitor();
  visitor.setHead([0, eyesM, 0, 0, 0, 0, 1]);
  return visitor;
}

export const NO_CAMERA = null as never;
