import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './browser';
import { type Program, startProgram } from './program';

/**
 * What the tests of one file play on: a program with data of its own, and a browser. There from before the first test
 * until after the last.
 */
export interface Suite {
  readonly program: Program;
  readonly browser: Browser;
  readonly url: string;
}

export function setUpSuite(): Suite {
  let program: Program | null = null;
  let browser: Browser | null = null;

  beforeAll(async () => {
    program = await startProgram();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await program?.discard();
  });

  function there<Part>(part: Part | null): Part {
    if (part === null) throw new Error('the suite is not set yet');
    return part;
  }
  return {
    get program() {
      return there(program);
    },
    get browser() {
      return there(browser);
    },
    get url() {
      return there(program).url;
    },
  };
}
