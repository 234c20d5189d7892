import type { ApiProblem, DraftEvent, RingPassedEvent } from '@ringdraft/client';
import { type ReactNode, useCallback, useState } from 'react';
import { draftsPath, Link } from '../navigation';
import { PageHeading, usePageTitle } from '../components/Page';
import { RingIcon } from '../components/RingIcon';
import { useSignedIn } from '../session/SessionGate';
import { problemMessage } from '../messages/problems';
import { words } from '../messages/words';
import { OpenDraft } from './OpenDraft';
import { standingOf } from './standing';
import { useAnnouncements } from './useAnnouncements';
import { useKeptDraft } from './useKeptDraft';

/** The page of one draft: the draft, its skeleton while it loads, or the problem that prevents reading it. */
export function DraftPage(props: { readonly draftId: string }): ReactNode {
  const { userId } = useSignedIn();
  const { said, announce } = useAnnouncements(userId);
  const [turnEnd, setTurnEnd] = useState<RingPassedEvent | null>(null);
  const onEvent = useCallback(
    (event: DraftEvent) => {
      if (event.type === 'collab.ring_passed') {
        const { from_user_id: from, to_user_id: to, reason } = event.data;
        if (to === userId) setTurnEnd(null);
        else if (from === userId) setTurnEnd(reason === 'passed' ? null : event);
      }
      announce(event);
    },
    [userId, announce],
  );
  const { session, keptAt } = useKeptDraft({ draftId: props.draftId, userId, onEvent });
  const { draft, problem } = session;
  const standing = standingOf(session);

  if (draft !== null) {
    return (
      <>
        <OpenDraft
          draft={draft}
          session={session}
          userId={userId}
          turnEnd={turnEnd}
          keptAt={keptAt}
          onTurnEndSeen={() => {
            setTurnEnd(null);
          }}
        />
        <div className="visually-hidden" role="log">
          {said.map(({ key, text }) => (
            <p key={key}>{text}</p>
          ))}
        </div>
      </>
    );
  }
  if (problem !== null && (session.hasGivenUp || standing === 'signedOut')) {
    return <DraftProblem problem={problem} onRetry={session.refresh} />;
  }
  return <DraftSkeleton isOffline={session.status === 'offline' && !session.wsConnecting} onRetry={session.refresh} />;
}

function DraftProblem(props: { readonly problem: ApiProblem; readonly onRetry: () => void }): ReactNode {
  const isNotFound = props.problem.status === 404 || props.problem.status === 403;
  usePageTitle(isNotFound ? words.draft.noSuchDraft : words.draft.notRead);
  return (
    <div className="message-page">
      <RingIcon />
      <PageHeading>{isNotFound ? words.draft.thereIsNoSuchDraft : words.draft.couldNotBeRead}</PageHeading>
      <p role="alert">{isNotFound ? problemMessage({ code: 'not_found' }) : problemMessage(props.problem)}</p>
      <div className="actions">
        {!isNotFound && (
          <button type="button" className="button primary" onClick={props.onRetry}>
            {words.app.tryAgain}
          </button>
        )}
        <Link to={draftsPath} className="button">
          {words.app.goToMyDrafts}
        </Link>
      </div>
    </div>
  );
}

function DraftSkeleton(props: { readonly isOffline: boolean; readonly onRetry: () => void }): ReactNode {
  usePageTitle(words.app.loading);
  return (
    <div className="narrow draft-skeleton">
      <p className={props.isOffline ? '' : 'visually-hidden'} role="status">
        {props.isOffline ? words.draft.notReached : words.draft.loading}
      </p>
      {props.isOffline && (
        <button type="button" className="button" onClick={props.onRetry}>
          {words.app.tryNow}
        </button>
      )}
      <div aria-hidden="true" className="skeleton-text">
        <span className="skeleton long title" />
        <span className="skeleton short" />
        {[0, 1, 2].map((row) => (
          <span key={row} className="skeleton-segment">
            <span className="skeleton" />
            <span className="skeleton long" />
            <span className="skeleton short" />
          </span>
        ))}
      </div>
    </div>
  );
}
