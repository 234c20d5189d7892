import type { ReactNode } from 'react';
import { draftsPath, Link } from '../navigation';
import { atName } from '../messages/names';
import { Avatar } from './Avatar';
import { RingIcon } from './RingIcon';

/** What stands around every page: the development banner, the way home, who is here. */
export function Layout(props: {
  readonly userId: string | null;
  readonly isDevelopment: boolean;
  /** Null when who is here is not for this page to say. */
  readonly onChangeUser: (() => void) | null;
  readonly children: ReactNode;
}): ReactNode {
  const { userId } = props;
  return (
    <div className="layout">
      <a className="skip-link" href="#page">
        Skip to the page
      </a>
      {props.isDevelopment && (
        <aside className="development" aria-label="Development mode">
          <span>
            <strong>Development mode.</strong> Anyone can be anyone here.
          </span>
          {props.onChangeUser !== null && (
            <button type="button" className="quiet" onClick={props.onChangeUser}>
              Be somebody else
            </button>
          )}
        </aside>
      )}
      <header className="top-bar">
        <Link to={draftsPath} className="wordmark">
          <RingIcon />
          Ringdraft
        </Link>
        {userId !== null && (
          <span className="current-user" title={atName(userId)}>
            <span className="visually-hidden">You are </span>
            <span className="current-user-name">{atName(userId)}</span>
            <Avatar userId={userId} />
          </span>
        )}
      </header>
      <main id="page" tabIndex={-1}>
        {props.children}
      </main>
    </div>
  );
}
