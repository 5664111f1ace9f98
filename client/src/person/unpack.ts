// A renderer comes in; what opens packed pictures (KTX2) in the form that its graphics card keeps goes out, or null where there is none.

import workerUrl from 'virtual:unpacking';
import type { WebGLRenderer } from 'three';
import decoderUrl from 'three/examples/jsm/libs/basis/basis_transcoder.wasm?url';
import type { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { KTX2Loader } from 'three/examples/jsm/loaders/KTX2Loader.js';
import type { Unpacker } from './pictures';

const WORKERS = 2;

/** Three's own loader, whose worker is a file of this house: a page's rules hold for workers made of text, and forbid what this one needs. */
class OurLoader extends KTX2Loader {
  #fail: () => void = () => {};
  readonly failed = new Promise<void>((resolve) => {
    this.#fail = resolve;
  });

  override init(): Promise<void> {
    this.transcoderPending ??= this.#begin().catch((reason: unknown) => {
      this.#fail();
      throw reason;
    });
    return this.transcoderPending;
  }

  async #begin(): Promise<void> {
    const answer = await fetch(decoderUrl);
    if (!answer.ok) throw new Error(`the decoder of pictures is not there (${answer.status})`);
    const decoder = await answer.arrayBuffer();
    this.workerPool.setWorkerCreator(() => {
      const worker = new Worker(workerUrl);
      worker.addEventListener('error', () => this.#fail());
      worker.postMessage({ type: 'init', config: this.workerConfig, transcoderBinary: decoder });
      return worker;
    });
  }
}

export function unpackerOf(renderer: WebGLRenderer): Unpacker | null {
  if (typeof WebAssembly === 'undefined' || typeof Worker === 'undefined') return null;
  const loader = new OurLoader().setWorkerLimit(WORKERS).detectSupport(renderer);
  const { etc1Supported, etc2Supported, dxtSupported, bptcSupported } = loader.workerConfig;
  if (!(etc1Supported || etc2Supported || dxtSupported || bptcSupported)) return null; // it would be laid out in full, and no better than a JPEG
  return {
    failed: loader.failed,
    give: (into: GLTFLoader) => void into.setKTX2Loader(loader),
    dispose: () => loader.dispose(),
  };
}
