// A head with a tail of three joints: it swings, comes to rest, keeps out of the body, and does not care how long a frame is.
import { Object3D, Vector3 } from 'three';
import { expect, it } from 'vitest';
import type { Rig } from '../../src/person/rig';
import { type SpringsJson, Sway } from '../../src/person/sway';

const NAMES = ['head', 'hair-1', 'hair-2', 'hair-3', 'chest'];

function tailed(gravity: number, ball: { offset: number[]; radius: number; tail?: number[] } | null) {
  const joints = NAMES.map((name) => Object.assign(new Object3D(), { name }));
  const [head, first, second, third, chest] = joints as [Object3D, Object3D, Object3D, Object3D, Object3D];
  const scene = new Object3D();
  scene.add(head, chest);
  head.position.set(0, 1.5, 0);
  head.add(first);
  first.position.set(0, 0, -0.1);
  first.add(second);
  second.position.set(0, -0.12, 0);
  second.add(third);
  third.position.set(0, -0.12, 0);
  scene.updateMatrixWorld(true);
  const json: SpringsJson = {
    colliders: ball === null ? [] : [{ node: 4, shape: ball.tail ? { capsule: ball } : { sphere: ball } }],
    springs: [{ joints: [1, 2, 3].map((node) => ({ node, hitRadius: 0.01, stiffness: 1, dragForce: 0.4, gravityPower: gravity })) }],
  };
  const rig = { find: (name: string) => joints.find((joint) => joint.name === name) ?? null } as unknown as Rig;
  const sway = new Sway(
    rig,
    NAMES.map((name) => ({ name })),
    json,
  );
  const at = (joint: Object3D) => joint.getWorldPosition(new Vector3());
  return { scene, head, first, second, third, sway, at };
}

function walk(dt: number) {
  const tail = tailed(0.25, null);
  const places: Vector3[] = [];
  for (let frame = 0; frame <= Math.round(1.2 / dt); frame += 1) {
    const t = frame * dt;
    tail.head.position.x = 0.3 * Math.min(t, 0.5);
    tail.head.rotation.y = Math.min(t, 0.5);
    tail.scene.updateMatrixWorld(true);
    tail.sway.update(dt);
    if (Math.abs(t * 10 - Math.round(t * 10)) < 1e-6) places.push(tail.at(tail.third));
  }
  return places;
}

it('hangs as it was made while nothing moves', () => {
  const tail = tailed(0, null);
  const before = tail.at(tail.third);
  for (let k = 0; k < 60; k += 1) tail.sway.update(1 / 72);
  expect(tail.at(tail.third).distanceTo(before)).toBeLessThan(1e-4);
});

it('lags behind a turning head, then comes to rest where it should hang', () => {
  const tail = tailed(0, null);
  tail.sway.update(1 / 72);
  const rest = new Object3D();
  tail.head.rotation.y = 0.9;
  tail.scene.updateMatrixWorld(true);
  rest.position.copy(tail.at(tail.third));
  tail.sway.update(1 / 72);
  expect(tail.at(tail.third).distanceTo(rest.position)).toBeGreaterThan(0.02);
  for (let k = 0; k < 200; k += 1) tail.sway.update(1 / 72);
  expect(tail.at(tail.third).distanceTo(rest.position)).toBeLessThan(0.002);
});

it('keeps the lengths of its joints', () => {
  const tail = tailed(1, null);
  for (let k = 0; k < 90; k += 1) {
    tail.head.position.x = 0.2 * Math.sin(k / 7);
    tail.scene.updateMatrixWorld(true);
    tail.sway.update(1 / 90);
    expect(tail.at(tail.second).distanceTo(tail.at(tail.first))).toBeCloseTo(0.12, 5);
  }
});

it('swings the same at 36 and at 90 frames a second', () => {
  const [slow, quick] = [walk(1 / 30), walk(1 / 90)];
  expect(slow.length).toBe(quick.length);
  slow.forEach((place, k) => {
    expect(place.distanceTo(quick[k]!)).toBeLessThan(0.02);
  });
});

it('stays out of a ball and of a capsule', () => {
  for (const tailEnd of [undefined, [0, 0.1, 0]]) {
    const tail = tailed(1, { offset: [0, 1.28, -0.06], radius: 0.08, ...(tailEnd ? { tail: tailEnd } : {}) });
    for (let k = 0; k < 200; k += 1) tail.sway.update(1 / 72);
    const away = tail.at(tail.third).sub(new Vector3(0, 1.28, -0.06));
    expect(away.length()).toBeGreaterThan(0.088);
  }
});

it('is not flung when she is put somewhere else', () => {
  const tail = tailed(0, null);
  tail.sway.update(1 / 72);
  tail.head.position.set(5, 1.5, 3);
  tail.scene.updateMatrixWorld(true);
  const wanted = tail.at(tail.third);
  tail.sway.update(1 / 72);
  expect(tail.at(tail.third).distanceTo(wanted)).toBeLessThan(1e-4);
});

it('a likeness without springs has none', () => {
  expect(new Sway({ find: () => null } as unknown as Rig, [], undefined).chains).toBe(0);
});
