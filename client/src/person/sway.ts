// The spring bones of a likeness (VRMC_springBone) come in; plaits, tails and long hair that swing and stay out of the body go out.
import { Matrix4, type Object3D, Quaternion, Vector3 } from 'three';
import type { Rig } from './rig';

/** What a file says of its springs; nodes by index. Source: VRMC_springBone 1.0. */
export interface SpringsJson {
  readonly colliders?: readonly { readonly node: number; readonly shape: { readonly sphere?: Shape; readonly capsule?: Shape } }[];
  readonly springs?: readonly { readonly name?: string; readonly joints: readonly SpringJoint[] }[];
}

interface Shape {
  readonly offset?: readonly number[];
  readonly radius?: number;
  readonly tail?: readonly number[];
}

interface SpringJoint {
  readonly node: number;
  readonly hitRadius?: number;
  readonly stiffness?: number;
  readonly dragForce?: number;
  readonly gravityPower?: number;
}

interface Link {
  readonly joint: Object3D;
  readonly rest: Quaternion;
  readonly along: Vector3; // to the next joint, in this joint's frame
  readonly lengthM: number;
  readonly radiusM: number;
  readonly pull: number; // per second squared
  readonly loss: number; // per second
  readonly fall: number; // metres per second squared
  readonly tip: Vector3; // world
  readonly speed: Vector3;
}

interface Ball {
  readonly joint: Object3D;
  readonly offset: Vector3;
  readonly tail: Vector3 | null;
  readonly radiusM: number;
  readonly from: Vector3; // world, of this step
  readonly to: Vector3;
}

const STEP_S = 1 / 60;
const JUMP_M = 0.35; // farther than this in one step nobody moved: she was put there
const PULL = 90; // per second squared at stiffness 1
const LOSS = 16; // per second at a drag of 1
const FALL = 4; // metres per second squared at a gravity power of 1

const root = new Vector3();
const wanted = new Vector3();
const way = new Vector3();
const apart = new Vector3();
const length = new Vector3();
const turn = new Quaternion();
const back = new Matrix4();

export class Sway {
  readonly #chains: readonly (readonly Link[])[];
  readonly #balls: readonly Ball[];
  #settled = false;

  constructor(rig: Rig, nodes: readonly { readonly name?: string }[], json: SpringsJson | undefined) {
    const named = (node: number): Object3D | null => rig.find(nodes[node]?.name ?? '');
    this.#chains = (json?.springs ?? []).map(({ joints }) => linksOf(joints, named)).filter((links) => links.length > 0);
    this.#balls = this.#chains.length === 0 ? [] : (json?.colliders ?? []).flatMap(({ node, shape }) => ballOf(named(node), shape));
  }

  get chains(): number {
    return this.#chains.length;
  }

  /** She is somewhere else at once: hair hangs there as it was made. */
  settle(): void {
    this.#settled = false;
  }

  /** World matrices of the body must be fresh; those of the hair are fresh afterwards. The same for any length of frame. */
  update(dt: number): void {
    if (this.#chains.length === 0) return;
    for (const ball of this.#balls) {
      ball.from.copy(ball.offset).applyMatrix4(ball.joint.matrixWorld);
      if (ball.tail !== null) ball.to.copy(ball.tail).applyMatrix4(ball.joint.matrixWorld);
    }
    const parts = Math.max(1, Math.ceil(dt / STEP_S - 1e-6));
    for (const links of this.#chains) {
      for (const link of links) {
        link.joint.quaternion.copy(link.rest);
        link.joint.updateWorldMatrix(false, false);
        this.#swing(link, dt / parts, parts);
        aim(link);
      }
    }
    this.#settled = true;
  }

  #swing(link: Link, dt: number, parts: number): void {
    root.setFromMatrixPosition(link.joint.matrixWorld);
    wanted.copy(link.along).applyMatrix4(link.joint.matrixWorld);
    if (!this.#settled || link.tip.distanceToSquared(wanted) > JUMP_M * JUMP_M) {
      link.tip.copy(wanted);
      link.speed.set(0, 0, 0);
      return;
    }
    const kept = Math.exp(-link.loss * dt);
    for (let k = 0; k < parts && dt > 0; k += 1) {
      way.copy(link.tip);
      link.speed.addScaledVector(apart.copy(wanted).sub(link.tip), link.pull * dt);
      link.speed.y -= link.fall * dt;
      link.speed.multiplyScalar(kept);
      link.tip.addScaledVector(link.speed, dt);
      for (let again = 0; again < 2; again += 1) {
        this.#keepOut(link);
        reach(link);
      }
      link.speed.copy(link.tip).sub(way).divideScalar(dt);
    }
  }

  #keepOut(link: Link): void {
    for (const { from, to, tail, radiusM } of this.#balls) {
      apart.copy(link.tip).sub(from);
      if (tail !== null) {
        length.copy(to).sub(from);
        const share = Math.min(1, Math.max(0, apart.dot(length) / Math.max(length.lengthSq(), 1e-9)));
        apart.addScaledVector(length, -share);
      }
      const far = apart.length();
      const least = radiusM + link.radiusM;
      if (far < least && far > 1e-6) link.tip.addScaledVector(apart, (least - far) / far);
    }
  }
}

function reach(link: Link): void {
  apart.copy(link.tip).sub(root);
  link.tip.copy(root).addScaledVector(apart, link.lengthM / Math.max(apart.length(), 1e-6));
}

/** Turn the joint so that the next one lies where the tip is. */
function aim(link: Link): void {
  back.copy(link.joint.matrixWorld).invert();
  wanted.copy(link.tip).applyMatrix4(back).normalize();
  link.joint.quaternion.multiply(turn.setFromUnitVectors(way.copy(link.along).normalize(), wanted));
  link.joint.updateWorldMatrix(false, false);
}

function linksOf(joints: readonly SpringJoint[], named: (node: number) => Object3D | null): Link[] {
  const links: Link[] = [];
  for (let k = 0; k + 1 < joints.length; k += 1) {
    const [said, joint, next] = [joints[k]!, named(joints[k]!.node), named(joints[k + 1]!.node)];
    if (joint === null || next?.parent !== joint) return links;
    const along = next.position.clone();
    links.push({
      joint,
      rest: joint.quaternion.clone(),
      along,
      lengthM: along.length(),
      radiusM: said.hitRadius ?? 0,
      pull: PULL * (said.stiffness ?? 1),
      loss: LOSS * (said.dragForce ?? 0.4),
      fall: FALL * (said.gravityPower ?? 0),
      tip: new Vector3(),
      speed: new Vector3(),
    });
  }
  return links;
}

function ballOf(joint: Object3D | null, shape: { readonly sphere?: Shape; readonly capsule?: Shape }): Ball[] {
  const said = shape.capsule ?? shape.sphere;
  if (joint === null || said === undefined) return [];
  const tail = said.tail === undefined ? null : new Vector3(...said.tail);
  return [{ joint, offset: new Vector3(...(said.offset ?? [])), tail, radiusM: said.radius ?? 0, from: new Vector3(), to: new Vector3() }];
}
