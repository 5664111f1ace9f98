import { CompressedTexture, Group, Mesh, MeshStandardMaterial, RGB_ETC2_Format, Texture } from 'three';
import type { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { picturesMb, type Unpacker, unpacked } from '../../src/person/pictures';

const BYTES = new Uint8Array(16);

/** A likeness with nothing in it but one picture, twice. */
function likeness(): ArrayBuffer {
  const document = {
    asset: { version: '2.0' },
    extensionsUsed: ['KHR_texture_basisu'],
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }],
    materials: [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } } }],
    textures: [{ source: 0, extensions: { KHR_texture_basisu: { source: 1 } } }],
    images: [
      { bufferView: 1, mimeType: 'image/png' },
      { bufferView: 1, mimeType: 'image/ktx2' },
    ],
    accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [0, 0, 0], max: [0, 0, 0] }],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: 36 },
      { buffer: 0, byteOffset: 36, byteLength: 16 },
    ],
    buffers: [{ byteLength: 52 }],
  };
  const text = new TextEncoder().encode(JSON.stringify(document));
  const padded = Math.ceil(text.length / 4) * 4;
  const out = new DataView(new ArrayBuffer(28 + padded + 52));
  [0x46546c67, 2, out.byteLength, padded, 0x4e4f534a].forEach((word, k) => {
    out.setUint32(4 * k, word, true);
  });
  new Uint8Array(out.buffer, 20, padded).fill(32).set(text);
  out.setUint32(20 + padded, 52, true);
  out.setUint32(24 + padded, 0x004e4942, true);
  return out.buffer;
}

type Answer = (done: (texture: Texture) => void, failed: (reason: unknown) => void) => void;

function unpackerThat(answers: Answer, failed: Promise<void> = new Promise(() => {})): Unpacker & { disposed: number } {
  const ktx2 = { isKTX2Loader: true, parse: (_data: ArrayBuffer, done: never, broken: never) => answers(done, broken) };
  const made = {
    failed,
    disposed: 0,
    give: (loader: GLTFLoader) => void loader.setKTX2Loader(ktx2 as never),
    dispose: () => {
      made.disposed += 1;
    },
  };
  return made;
}

const packed = () => new CompressedTexture([{ data: BYTES, width: 4, height: 4 }], 4, 4, RGB_ETC2_Format);

describe('packed pictures', () => {
  beforeAll(() => {
    (globalThis as { self?: unknown }).self ??= globalThis;
  });

  it('are taken where they can be opened, and the workers are sent home', async () => {
    const unpacker = unpackerThat((done) => done(packed()));
    const made = await unpacked(likeness(), unpacker);
    expect(picturesMb(made!.scene)).toBeCloseTo(16e-6);
    expect(unpacker.disposed).toBe(1);
  });

  it.each<[string, () => Unpacker & { disposed: number }]>([
    ['one of them is broken', () => unpackerThat((_done, failed) => failed(new Error('broken')))],
    ['something else comes out', () => unpackerThat((done) => done(new Texture()))],
    ['nothing ever comes', () => unpackerThat(() => {})],
    ['the worker says that it cannot', () => unpackerThat(() => {}, Promise.resolve())],
  ])('are left when %s', async (_why, make) => {
    const unpacker = make();
    expect(await unpacked(likeness(), unpacker, 50)).toBeNull();
    expect(unpacker.disposed).toBe(1);
  });

  it('are counted once each, with their smaller copies, and others by their size', () => {
    const [one, plain] = [packed(), new Texture({ width: 30, height: 10 } as never)];
    const root = new Group();
    for (const map of [one, one, plain]) root.add(new Mesh(undefined, new MeshStandardMaterial({ map })));
    expect(picturesMb(root)).toBeCloseTo((16 + 30 * 10 * 4 * (4 / 3)) / 1e6);
  });
});
