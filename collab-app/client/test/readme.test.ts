import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const home = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${home}README.md`, 'utf8');
const examples = readdirSync(`${home}examples`, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.tsx'),
);

describe('the readme', () => {
  it.each(examples)('has the example %s as it is', (path) => {
    expect(readme).toContain(`\n\`\`\`tsx\n${readFileSync(`${home}examples/${path}`, 'utf8')}\`\`\`\n`);
  });

  it('has examples', () => {
    expect(examples).toHaveLength(4);
  });
});
