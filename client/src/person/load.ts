// Addresses of a likeness and of its motion come in; a scene with joints, meshes, shapes of the mouth and clips goes out.
import { AnimationClip, type Group, type Mesh, type SkinnedMesh, VectorKeyframeTrack, type WebGLRenderer } from 'three';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { type Clips, clipsOf } from './clips';
import { dress } from './look';
import { openLikeness } from './pictures';
import { type About, Rig } from './rig';
import { type SpringsJson, Sway } from './sway';

/** ARKit shape -> weight, for each of the mouth's pictures. */
export type Mouths = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface Loaded {
  readonly scene: Group;
  readonly rig: Rig;
  readonly clips: Clips;
  readonly faces: readonly Mesh[]; // meshes that carry the 52 shapes
  readonly mouths: Mouths;
  readonly sway?: Sway; // hair that swings
}

interface VrmJson {
  readonly meshes: readonly { readonly extras?: { readonly targetNames?: readonly string[] } }[];
  readonly nodes: readonly { readonly mesh?: number; readonly name?: string }[];
  readonly extensions?: {
    readonly VRMC_vrm?: { readonly expressions?: { readonly custom?: Record<string, Expression> } };
    readonly VRMC_springBone?: SpringsJson;
  };
}

interface Expression {
  readonly morphTargetBinds?: readonly { readonly node: number; readonly index: number; readonly weight: number }[];
}

export async function load(vrmUrl: string, motionUrl: string, style = 'portrait', renderer?: WebGLRenderer): Promise<Loaded> {
  const moving = new GLTFLoader().loadAsync(motionUrl).catch(stillAsWell);
  const [likeness, motion] = await Promise.all([openLikeness(vrmUrl, renderer), moving]);
  const { scene } = likeness;
  const about = (scene.userData as { meetagain?: About }).meetagain;
  if (about === undefined) throw new Error('this file is not a portrait made by Meet Again');
  const rig = new Rig(scene, about);
  const faces: Mesh[] = [];
  scene.traverse((object) => {
    if (!('isMesh' in object)) return;
    const mesh = object as SkinnedMesh;
    mesh.frustumCulled = false;
    if (mesh.morphTargetDictionary !== undefined) faces.push(mesh);
  });
  dress(scene, about, style);
  const json = likeness.parser.json as VrmJson;
  const sway = new Sway(rig, json.nodes, json.extensions?.VRMC_springBone);
  return { scene, rig, clips: clipsOrStill(motion?.animations ?? [], rig), faces, mouths: mouthsOf(json), sway };
}

/** A person without clips still stands there, looks and speaks. */
function stillAsWell(error: unknown): null {
  console.warn('the movements could not be opened', error);
  return null;
}

/** What there is, or one clip in which the body stands as it was made. */
export function clipsOrStill(animations: readonly AnimationClip[], rig: Rig): Clips {
  if (animations.length > 0) return clipsOf(animations, rig);
  const still = new AnimationClip('idle', 1, [new VectorKeyframeTrack('root.position', [0], rig.root.position.toArray())]);
  return clipsOf([Object.assign(still, { userData: { loops: true } })], rig);
}

/** `viseme_PP` of the VRM file as { mouthPressLeft: 0.55, ... }. */
export function mouthsOf(json: VrmJson): Mouths {
  const custom = json.extensions?.VRMC_vrm?.expressions?.custom ?? {};
  const mouths = new Map<string, Map<string, number>>();
  for (const [name, expression] of Object.entries(custom)) {
    if (!name.startsWith('viseme_')) continue;
    const shapes = new Map<string, number>();
    for (const { node, index, weight } of expression.morphTargetBinds ?? []) {
      const target = json.meshes[json.nodes[node]?.mesh ?? -1]?.extras?.targetNames?.[index];
      if (target !== undefined) shapes.set(target, weight);
    }
    mouths.set(name.slice('viseme_'.length), shapes);
  }
  return mouths;
}
