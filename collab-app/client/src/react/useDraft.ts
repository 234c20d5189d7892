import type { DraftSession, DraftSessionOptions, DraftSessionState } from '../draftSession.js';

export type UseDraftOptions = Pick<DraftSessionOptions, 'draftId' | 'userId' | 'onEvent' | 'onReturned' | 'onError'>;

export interface DraftInHand
  extends DraftSessionState, Pick<DraftSession, 'append' | 'passRing' | 'takeBack' | 'refresh' | 'announce' | 'api'> {}

/** One draft, live, and the means to write in it. Throws when there is no `RingdraftProvider` above. */
export declare function useDraft(options: UseDraftOptions): DraftInHand;
