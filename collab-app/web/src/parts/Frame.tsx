import type { ReactNode } from 'react';
import { draftsPath, Link } from '../navigation';
import { atName } from '../words/names';
import { AuthorMark } from './AuthorMark';
import { RingMark } from './RingMark';

/** What stands around every page: the development banner, the way home, who is here. */
export function Frame(props: {
  readonly userId: string | null;
  readonly isDevelopment: boolean;
  /** Null when who is here is not for this page to say. */
  readonly onChangeUser: (() => void) | null;
  readonly children: ReactNode;
}): ReactNode {
  const { userId } = props;
  return (
    <div className="frame">
      <a className="skip" href="#page">
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
      <header className="top">
        <Link to={draftsPath} className="wordmark">
          <RingMark />
          Ringdraft
        </Link>
        {userId !== null && (
          <span className="who" title={atName(userId)}>
            <span className="visually-hidden">You are </span>
            <span className="who-name">{atName(userId)}</span>
            <AuthorMark userId={userId} />
          </span>
        )}
      </header>
      <main id="page" tabIndex={-1}>
        {props.children}
      </main>
    </div>
  );
}
