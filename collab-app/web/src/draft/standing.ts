import type { ConnectionState } from '@ringdraft/client';

/** Where the page stands with the server, as the reader has to know it. */
export type Standing = 'live' | 'syncing' | 'offline' | 'serverAway' | 'signedOut' | 'removed';

export function standingOf({ status, problem }: Pick<ConnectionState, 'status' | 'problem'>): Standing {
  if (status === 'ws') return 'live';
  switch (problem?.code) {
    case 'credentials_unavailable':
    case 'unauthenticated':
      return 'signedOut';
    case 'not_found':
    case 'forbidden':
      return 'removed';
    case 'offline':
      return 'offline';
    default:
      return status === 'offline' ? 'serverAway' : 'syncing';
  }
}
