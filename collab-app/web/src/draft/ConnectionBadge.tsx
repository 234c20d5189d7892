import type { ConnectionStatus } from '@ringdraft/client';
import type { ReactNode } from 'react';

const badges: Readonly<Record<ConnectionStatus, { readonly name: string; readonly meaning: string }>> = {
  ws: { name: 'Live', meaning: 'New segments appear at once.' },
  polling: { name: 'Syncing', meaning: 'Looking for news every few seconds.' },
  offline: { name: 'Offline', meaning: 'What you write is sent later.' },
};

/** How fresh the page is, by a sign, by name and in words. */
export function ConnectionBadge(props: { readonly status: ConnectionStatus }): ReactNode {
  const badge = badges[props.status];
  return (
    <p className={`badge ${props.status}`} role="status">
      <span className="badge-name">
        <span className="badge-icon" aria-hidden="true" /> {badge.name}
      </span>{' '}
      <span className="badge-meaning">{badge.meaning}</span>
    </p>
  );
}
