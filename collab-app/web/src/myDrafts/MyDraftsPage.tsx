import { createApi, createServerClock, type DraftSummary } from '@ringdraft/client';
import { type ReactNode, useMemo, useState } from 'react';
import { environment } from '../browser';
import { draftPath, navigateTo, Link } from '../navigation';
import { ProblemNotice } from '../components/Notice';
import { PageHeading, usePageTitle } from '../components/Page';
import { RingIcon } from '../components/RingIcon';
import { useFavicon } from '../components/useFavicon';
import { useNow } from '../components/useNow';
import { useServerNow } from '../components/useServerNow';
import { useSignedIn } from '../session/SessionGate';
import { isSignedOut } from '../session/signOut';
import { timeLeft } from '../messages/durations';
import { timeAgo, timeInFull } from '../messages/times';
import { atName } from '../messages/names';
import { platformName } from '../messages/platforms';
import { words } from '../messages/words';
import { unreadCount } from '../draft/lastRead';
import { isTurnOf, turnsFirst } from './order';
import { NewDraftDialog } from './NewDraftDialog';
import { KeptDrafts } from './KeptDrafts';
import { useDraftList } from './useDraftList';
import { useListPlace } from './useListPlace';

/** All drafts of which the reader is a member, and the way to begin another. */
export function MyDraftsPage(): ReactNode {
  const { credentials, userId } = useSignedIn();
  const { api, serverNow } = useMemo(() => {
    const serverClock = createServerClock(environment.clock);
    return { api: createApi({ credentials, serverClock }), serverNow: serverClock.now };
  }, [credentials]);
  const list = useDraftList(api);
  useListPlace(list.drafts !== null);
  const [isBeginning, setBeginning] = useState(false);
  const now = useNow();
  const turns = list.drafts?.filter((draft) => isTurnOf(draft, userId)) ?? [];
  usePageTitle(
    turns.length === 0 ? words.list.myDrafts : `${words.count.turnsOfYours(turns.length)} · ${words.list.myDrafts}`,
  );
  useFavicon(turns.length > 0);
  const secondNow = useServerNow(
    serverNow,
    turns.some((draft) => draft.ring_state.turn_ends_at !== null),
  );

  const isEmpty = list.drafts?.length === 0;
  return (
    <div className="narrow my-drafts">
      <div className="my-drafts-top">
        <PageHeading>{words.list.myDrafts}</PageHeading>
        {!isEmpty && (
          <button
            type="button"
            className="button primary"
            onClick={() => {
              setBeginning(true);
            }}
          >
            {words.list.newDraft}
          </button>
        )}
      </div>

      <ProblemNotice
        problem={list.problem}
        action={
          <button type="button" className="button" onClick={list.readAgain}>
            {words.app.tryAgain}
          </button>
        }
      />

      {list.drafts === null && list.problem === null && <ListSkeleton />}
      {list.drafts === null && list.problem !== null && !isSignedOut(list.problem) && <KeptDrafts userId={userId} />}
      {isEmpty && (
        <NoDrafts
          onBegin={() => {
            setBeginning(true);
          }}
        />
      )}
      {list.drafts !== null && !isEmpty && (
        <>
          <ul className="draft-list">
            {turnsFirst(list.drafts, userId).map((draft) => (
              <DraftCard key={draft.draft_id} draft={draft} now={now} serverNow={secondNow} />
            ))}
          </ul>
          {list.hasMore && (
            <button type="button" className="button more" onClick={list.readMore} disabled={list.isReading}>
              {list.isReading ? words.list.loadingMore : words.list.showOlder}
            </button>
          )}
        </>
      )}

      {isBeginning && (
        <NewDraftDialog
          api={api}
          onClose={() => {
            setBeginning(false);
          }}
          onCreated={(draftId) => {
            navigateTo(draftPath(draftId));
          }}
        />
      )}
    </div>
  );
}

function DraftCard(props: {
  readonly draft: DraftSummary;
  readonly now: number;
  readonly serverNow: number | null;
}): ReactNode {
  const { draft, now, serverNow } = props;
  const { userId } = useSignedIn();
  const { current_holder_id: holder, turn_ends_at: endsAt, next_user_id: next } = draft.ring_state;
  const isMyTurn = isTurnOf(draft, userId);
  const unread = unreadCount(draft, userId);
  return (
    <li className={`draft-card${isMyTurn ? ' my-turn' : ''}`}>
      <h2>
        <Link to={draftPath(draft.draft_id)} dir="auto">
          {draft.title}
        </Link>
      </h2>
      <p className="draft-turn">
        {draft.status === 'active' && <RingIcon />}
        {isMyTurn && (
          <span>
            <strong>{words.list.yourTurn}</strong>
            {endsAt !== null && serverNow !== null && <> · {timeLeft(Date.parse(endsAt) - serverNow)}</>}
          </span>
        )}
        {draft.status === 'active' && !isMyTurn && (
          <span>
            {words.ring.holds(atName(holder))}
            {next === userId && ` · ${words.list.nextYou}`}
          </span>
        )}
        {draft.status === 'locked' && <span className="chip locked">{words.list.locked}</span>}
        {draft.status === 'completed' && <span className="chip completed">{words.list.completed}</span>}
      </p>
      <p className="draft-facts">
        <span>{words.count.segments(draft.segment_count)}</span>
        {unread !== null && unread > 0 && <span className="chip unread">{words.count.unread(unread)}</span>}
        {draft.platform !== null && <span>{platformName(draft.platform)}</span>}
        <time dateTime={draft.updated_at} title={timeInFull(draft.updated_at)}>
          {timeAgo(draft.updated_at, now)}
        </time>
      </p>
    </li>
  );
}

function NoDrafts(props: { readonly onBegin: () => void }): ReactNode {
  return (
    <div className="no-drafts">
      <RingIcon />
      <h2>{words.list.beginTogether}</h2>
      <p>{words.list.explanation}</p>
      <button type="button" className="button primary" onClick={props.onBegin}>
        {words.list.begin}
      </button>
      <p className="hint">{words.list.othersAppearHere}</p>
    </div>
  );
}

function ListSkeleton(): ReactNode {
  return (
    <>
      <p className="visually-hidden" role="status">
        {words.list.loading}
      </p>
      <ul className="draft-list" aria-hidden="true">
        {[0, 1, 2].map((row) => (
          <li key={row} className="draft-card">
            <span className="skeleton long" />
            <span className="skeleton short" />
          </li>
        ))}
      </ul>
    </>
  );
}
