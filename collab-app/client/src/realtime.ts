import type { CredentialsSource } from './credentials.js';
import type { Environment } from './environment.js';
import type {
  ClientFrame,
  CollaboratorAddedEvent,
  CollaboratorRemovedEvent,
  ConnectedFrame,
  DraftCreatedEvent,
  DraftUpdatedEvent,
  RingPassedEvent,
  SegmentAddedEvent,
  ServerFrame,
} from './frames.js';

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
  readonly onFrame: (frame: ServerFrame) => void;
  /** Called once, after the promise was fulfilled, however the socket ended. */
  readonly onClose: (closing: { readonly code: number; readonly reason: string }) => void;
  readonly signal?: AbortSignal;
  readonly environment?: Partial<Environment>;
}

/** An open socket: its `connected` frame has come. */
export interface DraftSocket {
  readonly connected: ConnectedFrame;
  readonly send: (frame: ClientFrame) => void;
  readonly close: () => void;
}

/** A socket that did not open. `code` is the close code, or null when the time was up; a browser tells no more. */
export declare class SocketNotOpened extends Error {
  readonly code: number | null;
}

export declare function getWsUrl(draftId: string, options?: WsUrlOptions): string;
export declare function openDraftSocket(draftId: string, options: DraftSocketOptions): Promise<DraftSocket>;
export declare function parseEvent(data: unknown): ServerFrame | null;
export declare function isSegmentAddedEvent(frame: ServerFrame): frame is SegmentAddedEvent;
export declare function isRingPassedEvent(frame: ServerFrame): frame is RingPassedEvent;
export declare function isCollaboratorAddedEvent(frame: ServerFrame): frame is CollaboratorAddedEvent;
export declare function isCollaboratorRemovedEvent(frame: ServerFrame): frame is CollaboratorRemovedEvent;
export declare function isDraftUpdatedEvent(frame: ServerFrame): frame is DraftUpdatedEvent;
export declare function isDraftCreatedEvent(frame: ServerFrame): frame is DraftCreatedEvent;
