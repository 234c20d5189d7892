import type { Draft } from './draft.js';
import type { DraftEvent } from './frames.js';
import type { Subscribable } from './subscribable.js';

/** `missing` says what has to be asked for before the draft can go on. */
export interface DraftState {
  readonly draft: Draft | null;
  readonly missing: 'nothing' | 'events' | 'snapshot';
}

export type DraftAction =
  | { readonly type: 'event'; readonly event: DraftEvent }
  | { readonly type: 'snapshot'; readonly draft: Draft }
  | { readonly type: 'epoch'; readonly epoch: string };

export declare const emptyDraftState: DraftState;
export declare function reduceDraft(state: DraftState, action: DraftAction): DraftState;

export interface DraftStore extends Subscribable<DraftState> {
  readonly dispatch: (action: DraftAction) => void;
}

export declare function createDraftStore(): DraftStore;
