// The address of a likeness comes in; its scene goes out, with pictures that stay packed on the graphics card where that can be.
import { type CompressedTexture, FileLoader, type Material, type Mesh, type Object3D, Texture, type WebGLRenderer } from 'three';
import { type GLTF, GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';

const PACKED = 'KHR_texture_basisu';
const PATIENCE_MS = 20_000; // nobody waits longer for the packed pictures; the others are in the same file

/** What opens packed pictures. `failed` comes about only if it cannot. */
export interface Unpacker {
  readonly failed: Promise<void>;
  give(loader: GLTFLoader): void;
  dispose(): void;
}

/** The likeness. Without a renderer, or wherever packed pictures cannot be opened, the JPEG and PNG pictures are taken. */
export async function openLikeness(url: string, renderer?: WebGLRenderer): Promise<GLTF> {
  const asking = renderer === undefined ? null : unpackerFor(renderer).catch(withoutIt);
  const data = (await new FileLoader().setResponseType('arraybuffer').loadAsync(url)) as ArrayBuffer;
  const unpacker = await asking;
  const packed = unpacker && (await unpacked(data, unpacker).catch(withoutIt));
  return packed ?? new GLTFLoader().parseAsync(data, '');
}

async function unpackerFor(renderer: WebGLRenderer): Promise<Unpacker | null> {
  const { unpackerOf } = await import('./unpack');
  return unpackerOf(renderer);
}

/** The scene with every packed picture in it, or null: not one may be missing. */
export async function unpacked(data: ArrayBuffer, unpacker: Unpacker, patienceMs = PATIENCE_MS): Promise<GLTF | null> {
  const loader = new GLTFLoader();
  unpacker.give(loader);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<null>((resolve) => {
    waiting = setTimeout(() => resolve(null), patienceMs);
  });
  try {
    return await Promise.race([whole(loader.parseAsync(data, '')), unpacker.failed.then(() => null), tooLate]);
  } finally {
    clearTimeout(waiting);
    unpacker.dispose();
  }
}

async function whole(parsing: Promise<GLTF>): Promise<GLTF | null> {
  const made = await parsing;
  const told = (made.parser.json as { textures?: readonly { extensions?: Record<string, unknown> }[] }).textures ?? [];
  const opened = await Promise.all(told.map((_, k) => made.parser.getDependency('texture', k) as Promise<Texture | null>));
  const missing = opened.some((texture, k) => texture === null || (told[k]?.extensions?.[PACKED] !== undefined && !isPacked(texture)));
  return missing ? null : made;
}

function withoutIt(reason: unknown): null {
  console.info('pictures are taken as they are', reason);
  return null;
}

function isPacked(texture: Texture): texture is CompressedTexture {
  return 'isCompressedTexture' in texture;
}

/** How many megabytes of a graphics card all pictures of a body take, with their smaller copies. */
export function picturesMb(root: Object3D): number {
  const every = new Set<Texture>();
  root.traverse((object) => {
    if (!('isMesh' in object)) return;
    for (const material of [(object as Mesh).material].flat()) for (const texture of texturesOf(material)) every.add(texture);
  });
  let bytes = 0;
  for (const texture of every) bytes += bytesOf(texture);
  return bytes / 1e6;
}

function texturesOf(material: Material): Texture[] {
  return Object.values(material).filter((value) => value instanceof Texture);
}

function bytesOf(texture: Texture): number {
  if (isPacked(texture)) return texture.mipmaps.reduce((sum, { data }) => sum + data.byteLength, 0);
  const { width = 0, height = 0 } = (texture.image ?? {}) as { width?: number; height?: number };
  return width * height * 4 * (4 / 3);
}
