import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The real program, on a port and with data of its own. */
export interface Program {
  readonly url: string;
  /** Ends it as an operator would (SIGTERM), and waits until it is gone. */
  readonly stop: () => Promise<void>;
  /** Starts it again at the same address with the same data. */
  readonly start: () => Promise<void>;
  /** Ends it if it runs, and removes its data. */
  readonly discard: () => Promise<void>;
}

/** What a test sets up is written faster than people write. */
const withoutRequestLimits = ['--limit.requests-per-second=1000000', '--limit.requests-burst-max-count=1000000'];
const readyMs = 60_000;
const goneMs = 35_000;

/**
 * Starts the launcher that `RINGDRAFT_BIN` names, with these options; or uses the program at `RINGDRAFT_URL`, which
 * can't be stopped.
 */
export async function startProgram(options: readonly string[] = []): Promise<Program> {
  const launcher = process.env['RINGDRAFT_BIN'];
  if (launcher === undefined || launcher === '') return programElsewhere(options);
  const dataDir = await mkdtemp(join(tmpdir(), 'ringdraft-e2e-'));
  let running = await launch(launcher, '0', dataDir, options);
  const { url } = running;
  const stop = async (): Promise<void> => end(running.process);
  return {
    url,
    stop,
    start: async () => {
      running = await launch(launcher, new URL(url).port, dataDir, options);
    },
    discard: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function programElsewhere(options: readonly string[]): Program {
  if (options.length > 0) throw new Error('RINGDRAFT_BIN is needed to start the program otherwise than it runs');
  const url = process.env['RINGDRAFT_URL'];
  if (url === undefined || url === '') {
    throw new Error('set RINGDRAFT_BIN to the launcher (bin/ringdraft), or RINGDRAFT_URL to where the program runs');
  }
  const refuse = (): Promise<void> =>
    Promise.reject(new Error('RINGDRAFT_BIN is needed to stop and start the program'));
  return { url: url.replace(/\/$/, ''), stop: refuse, start: refuse, discard: () => Promise.resolve() };
}

interface Running {
  readonly process: ChildProcess;
  readonly url: string;
}

function launch(launcher: string, port: string, dataDir: string, options: readonly string[]): Promise<Running> {
  const all = ['--http.port', port, '--data.dir', dataDir, ...withoutRequestLimits, ...options];
  const child = spawn(launcher, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${why}\n${output.slice(-20).join('\n')}`));
    };
    const timer = setTimeout(() => {
      fail(`not ready after ${String(readyMs)} ms`);
    }, readyMs);
    const onLine = (line: string): void => {
      output.push(line);
      const url = /^ringdraft ready on (http:\S+)/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve({ process: child, url });
    };
    createInterface({ input: child.stdout }).on('line', onLine);
    createInterface({ input: child.stderr }).on('line', onLine);
    child.on('error', (error) => {
      fail(error.message);
    });
    child.on('exit', (code) => {
      fail(`ended with ${String(code)} before it was ready`);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`still there ${String(goneMs)} ms after SIGTERM`));
    }, goneMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  child.kill('SIGTERM');
  await gone;
}
