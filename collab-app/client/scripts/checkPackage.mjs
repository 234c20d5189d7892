// What a consumer installs: the build, and nothing of the sources.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));
const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: home,
  encoding: 'utf8',
});
const [{ files }] = JSON.parse(answer);
const paths = files.map(({ path }) => path);
const expected = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/react/index.d.ts'];
const missing = expected.filter((path) => !paths.includes(path));
const others = paths.filter((path) => !expected.includes(path) && !/^dist\/.*\.(js|d\.ts|js\.map)$/.test(path));
if (missing.length > 0 || others.length > 0) {
  throw new Error(`the package misses [${missing.join(', ')}] and should not have [${others.join(', ')}]`);
}
