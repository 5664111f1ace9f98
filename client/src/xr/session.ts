// A press of "Enter" comes in, a headset's session goes out.
import type { WebGLRenderer } from 'three';

const WANTED_HZ = 72;

/** Whether this browser can show the place in a headset. */
export async function hasHeadset(): Promise<boolean> {
  return (await navigator.xr?.isSessionSupported('immersive-vr').catch(() => false)) ?? false;
}

/** Begin. Must be called from something the visitor pressed. Rejects with a DOMException when the headset says no. */
export async function enterHeadset(renderer: WebGLRenderer): Promise<XRSession> {
  const session = await navigator.xr!.requestSession('immersive-vr', {
    requiredFeatures: ['local-floor'],
    optionalFeatures: ['hand-tracking'],
  });
  renderer.xr.setReferenceSpaceType('local-floor');
  renderer.xr.setFoveation(1);
  await renderer.xr.setSession(session);
  const rates = session.supportedFrameRates;
  if (rates && [...rates].includes(WANTED_HZ)) await session.updateTargetFrameRate?.(WANTED_HZ).catch(() => undefined);
  return session;
}

/** Tells when the headset was taken off: hidden for a moment, or the session ended. Called once. */
export function whenTakenOff(session: XRSession, after: (seconds: number, act: () => void) => void, tell: () => void): void {
  let told = false;
  const once = () => {
    if (told) return;
    told = true;
    tell();
  };
  session.addEventListener('visibilitychange', () => {
    if (session.visibilityState !== 'hidden') return;
    after(0.35, () => {
      if (session.visibilityState === 'hidden') once();
    });
  });
  session.addEventListener('end', once);
}
