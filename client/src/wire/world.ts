// What the rooms of the client tell each other every frame: where the visitor is, where things are, what was done.
import type { Object3D, Quaternion, Vector3 } from 'three';

/** One hand or controller of the visitor, in the stage's frame (metres). */
export interface VisitorHand {
  readonly side: 'left' | 'right';
  readonly position: Vector3; // palm
  readonly quaternion: Quaternion;
  readonly pinching: boolean;
  readonly gripping: boolean; // controller squeeze or a closed hand
  readonly joints: readonly Vector3[] | null; // 25 WebXR joints where hands are tracked
  pulse(strength: number, seconds: number): void; // haptics where there are any, else nothing
}

/** The visitor as the client sees them now. */
export interface VisitorState {
  readonly head: Vector3; // middle of the eyes
  readonly quaternion: Quaternion;
  readonly leftEye: Vector3;
  readonly rightEye: Vector3;
  readonly gaze: Vector3; // unit vector of the head's forward direction
  readonly left: VisitorHand | null;
  readonly right: VisitorHand | null;
  readonly seated: boolean;
  readonly immersive: boolean; // in a headset, as against a screen
}

/** Where somebody stands and which way they face: yaw 0 faces +Z. */
export interface Spot {
  readonly position: Vector3;
  readonly yaw: number;
}

/** A place in the story with room for both. */
export interface Anchor {
  readonly person: Spot;
  readonly visitor: Spot;
}

/** Something the visitor did, on its way to the server. */
export interface Act {
  readonly act: string;
  readonly target: string;
}

/** What the stage offers to the person's body: things to look at, sit on and hold. */
export interface StageView {
  anchor(name: string): Anchor;
  /** World object of a prop, when it is there. */
  prop(name: string): Object3D | null;
  /** Height of the ground at a place, metres. */
  ground(x: number, z: number): number;
}

/** What the person's body offers to the stage: joints to hang things on and places to aim at. */
export interface PersonView {
  readonly root: Object3D;
  joint(name: string): Object3D | null;
  /** World position of a landmark such as mouth, palm_l, crown. */
  landmark(name: string, into: Vector3): Vector3;
}
