import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const pages = ['index', 'companion', 'spectator', 'keepsake', 'measure', 'lips', 'draws'];

export default defineConfig({
  base: '/',
  build: {
    outDir: '../src/meetagain/client',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: Object.fromEntries(pages.map((name) => [name, resolve(import.meta.dirname, `${name}.html`)])) },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node', css: false },
});
