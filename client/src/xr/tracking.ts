// One frame of the headset comes in; head, hands and their joints in the place's frame are written into the visitor.
import { Quaternion, Vector3 } from 'three';
import type { Hand, Visitor } from '../wire/visitor';
import type { Rig } from './comfort';

export const JOINT_NAMES = [
  'wrist',
  ...['thumb-metacarpal', 'thumb-phalanx-proximal', 'thumb-phalanx-distal', 'thumb-tip'],
  ...['index', 'middle', 'ring', 'pinky'].flatMap((finger) =>
    ['metacarpal', 'phalanx-proximal', 'phalanx-intermediate', 'phalanx-distal', 'tip'].map((part) => `${finger}-finger-${part}`),
  ),
] as readonly XRHandJoint[];

const [WRIST, THUMB_TIP, INDEX_TIP, MIDDLE_METACARPAL, MIDDLE_PROXIMAL] = [0, 4, 9, 10, 11];
const CURLED = [14, 19, 24]; // tips of middle, ring and little finger
const PINCH_ON_M = 0.022;
const PINCH_OFF_M = 0.035;

export class Tracking {
  /** The head on its own floor, before the floor is put into the place. */
  readonly localHead = new Vector3(0, 1.6, 0);
  readonly localTurn = new Quaternion();
  readonly #wristTurn = new Quaternion();

  constructor(
    private readonly visitor: Visitor,
    private readonly rig: Rig,
  ) {}

  read(frame: XRFrame, space: XRReferenceSpace, sources: Iterable<XRInputSource>): void {
    const pose = frame.getViewerPose(space);
    if (pose) {
      this.localHead.copy(pose.transform.position as unknown as Vector3);
      copyTurn(this.localTurn, pose.transform.orientation);
      this.visitor.head.copy(this.localHead);
      this.rig.toPlace(this.visitor.head);
      this.visitor.quaternion.copy(this.localTurn);
      this.rig.turnToPlace(this.visitor.quaternion);
      this.visitor.headSet();
    }
    this.visitor.hands.left.tracked = false;
    this.visitor.hands.right.tracked = false;
    for (const source of sources) {
      if (source.handedness === 'none') continue;
      const hand = this.visitor.hands[source.handedness];
      if (source.hand) this.#tracked(hand, frame, space, source.hand);
      else this.#held(hand, frame, space, source);
    }
  }

  #tracked(hand: Hand, frame: XRFrame, space: XRReferenceSpace, joints: XRHand): void {
    for (let n = 0; n < JOINT_NAMES.length; n += 1) {
      const joint = joints.get(JOINT_NAMES[n]!);
      const pose = joint && frame.getJointPose?.(joint, space);
      if (!pose) return;
      this.rig.toPlace(hand.jointStore[n]!.copy(pose.transform.position as unknown as Vector3));
      if (n === WRIST) copyTurn(this.#wristTurn, pose.transform.orientation);
    }
    const at = hand.jointStore;
    hand.joints = at;
    hand.position.copy(at[MIDDLE_METACARPAL!]!).lerp(at[MIDDLE_PROXIMAL!]!, 0.6);
    hand.quaternion.copy(this.#wristTurn);
    this.rig.turnToPlace(hand.quaternion);
    const gap = at[THUMB_TIP!]!.distanceTo(at[INDEX_TIP!]!);
    hand.pinching = gap < (hand.pinching ? PINCH_OFF_M : PINCH_ON_M);
    const palm = at[MIDDLE_METACARPAL!]!.distanceTo(at[MIDDLE_PROXIMAL!]!);
    hand.gripping = CURLED.every((tip) => at[tip]!.distanceTo(hand.position) < palm * 1.05);
    hand.onPulse = null;
    hand.tracked = true;
  }

  #held(hand: Hand, frame: XRFrame, space: XRReferenceSpace, source: XRInputSource): void {
    const pose = source.gripSpace && frame.getPose(source.gripSpace, space);
    if (!pose) return;
    this.rig.toPlace(hand.position.copy(pose.transform.position as unknown as Vector3));
    copyTurn(hand.quaternion, pose.transform.orientation);
    this.rig.turnToPlace(hand.quaternion);
    hand.joints = null;
    hand.pinching = source.gamepad?.buttons[0]?.pressed ?? false;
    hand.gripping = source.gamepad?.buttons[1]?.pressed ?? false;
    const actuator = source.gamepad?.hapticActuators?.[0] as { pulse?: (strength: number, ms: number) => unknown } | undefined;
    hand.onPulse = actuator?.pulse ? (strength, seconds) => void actuator.pulse!(strength, seconds * 1000) : null;
    hand.tracked = true;
  }
}

function copyTurn(into: Quaternion, from: DOMPointReadOnly): void {
  into.set(from.x, from.y, from.z, from.w);
}
