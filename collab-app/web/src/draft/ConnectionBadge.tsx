import type { ReactNode } from 'react';
import { words } from '../messages/words';
import type { Standing } from './standing';

const { connection } = words;

const badges: Readonly<Record<Standing, { readonly name: string; readonly meaning: string; readonly icon: string }>> = {
  live: { name: connection.live, meaning: connection.liveMeans, icon: 'ws' },
  syncing: { name: connection.syncing, meaning: connection.syncingMeans, icon: 'polling' },
  offline: { name: connection.offline, meaning: connection.offlineMeans, icon: 'offline' },
  serverAway: { name: connection.serverAway, meaning: connection.serverAwayMeans, icon: 'offline' },
  signedOut: { name: connection.signedOut, meaning: connection.signedOutMeans, icon: 'offline' },
  removed: { name: connection.removed, meaning: connection.removedMeans, icon: 'offline' },
};

const actions: Readonly<Partial<Record<Standing, string>>> = {
  offline: words.app.tryNow,
  serverAway: words.app.tryNow,
  signedOut: connection.signInAgain,
  removed: words.app.tryAgain,
};

/** How fresh the page is, by a sign, by name and in words, and what the reader can do about it. */
export function ConnectionBadge(props: {
  readonly standing: Standing;
  readonly onRetry: () => void;
  readonly onSignIn: () => void;
}): ReactNode {
  const { standing } = props;
  const badge = badges[standing];
  const action = actions[standing];
  return (
    <div className={`badge ${badge.icon}`}>
      <p role="status">
        <span className="badge-name">
          <span className="badge-icon" aria-hidden="true" /> {badge.name}
        </span>{' '}
        <span className="badge-meaning">{badge.meaning}</span>
      </p>
      {action !== undefined && (
        <button
          type="button"
          className="quiet"
          onClick={() => {
            if (standing === 'signedOut') props.onSignIn();
            else props.onRetry();
          }}
        >
          {action}
        </button>
      )}
    </div>
  );
}
