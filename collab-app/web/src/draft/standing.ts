import type { ConnectionState } from '@ringdraft/client';
import { isSignedOut } from '../session/signOut';

/** Where the page stands with the server, as the reader has to know it. */
export type Standing = 'live' | 'syncing' | 'offline' | 'serverAway' | 'signedOut' | 'removed';

export function standingOf({ status, problem }: Pick<ConnectionState, 'status' | 'problem'>): Standing {
  if (status === 'ws') return 'live';
  if (isSignedOut(problem)) return 'signedOut';
  switch (problem?.code) {
    case 'not_found':
    case 'forbidden':
      return 'removed';
    case 'offline':
      return 'offline';
    default:
      return status === 'offline' ? 'serverAway' : 'syncing';
  }
}
