import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { KTX2Loader } from 'three/examples/jsm/loaders/KTX2Loader.js';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const pages = ['index', 'companion', 'spectator', 'keepsake', 'measure', 'lips', 'draws'];

/**
 * The worker that opens packed pictures, as a file of its own: three's decoder and what three's KTX2Loader would run beside it.
 * The decoder makes functions from text, which no page of ours may; the server gives this one file a rule of its own (server/app.py).
 * What goes wrong in it is told to the page.
 */
function unpacking(): Plugin {
  const name = 'virtual:unpacking';
  const decoder = resolve(import.meta.dirname, 'node_modules/three/examples/jsm/libs/basis/basis_transcoder.js');
  return {
    name: 'unpacking',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const loader = KTX2Loader as unknown as Record<string, unknown>;
      const body = String(loader['BasisWorker']);
      const source = [
        "self.addEventListener('unhandledrejection', (event) => setTimeout(() => { throw event.reason; }));",
        ...['EngineFormat', 'EngineType', 'TranscoderFormat', 'BasisFormat'].map((word) => `const _${word} = ${JSON.stringify(loader[word])};`),
        readFileSync(decoder, 'utf8'),
        body.slice(body.indexOf('{') + 1, body.lastIndexOf('}')),
      ].join('\n');
      const file = this.emitFile({ type: 'asset', name: 'unpacking.js', source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
    generateBundle(_options, bundle) {
      for (const made of Object.keys(bundle)) if (/basis_transcoder-[^.]*\.js$/.test(made)) delete bundle[made]; // it is inside the worker
    },
  };
}

export default defineConfig({
  base: '/',
  plugins: [unpacking()],
  build: {
    outDir: '../src/meetagain/client',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.md' },
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: Object.fromEntries(pages.map((name) => [name, resolve(import.meta.dirname, `${name}.html`)])) },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node', css: false },
});
