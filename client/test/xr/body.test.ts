import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { ScreenBody } from '../../src/xr/body';

const FRAME_S = 1 / 60;
const STILL = { forward: 0, right: 0, turn: 0, nod: 0 };
const FACE = new Vector3(0.2, 1.15, -0.8);

function looks(body: ScreenBody): Vector3 {
  return new Vector3(0, 0, -1).applyQuaternion(body.turn);
}

function passes(body: ScreenBody, seconds: number, going = STILL): void {
  for (let t = 0; t < seconds; t += FRAME_S) {
    body.update(FRAME_S, going, null);
    body.attend(FRAME_S, FACE);
  }
}

describe('eyes on a screen', () => {
  it('come to rest on a face in sight when nobody leads them', () => {
    const body = new ScreenBody(false);
    passes(body, 6);
    expect(looks(body).angleTo(FACE.clone().setY(FACE.y - 0.06).sub(body.head))).toBeLessThan(0.03); // biome-ignore format: a line
  });

  it('stay where they are led', () => {
    const body = new ScreenBody(false);
    body.look(0.3, 0.1);
    const led = looks(body);
    passes(body, 1);
    expect(looks(body).angleTo(led)).toBeLessThan(1e-6);
  });

  it('are never drawn back to somebody they have turned away from', () => {
    const body = new ScreenBody(false);
    body.look(1.2, 0);
    const away = looks(body);
    passes(body, 8);
    expect(looks(body).angleTo(away)).toBeLessThan(1e-6);
  });

  it('move slowly, never with a jerk', () => {
    const body = new ScreenBody(false);
    passes(body, 1.5);
    let fastest = 0;
    for (let t = 0; t < 4; t += FRAME_S) {
      const before = looks(body);
      passes(body, FRAME_S / 2);
      fastest = Math.max(fastest, looks(body).angleTo(before) / FRAME_S);
    }
    expect(fastest).toBeLessThan(0.8);
    expect(fastest).toBeGreaterThan(0.05);
  });
});
