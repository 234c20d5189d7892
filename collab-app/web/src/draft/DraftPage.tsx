import type { ApiProblem, DraftEvent } from '@ringdraft/client';
import { useDraft } from '@ringdraft/client/react';
import { type ReactNode, useCallback, useState } from 'react';
import { draftsPath, Link } from '../navigation';
import { PageHeading, usePageTitle } from '../parts/Page';
import { RingMark } from '../parts/RingMark';
import { useSignedIn } from '../session/SessionGate';
import { refusalSentence } from '../words/refusals';
import { announcement } from './announcements';
import { OpenDraft } from './OpenDraft';

/** One draft at its address: read, or waited for, or told why it can't be read. */
export function DraftPage(props: { readonly draftId: string }): ReactNode {
  const { userId } = useSignedIn();
  const [heard, setHeard] = useState('');
  const onEvent = useCallback(
    (event: DraftEvent) => {
      const words = announcement(event, userId);
      if (words !== '') setHeard(words);
    },
    [userId],
  );
  const inHand = useDraft({ draftId: props.draftId, userId, onEvent });
  const { draft, problem } = inHand;

  if (draft !== null) {
    return (
      <>
        <OpenDraft draft={draft} inHand={inHand} userId={userId} />
        <p className="visually-hidden" role="log">
          {heard}
        </p>
      </>
    );
  }
  if (problem !== null) return <NotRead problem={problem} onRetry={inHand.refresh} />;
  return <GhostDraft isOffline={inHand.status === 'offline' && !inHand.wsConnecting} onRetry={inHand.refresh} />;
}

function NotRead(props: { readonly problem: ApiProblem; readonly onRetry: () => void }): ReactNode {
  const isNotFound = props.problem.status === 404 || props.problem.status === 403;
  usePageTitle(isNotFound ? 'No such draft' : 'Not read');
  return (
    <div className="plain">
      <RingMark />
      <PageHeading>{isNotFound ? 'There is no such draft' : 'The draft could not be read'}</PageHeading>
      <p role="alert">{isNotFound ? refusalSentence({ code: 'not_found' }) : refusalSentence(props.problem)}</p>
      <div className="actions">
        {!isNotFound && (
          <button type="button" className="button primary" onClick={props.onRetry}>
            Try again
          </button>
        )}
        <Link to={draftsPath} className="button">
          Go to my drafts
        </Link>
      </div>
    </div>
  );
}

function GhostDraft(props: { readonly isOffline: boolean; readonly onRetry: () => void }): ReactNode {
  usePageTitle('Loading');
  return (
    <div className="narrow ghost-draft">
      <p className={props.isOffline ? '' : 'visually-hidden'} role="status">
        {props.isOffline ? 'The server can’t be reached. Trying again by itself…' : 'Loading the draft'}
      </p>
      {props.isOffline && (
        <button type="button" className="button" onClick={props.onRetry}>
          Try now
        </button>
      )}
      <div aria-hidden="true" className="ghost-text">
        <span className="ghost long title" />
        <span className="ghost short" />
        {[0, 1, 2].map((row) => (
          <span key={row} className="ghost-segment">
            <span className="ghost" />
            <span className="ghost long" />
            <span className="ghost short" />
          </span>
        ))}
      </div>
    </div>
  );
}
