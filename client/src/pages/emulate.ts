// Only with ?emulate=quest3: an emulated headset takes the place of a real one, for tests and films.
import { metaQuest3, XRDevice } from 'iwer';
import type { Pose } from '../wire/types.gen';
import type { Side } from '../wire/visitor';

export class EmulatedHeadset {
  readonly device = new XRDevice(metaQuest3);

  constructor(stereo: boolean) {
    this.device.stereoEnabled = stereo;
    this.device.installRuntime({ forceInstall: true });
    this.device.primaryInputMode = 'hand';
    this.device.position.set(0, 1.6, 0);
  }

  setHead(pose: Pose): void {
    this.device.position.set(pose[0], pose[1], pose[2]);
    this.device.quaternion.set(pose[3], pose[4], pose[5], pose[6]);
  }

  /** Wrist poses on the emulated floor. */
  setHand(side: Side, pose: Pose | null, held: { pinch?: boolean; shape?: string } = {}): void {
    const hand = this.device.hands[side];
    if (hand === undefined) return;
    hand.connected = pose !== null;
    if (pose === null) return;
    hand.position.set(pose[0], pose[1], pose[2]);
    hand.quaternion.set(pose[3], pose[4], pose[5], pose[6]);
    if (held.shape) hand.poseId = held.shape;
    hand.updatePinchValue(held.pinch ? 1 : 0);
  }

  useControllers(): void {
    this.device.primaryInputMode = 'controller';
  }

  takeOff(): void {
    this.device.updateVisibilityState('hidden');
  }

  putOn(): void {
    this.device.updateVisibilityState('visible');
  }
}
