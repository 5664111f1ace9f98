import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const page = (name: string) => resolve(import.meta.dirname, `${name}.html`);

export default defineConfig({
  base: '/',
  build: {
    outDir: '../src/meetagain/client',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { index: page('index'), companion: page('companion') } },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node', css: false },
});
