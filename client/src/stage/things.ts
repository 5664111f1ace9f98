// The family's own pictures come in; a thinking stone, a framed picture, a shell and a letter go out, to be taken up.
import {
  BoxGeometry,
  type BufferGeometry,
  DodecahedronGeometry,
  Group,
  Mesh,
  PlaneGeometry,
  SphereGeometry,
  type Texture,
  Vector3,
} from 'three';
import type { Air } from './air';
import { PICNIC } from './anchors';
import { drawingTexture } from './paint';
import { at, type Paint, Shape, tube } from './shape';

export const THING_SPOTS: readonly (readonly [number, number, number])[] = [
  [PICNIC.x + 0.14, 0.06, PICNIC.z + 0.5],
  [PICNIC.x - 0.56, 0.03, PICNIC.z + 0.3],
  [PICNIC.x - 0.3, 0.045, PICNIC.z + 0.52],
];

/** A flat grey stone with a pale vein, worn by a thumb. */
function stone(): BufferGeometry {
  const ball = new DodecahedronGeometry(0.045, 3);
  const places = ball.getAttribute('position');
  for (let i = 0; i < places.count; i++) {
    const [x, y, z] = [places.getX(i), places.getY(i), places.getZ(i)];
    const dent = y > 0 ? 0.01 * Math.exp(-((x - 0.005) ** 2 + z * z) / 0.0004) : 0;
    places.setXYZ(i, x * 1.25, y * 0.62 - dent, z * (0.92 + 0.08 * Math.sin(x * 60)));
  }
  ball.computeVertexNormals();
  const vein: Paint = (out, p) =>
    out.set(Math.abs(p.x * 0.6 + p.z + 0.006 * Math.sin(p.x * 190)) < 0.0035 ? 0xf0e6d4 : 0x9a9d9c).multiplyScalar(0.92 + 2.5 * p.y);
  return new Shape().add(ball, vein).build();
}

function shell(): BufferGeometry {
  const shape = new Shape();
  const spire = Array.from({ length: 40 }, (_, i) => {
    const t = i / 39;
    const r = 0.03 * (1 - t) ** 1.15;
    const turn = t * 6 * Math.PI * 2;
    return new Vector3(-0.035 + 0.085 * t, 0.004 + r * Math.cos(turn), r * Math.sin(turn));
  });
  const paint: Paint = (out, p) =>
    out
      .set(0xf3d9bf)
      .multiplyScalar(0.86 + 0.16 * Math.sin(p.x * 420) + 2 * Math.max(0, p.y))
      .lerp(out.clone().set(0xd99a86), Math.max(0, 0.35 - p.x * 5));
  shape.add(
    tube(
      spire,
      spire.map((_, i) => 0.021 * (1 - i / 39) ** 1.1 + 0.001),
      8,
    ),
    paint,
  );
  shape.add(new SphereGeometry(0.02, 16, 10), 0xe9b39c, at(-0.042, -0.008, 0.012, [0, 0.4, 0], [0.8, 1.1, 0.5]), 1);
  return shape.build();
}

function frame(): BufferGeometry {
  const shape = new Shape();
  const [w, h, b] = [0.19, 0.15, 0.016];
  for (const [x, y, sx, sy] of [
    [0, h / 2, w + b, b],
    [0, -h / 2, w + b, b],
    [w / 2, 0, b, h],
    [-w / 2, 0, b, h],
  ] as const)
    shape.add(new BoxGeometry(sx, sy, 0.018), 0xa97f52, at(x, y + h / 2 + b / 2, 0, [0, 0, 0]), 0.9);
  shape.add(new BoxGeometry(w, h, 0.004), 0x8a6a48, at(0, h / 2 + b / 2, -0.006), 0.9);
  shape.add(new BoxGeometry(0.03, 0.13, 0.006), 0x8a6a48, at(0, 0.062, -0.035, [0.42, 0, 0]), 0.7);
  const built = shape.build();
  built.applyMatrix4(at(0, 0, 0, [-0.2, 0, 0]));
  return built;
}

export interface Thing {
  readonly object: Group;
  readonly mesh: Mesh;
  readonly picture: Mesh | null;
}

export function makeThings(air: Air): Thing[] {
  const solids = [stone(), frame(), shell()];
  return solids.map((geometry, i) => {
    const object = new Group();
    const mesh = new Mesh(geometry, air.painted({}, { grain: 0.5 }));
    mesh.castShadow = true;
    object.add(mesh);
    let picture: Mesh | null = null;
    if (i === 1) {
      picture = new Mesh(
        new PlaneGeometry(0.178, 0.138),
        air.painted({ vertexColors: false, map: drawingTexture('hill') }, { grain: 0.15 }),
      );
      picture.position.set(0, 0.0835, 0.0005 - 0.0145);
      picture.rotation.x = -0.2;
      picture.position.z = 0.004 - 0.0165;
      object.add(picture);
    }
    object.position.set(...THING_SPOTS[i]!);
    object.rotation.y = [0.6, 0.62, -0.7][i]!;
    object.name = `thing ${i}`;
    return { object, mesh, picture };
  });
}

/** A sheet that was folded once, a little curved. The drawing is on its +Z side. */
export function makeLetter(air: Air): Mesh {
  const paper = new PlaneGeometry(0.2, 0.145, 10, 8);
  const places = paper.getAttribute('position');
  for (let i = 0; i < places.count; i++) {
    const x = places.getX(i);
    places.setZ(i, 0.012 * Math.cos(x * 11) - 0.008 * Math.abs(x) - 0.006);
  }
  paper.computeVertexNormals();
  const mesh = new Mesh(
    paper,
    air.painted(
      { vertexColors: false, map: drawingTexture('home'), side: 2 },
      { grain: 0.18, glow: 'totalEmissiveRadiance += diffuseColor.rgb * 0.16;' },
    ),
  );
  mesh.castShadow = true;
  return mesh;
}

/**
 * Show the family's own picture, whole: the sheet takes the picture's shape. `free`: it keeps its size; else it stays within
 * what it was, as in a frame.
 */
export function showPicture(mesh: Mesh, texture: Texture, shape: number, free: boolean): void {
  const material = mesh.material as import('three').MeshLambertMaterial;
  const image = texture.image as { width?: number; height?: number } | undefined;
  const ratio = image?.width && image.height ? image.width / image.height : shape;
  const wider = ratio / shape;
  if (free) mesh.geometry.scale(Math.sqrt(wider), 1 / Math.sqrt(wider), 1);
  else mesh.geometry.scale(Math.min(1, wider), Math.min(1, 1 / wider), 1);
  material.map = texture;
  material.needsUpdate = true;
}
