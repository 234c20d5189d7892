import react from '@vitejs/plugin-react';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/** Where the program listens while Vite serves the pages in development. */
const program = process.env['RINGDRAFT_URL'] ?? 'http://127.0.0.1:8080';

/** Tests of the packaged program in a browser; those in `long` take minutes. */
const inBrowser = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['ringdraft-source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    // Everything is a hashed file of its own: the page's Content-Security-Policy allows no data: and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/v1': { target: program, ws: true } } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      { extends: true, test: { ...inBrowser, name: 'e2e', include: ['e2e/*.test.ts'] } },
      { extends: true, test: { ...inBrowser, name: 'e2e-long', include: ['e2e/long/*.test.ts'] } },
    ],
  },
});
