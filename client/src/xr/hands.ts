// The visitor's hands come in, a warm and simple pair of hands is drawn from their joints.
import { CapsuleGeometry, Group, InstancedMesh, Matrix4, MeshStandardMaterial, Quaternion, SphereGeometry, Vector3 } from 'three';
import type { VisitorHand, VisitorState } from '../wire/world';

/** Joint to joint, with how thick it is (metres). The first of each finger starts inside the palm. */
const BONES: readonly (readonly [number, number, number])[] = [
  ...([
    [1, 2, 0.0135],
    [2, 3, 0.0115],
    [3, 4, 0.0095],
  ] as const),
  ...[5, 10, 15, 20].flatMap((base, finger) => {
    const thick = [0.0098, 0.01, 0.0094, 0.0082][finger]!;
    return [
      [base, base + 1, 0.0145],
      [base + 1, base + 2, thick],
      [base + 2, base + 3, thick * 0.92],
      [base + 3, base + 4, thick * 0.84],
    ] as const;
  }),
  ...([
    [0, 5, 0.0175],
    [0, 10, 0.018],
    [0, 15, 0.0175],
    [0, 20, 0.016],
    [0, 1, 0.0165],
    [1, 6, 0.0125],
    [6, 11, 0.0125],
    [11, 16, 0.0125],
    [16, 21, 0.0115],
    [5, 10, 0.016],
    [10, 15, 0.016],
    [15, 20, 0.015],
  ] as const),
];
const UP = new Vector3(0, 1, 0);
const ONE = new Vector3(1, 1, 1);

class HandView {
  readonly mesh: InstancedMesh;
  readonly palm: InstancedMesh;
  readonly #matrix = new Matrix4();
  readonly #turn = new Quaternion();
  readonly #middle = new Vector3();
  readonly #along = new Vector3();
  readonly #size = new Vector3();

  constructor(material: MeshStandardMaterial) {
    this.mesh = new InstancedMesh(new CapsuleGeometry(1, 2, 4, 10), material, BONES.length);
    this.palm = new InstancedMesh(new SphereGeometry(1, 20, 14), material, 1);
    for (const mesh of [this.mesh, this.palm]) {
      mesh.frustumCulled = false;
      mesh.visible = false;
    }
  }

  update(hand: VisitorHand | null): void {
    this.mesh.visible = hand?.joints != null;
    this.palm.visible = hand !== null && hand.joints === null;
    if (hand === null) return;
    if (hand.joints === null) {
      this.palm.setMatrixAt(0, this.#matrix.compose(hand.position, hand.quaternion, this.#size.set(0.036, 0.02, 0.055)));
      this.palm.instanceMatrix.needsUpdate = true;
      return;
    }
    for (let n = 0; n < BONES.length; n += 1) {
      const [from, to, thick] = BONES[n]!;
      const start = hand.joints[from]!;
      this.#along.copy(hand.joints[to]!).sub(start);
      const length = this.#along.length();
      this.#middle.copy(start).addScaledVector(this.#along, 0.5);
      this.#turn.setFromUnitVectors(UP, length > 1e-5 ? this.#along.divideScalar(length) : UP);
      // the capsule is 4 long in all: its round ends lie at the joints
      this.#size
        .copy(ONE)
        .multiplyScalar(thick)
        .setY((length + 2 * thick) / 4);
      this.mesh.setMatrixAt(n, this.#matrix.compose(this.#middle, this.#turn, this.#size));
    }
    this.mesh.instanceMatrix.needsUpdate = true;
  }
}

export class HandsView {
  readonly group = new Group();
  readonly #left: HandView;
  readonly #right: HandView;

  constructor(colour = 0xd8ab8a) {
    const material = new MeshStandardMaterial({ color: colour, roughness: 0.75, metalness: 0 });
    this.#left = new HandView(material);
    this.#right = new HandView(material);
    this.group.add(this.#left.mesh, this.#left.palm, this.#right.mesh, this.#right.palm);
  }

  update(visitor: VisitorState): void {
    this.#left.update(visitor.left);
    this.#right.update(visitor.right);
  }
}
