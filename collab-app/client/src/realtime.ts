import type { CredentialsSource } from './credentials.js';
import { resolveEnvironment, type Environment, type WebSocketLike } from './environment.js';
import type {
  ClientFrame,
  CollaboratorAddedEvent,
  CollaboratorRemovedEvent,
  CollaboratorUpdatedEvent,
  ConnectedFrame,
  DraftCreatedEvent,
  DraftEvent,
  DraftUpdatedEvent,
  RingPassedEvent,
  RingRequestedEvent,
  RingRequestRemovedEvent,
  SegmentAddedEvent,
  ServerFrame,
} from './frames.js';
import { frameOf } from './schemas.js';
import { pathOf, serverUrl } from './serverUrl.js';

export interface WsUrlOptions {
  /** `http(s)` or `ws(s)`; the page's own origin when left out. */
  readonly baseUrl?: string;
  /** Asks for the events after this revision, counted in `epoch`. */
  readonly after?: number;
  readonly epoch?: string;
  /** False keeps presence frames away. */
  readonly presence?: boolean;
  /** False keeps back the events that this user caused. */
  readonly echo?: boolean;
}

export interface DraftSocketOptions extends WsUrlOptions {
  readonly credentials: CredentialsSource;
  /** From the call to the `connected` frame; 10 s when left out. */
  readonly timeoutMs?: number;
  /** Each frame, `connected` first. */
  readonly onFrame: (frame: ServerFrame) => void;
  /** Called once when an open socket ends by itself; not after `close` or an abort. */
  readonly onClose: (closing: SocketClosing) => void;
  readonly signal?: AbortSignal;
  readonly environment?: Partial<Environment>;
}

export interface SocketClosing {
  readonly code: number;
  readonly reason: string;
}

/** An open socket: its `connected` frame has come. */
export interface DraftSocket {
  readonly connected: ConnectedFrame;
  readonly send: (frame: ClientFrame) => void;
  readonly close: () => void;
}

/** A socket that did not open. `code` is the close code, or null when there was none; a browser gives no more. */
export class SocketNotOpened extends Error {
  readonly code: number | null;

  constructor(detail: string, code: number | null, cause?: unknown) {
    super(detail, { cause });
    this.name = 'SocketNotOpened';
    this.code = code;
  }
}

const openTimeoutMs = 10_000;
const normalClosure = 1000;

/** Throws `ApiProblem` for a draft id that a URL can't carry. */
export function getWsUrl(draftId: string, options: WsUrlOptions = {}): string {
  const url = serverUrl(options.baseUrl, `/v1/ws/drafts${pathOf(draftId)}`);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  if (options.after !== undefined) url.searchParams.set('after', String(options.after));
  if (options.epoch !== undefined) url.searchParams.set('epoch', options.epoch);
  if (options.presence === false) url.searchParams.set('presence', 'false');
  if (options.echo === false) url.searchParams.set('echo', 'false');
  return url.href;
}

/**
 * Opens a socket to a draft; fulfilled once `connected` has come, rejected with `SocketNotOpened` when it does not
 * within the time. The credentials travel as a subprotocol, never in the URL.
 */
export function openDraftSocket(draftId: string, options: DraftSocketOptions): Promise<DraftSocket> {
  const environment = resolveEnvironment(options.environment);
  const timeoutMs = options.timeoutMs ?? openTimeoutMs;
  return new Promise((resolve, reject) => {
    let socket: WebSocketLike | null = null;
    let phase: 'opening' | 'open' | 'ended' = 'opening';

    const end = (refusal?: unknown) => {
      if (phase === 'opening')
        reject(refusal instanceof Error ? refusal : new SocketNotOpened('closed', null, refusal));
      phase = 'ended';
      cancelTimeout();
      options.signal?.removeEventListener('abort', abort);
      if (socket === null) return;
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    };
    const close = (refusal?: unknown) => {
      if (phase === 'ended') return;
      end(refusal);
      socket?.close(normalClosure);
    };
    const abort = () => {
      close(options.signal?.reason);
    };
    const cancelTimeout = environment.clock.schedule(() => {
      close(new SocketNotOpened(`not connected after ${String(timeoutMs)} ms`, null));
    }, timeoutMs);
    options.signal?.addEventListener('abort', abort);
    if (options.signal?.aborted === true) {
      abort();
      return;
    }

    const receive = (message: MessageEvent) => {
      const frame = parseEvent(message.data);
      if (frame === null) return;
      if (phase === 'opening') {
        if (frame.type !== 'connected') return;
        phase = 'open';
        cancelTimeout();
        resolve({
          connected: frame,
          close,
          send(sent) {
            if (phase === 'open') socket?.send(JSON.stringify(sent));
          },
        });
      }
      options.onFrame(frame);
    };

    subprotocols(options.credentials).then(
      (protocols) => {
        if (phase === 'ended') return;
        try {
          socket = environment.openWebSocket(getWsUrl(draftId, options), protocols);
        } catch (cause) {
          end(new SocketNotOpened('the socket was refused by the browser', null, cause));
          return;
        }
        socket.onmessage = receive;
        socket.onclose = ({ code, reason }) => {
          const wasOpen = phase === 'open';
          end(new SocketNotOpened(`closed with ${String(code)} before it was connected`, code));
          if (wasOpen) options.onClose({ code, reason });
        };
      },
      (cause: unknown) => {
        close(new SocketNotOpened('no token', null, cause));
      },
    );
  });
}

/** A user's name as a legal HTTP token: percent-encoded UTF-8, which the server decodes. */
function tokenOf(userId: string): string {
  return encodeURIComponent(userId).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

async function subprotocols(credentials: CredentialsSource): Promise<readonly string[]> {
  if (credentials.kind === 'development') return ['collab.v1', `user.${tokenOf(credentials.userId)}`];
  return ['collab.v1', `bearer.${await credentials.token()}`];
}

/**
 * The frame that came in a message, checked field by field; unknown types pass as `unknown`, what is no frame gives
 * null.
 */
export function parseEvent(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return frameOf(data);
  try {
    return frameOf(JSON.parse(data));
  } catch {
    return null;
  }
}

/** True for every committed fact, known or not; false for what only concerns the socket. */
export function isDraftEvent(frame: ServerFrame): frame is DraftEvent {
  return frame.type.startsWith('collab.') || (frame.type === 'unknown' && 'revision' in frame);
}

export function isSegmentAddedEvent(frame: ServerFrame): frame is SegmentAddedEvent {
  return frame.type === 'collab.segment_added';
}

export function isRingPassedEvent(frame: ServerFrame): frame is RingPassedEvent {
  return frame.type === 'collab.ring_passed';
}

export function isRingRequestedEvent(frame: ServerFrame): frame is RingRequestedEvent {
  return frame.type === 'collab.ring_requested';
}

export function isRingRequestRemovedEvent(frame: ServerFrame): frame is RingRequestRemovedEvent {
  return frame.type === 'collab.ring_request_removed';
}

export function isCollaboratorAddedEvent(frame: ServerFrame): frame is CollaboratorAddedEvent {
  return frame.type === 'collab.collaborator_added';
}

export function isCollaboratorRemovedEvent(frame: ServerFrame): frame is CollaboratorRemovedEvent {
  return frame.type === 'collab.collaborator_removed';
}

export function isCollaboratorUpdatedEvent(frame: ServerFrame): frame is CollaboratorUpdatedEvent {
  return frame.type === 'collab.collaborator_updated';
}

export function isDraftUpdatedEvent(frame: ServerFrame): frame is DraftUpdatedEvent {
  return frame.type === 'collab.draft_updated';
}

export function isDraftCreatedEvent(frame: ServerFrame): frame is DraftCreatedEvent {
  return frame.type === 'collab.draft_created';
}
