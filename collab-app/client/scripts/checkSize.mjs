// What a page downloads for the library, after gzip, against the sizes that README.md states.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const home = new URL('..', import.meta.url);
const readme = readFileSync(new URL('README.md', home), 'utf8');

/** A page that imports just this, minified, without what it brings itself (React). */
async function gzipBytes(statement) {
  const page = '\0page';
  const [{ output }] = [
    await build({
      root: fileURLToPath(home),
      configFile: false,
      logLevel: 'warn',
      plugins: [
        {
          name: 'page',
          resolveId: (id) => (id === 'page' ? page : null),
          load: (id) => (id === page ? statement : null),
        },
      ],
      build: {
        write: false,
        minify: true,
        target: 'es2022',
        rollupOptions: { input: 'page', external: ['react'], preserveEntrySignatures: 'strict' },
      },
    }),
  ].flat();
  return output.reduce(
    (sum, { type, code }) => (type === 'chunk' ? sum + gzipSync(code, { level: 9 }).length : sum),
    0,
  );
}

const entries = [
  ['core', `export * from './dist/index.js'`],
  ['with React layer', `export * from './dist/index.js'; export * from './dist/react/index.js'`],
  [
    'core and `useDraftRealtime`',
    `export { bearer } from './dist/index.js'; export { RingdraftProvider, useDraftRealtime } from './dist/react/index.js'`,
  ],
  [
    'core and `useDraft`',
    `export { bearer } from './dist/index.js'; export { RingdraftProvider, useDraft } from './dist/react/index.js'`,
  ],
  ['`createApi` alone', `export { createApi } from './dist/index.js'`],
  ['`parseEvent` alone', `export { parseEvent } from './dist/index.js'`],
];

for (const [name, statement] of entries) {
  const stated = readme.match(new RegExp(`^\\| ${name} \\| at most ([\\d.]+) kB \\|$`, 'm'));
  if (stated === null) throw new Error(`README.md states no size for: ${name}`);
  const bytes = await gzipBytes(statement.replaceAll('./dist', fileURLToPath(new URL('dist', home))));
  console.log(`${name}: ${(bytes / 1000).toFixed(2)} kB after gzip (stated: at most ${stated[1]} kB)`);
  if (bytes > Number(stated[1]) * 1000) process.exitCode = 1;
}
