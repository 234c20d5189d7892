import { boundedWaitMs, fullJitterMs, type Backoff } from './backoff.js';
import type { CredentialsSource } from './credentials.js';
import type { Position } from './draft.js';
import type { Environment } from './environment.js';
import type { ClientFrame, ServerFrame } from './frames.js';
import type { ServerClock } from './serverClock.js';
import { openDraftSocket, type DraftSocket } from './realtime.js';

export interface SocketTransportOptions {
  readonly draftId: string;
  readonly baseUrl: string | undefined;
  readonly credentials: CredentialsSource;
  readonly presence: boolean;
  readonly environment: Environment;
  readonly serverClock: ServerClock;
  /** Asked before each attempt. */
  readonly position: () => Position | null;
  readonly onConnecting: (connecting: boolean) => void;
  readonly onFrame: (frame: ServerFrame) => void;
  /** There is no socket, or no longer: it did not open, has closed, or nobody looks. It is tried again. */
  readonly onDown: () => void;
  /** A close code that says not to come back; the transport has stopped. */
  readonly onClosedForGood: (code: number, reason: string) => void;
}

/**
 * The socket transport: a socket that is kept open.
 *
 * | phase | becomes |
 * |---|---|
 * | `stopped` | `connecting` |
 * | `connecting` | `open`, `waiting` |
 * | `open` | `waiting` (closed or silent), `stopped` (code 4500–4999) |
 * | `waiting` | `connecting` when the time is up or something wakes it, `hidden` when nobody looks then |
 * | `hidden` | `connecting` when the page is shown |
 */
export interface SocketTransport {
  readonly start: () => void;
  /** Nothing is called from here on. */
  readonly stop: () => void;
  /** Tries at once, or makes sure that an open socket is alive. */
  readonly wake: () => void;
  /** Closes an open socket and comes back, as after a close by the server. */
  readonly drop: () => void;
  readonly send: (frame: ClientFrame) => void;
}

const retry: Backoff = { firstMs: 1_000, ceilingMs: 30_000 };
/** A socket that lived this long was a good one: the waits begin anew. */
const steadyMs = 10_000;
const pongTimeoutMs = 10_000;
const firstFinalCode = 4500;
const lastFinalCode = 4999;

type Phase = 'stopped' | 'connecting' | 'open' | 'waiting' | 'hidden';

export function createSocketTransport(options: SocketTransportOptions): SocketTransport {
  const { draftId, baseUrl, credentials, environment, serverClock } = options;
  const { clock, page, random } = environment;
  let phase: Phase = 'stopped';
  let socket: DraftSocket | null = null;
  let attempt = new AbortController();
  let failures = 0;
  let openedAt: number | null = null;
  let drainingMs = 0;
  let cancelRetry: (() => void) | null = null;
  let cancelPing: (() => void) | null = null;
  let cancelPongDeadline: (() => void) | null = null;
  /** The exchange that opens the socket, then those of the pings without an answer, in their order. */
  let exchanges: ReturnType<ServerClock['begin']>[] = [];

  function connect(): void {
    cancelRetry?.();
    if (!page.isVisible()) {
      phase = 'hidden';
      options.onDown();
      return;
    }
    phase = 'connecting';
    drainingMs = 0;
    attempt = new AbortController();
    const { signal } = attempt;
    const position = options.position();
    exchanges = [serverClock.begin()];
    options.onConnecting(true);
    openDraftSocket(draftId, {
      credentials,
      environment,
      signal,
      presence: options.presence,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(position === null ? {} : { after: position.revision, epoch: position.epoch }),
      onFrame: (frame) => {
        receive(frame, signal);
      },
      onClose: ({ code, reason }) => {
        closed(code, reason);
      },
    }).then(
      (opened) => {
        if (signal.aborted) opened.close();
        else if (phase === 'open') socket = opened;
      },
      () => {
        if (!signal.aborted) down();
      },
    );
  }

  function receive(frame: ServerFrame, signal: AbortSignal): void {
    heard();
    if (frame.type === 'connected' || frame.type === 'pong') exchanges.shift()?.(frame.ts);
    if (frame.type === 'connected') {
      phase = 'open';
      openedAt = clock.monotonic();
      pingEvery(boundedWaitMs(frame.ping_interval_ms));
      options.onConnecting(false);
    }
    if (frame.type === 'draining') drainingMs = boundedWaitMs(frame.reconnect_in_ms);
    if (frame.type === 'auth_expiring') void renewToken(signal);
    if (!signal.aborted) options.onFrame(frame);
  }

  async function renewToken(signal: AbortSignal): Promise<void> {
    if (credentials.kind !== 'bearer') return;
    try {
      const token = await credentials.token();
      if (!signal.aborted) send({ type: 'auth', token });
    } catch {
      // Without a fresh token the server closes with 4003, and the next attempt asks for one again.
    }
  }

  function pingEvery(intervalMs: number): void {
    cancelPing = clock.schedule(() => {
      ping();
      pingEvery(intervalMs);
    }, intervalMs);
  }

  function ping(): void {
    exchanges.push(serverClock.begin());
    send({ type: 'ping' });
    // Other pings don't put off the deadline of the first that has no answer.
    cancelPongDeadline ??= clock.schedule(drop, pongTimeoutMs);
  }

  function heard(): void {
    cancelPongDeadline?.();
    cancelPongDeadline = null;
  }

  function closed(code: number, reason: string): void {
    if (code >= firstFinalCode && code <= lastFinalCode) {
      stop();
      options.onClosedForGood(code, reason);
      return;
    }
    down();
  }

  function down(): void {
    letGo();
    if (openedAt !== null && clock.monotonic() - openedAt >= steadyMs) failures = 0;
    openedAt = null;
    const waitMs = drainingMs > 0 ? random() * drainingMs : fullJitterMs(retry, failures, random);
    failures += 1;
    phase = 'waiting';
    cancelRetry = clock.schedule(connect, waitMs);
    options.onConnecting(false);
    options.onDown();
  }

  function letGo(): void {
    attempt.abort();
    socket?.close();
    socket = null;
    cancelPing?.();
    heard();
  }

  function drop(): void {
    if (phase === 'open') down();
  }

  function send(frame: ClientFrame): void {
    socket?.send(frame);
  }

  function stop(): void {
    if (phase === 'stopped') return;
    phase = 'stopped';
    failures = 0;
    openedAt = null;
    cancelRetry?.();
    letGo();
  }

  return {
    start() {
      if (phase === 'stopped') connect();
    },
    stop,
    wake() {
      if (phase === 'open') ping();
      if (phase === 'waiting' || phase === 'hidden') {
        failures = 0;
        connect();
      }
    },
    drop,
    send,
  };
}
