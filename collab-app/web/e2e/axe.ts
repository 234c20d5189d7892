import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in a page as it is now: the rules of WCAG 2.2 AA and best practice. */
export async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(await source);
  const results = await page.evaluate(async () => {
    const options: RunOptions = {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    };
    const { axe: loaded } = window as unknown as { axe: { run: (o: RunOptions) => Promise<AxeResults> } };
    return loaded.run(options);
  });
  return results.violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}

/** The folder of the pictures that the tests take. */
export const screenshots = process.env['RINGDRAFT_SCREENSHOTS'] ?? 'target/screenshots';
