import type { ReactNode } from 'react';
import { draftsPath, Link } from '../navigation';
import { atName } from '../messages/names';
import { words } from '../messages/words';
import { Avatar } from './Avatar';
import { RingIcon } from './RingIcon';
import { SkipLink, skipLinksId } from './SkipLink';
import { UpdateNotice } from './UpdateNotice';

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
      <div id={skipLinksId} className="skip-links">
        <SkipLink to="page">{words.app.skipToPage}</SkipLink>
      </div>
      {props.isDevelopment && (
        <aside className="development" aria-label={words.app.developmentMode}>
          <span>
            <strong>{words.app.developmentModeIs}</strong> {words.app.anyoneCanBeAnyone}
          </span>
          {props.onChangeUser !== null && (
            <button type="button" className="quiet" onClick={props.onChangeUser}>
              {words.app.beSomebodyElse}
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
            <span className="visually-hidden">{words.app.youAre}</span>
            <span className="current-user-name">{atName(userId)}</span>
            <Avatar userId={userId} />
          </span>
        )}
      </header>
      <UpdateNotice />
      <main id="page" tabIndex={-1}>
        {props.children}
      </main>
    </div>
  );
}
