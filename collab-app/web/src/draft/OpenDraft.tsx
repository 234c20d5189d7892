import type { Draft, RingPassedEvent } from '@ringdraft/client';
import type { UseDraftResult } from '@ringdraft/client/react';
import { type ReactNode, useState } from 'react';
import { draftsPath, navigateTo } from '../navigation';
import { Dialog } from '../components/Dialog';
import { Notice } from '../components/Notice';
import { usePageTitle } from '../components/Page';
import { useMedia } from '../components/useMedia';
import { PageSkipLinks, SkipLink } from '../components/SkipLink';
import { useNow } from '../components/useNow';
import { useSignedIn } from '../session/SessionGate';
import { problemMessage } from '../messages/problems';
import { timeOfDay } from '../messages/times';
import { words } from '../messages/words';
import { DraftHeading } from './DraftHeading';
import { DraftStatusPanel } from './DraftStatusPanel';
import { KeepPlace, LoadingEarlier } from './EarlierText';
import { Editor, editorId } from './Editor';
import { PresenceList } from './PresenceList';
import { ConnectionBadge } from './ConnectionBadge';
import { SegmentList } from './SegmentList';
import { Members } from './Members';
import { membersOf } from './membership';
import { PassRing } from './PassRing';
import { RejectedEntries } from './RejectedEntries';
import { RingStatus } from './RingStatus';
import { TurnEndNotice } from './TurnEndNotice';
import { TurnPanel } from './TurnPanel';
import { RingRequests, WaitingActions } from './TurnRequests';
import { StorageNotice } from './StorageNotice';
import { useDraftEditor } from './useDraftEditor';
import { useTurnSignal } from './useTurnSignal';
import { useReadingPlace } from './useReadingPlace';
import { ReadingView } from './ReadingView';
import { standingOf } from './standing';
import { typingHolder } from './typing';

/** A draft that was read: the text, the editor below it, and who belongs to it beside it or behind a button. */
export function OpenDraft(props: OpenDraftProps): ReactNode {
  const { draft, session } = props;
  const [isReading, setReading] = useState(draft.status === 'completed');
  const setView = (isText: boolean): void => {
    setReading(isText);
    scrollTo({ top: 0, behavior: 'instant' });
  };
  if (isReading) {
    return (
      <ReadingDraft
        draft={draft}
        isWhole={session.loadedFrom === 0}
        onClose={() => {
          setView(false);
        }}
      />
    );
  }
  return (
    <WorkingDraft
      {...props}
      onRead={() => {
        setView(true);
      }}
    />
  );
}

function ReadingDraft(props: {
  readonly draft: Draft;
  readonly isWhole: boolean;
  readonly onClose: () => void;
}): ReactNode {
  usePageTitle(props.draft.title);
  return <ReadingView {...props} />;
}

interface OpenDraftProps {
  readonly draft: Draft;
  readonly session: UseDraftResult;
  readonly userId: string;
  /** How the reader's last turn ended, where they did not end it themselves. */
  readonly turnEnd: RingPassedEvent | null;
  readonly onTurnEndSeen: () => void;
  /** When the text was kept in this browser, while nothing newer could be read; null otherwise. */
  readonly keptAt: string | null;
}

function WorkingDraft(props: OpenDraftProps & { readonly onRead: () => void }): ReactNode {
  const { draft, session, userId } = props;
  const { limits } = useSignedIn();
  const now = useNow();
  const today = new Date(now).setHours(0, 0, 0, 0);
  const isWide = useMedia('(min-width: 64rem)');
  const [isAsideOpen, setAsideOpen] = useState(false);
  const editor = useDraftEditor(draft, session, userId);
  const { list, end, isAtEnd, unseen, goToEnd, news } = useReadingPlace({
    draft,
    userId,
    own: editor.pendingAppends.length,
    loadedFrom: session.loadedFrom,
  });
  const standing = standingOf(session);
  const isMyTurn = editor.turn.kind === 'mine';
  usePageTitle(`${isMyTurn ? `${words.ring.yourTurn} · ` : ''}${draft.title}`);
  useTurnSignal(isMyTurn, draft.draft_id, draft.title);

  const onChanged = (): void => {
    if (session.status !== 'ws') session.refresh();
  };

  const aside = (
    <>
      <Members
        draft={draft}
        userId={userId}
        presence={session.presence}
        api={session.api}
        onChanged={onChanged}
        onLeft={() => {
          navigateTo(draftsPath);
        }}
      />
      <TurnPanel draft={draft} userId={userId} api={session.api} onChanged={onChanged} />
      <DraftStatusPanel draft={draft} userId={userId} api={session.api} onChanged={onChanged} />
    </>
  );

  return (
    <div className="draft-page">
      <PageSkipLinks>
        <SkipLink to="text">{words.app.skipToText}</SkipLink>
        <SkipLink to={editorId}>{words.app.skipToEditor}</SkipLink>
      </PageSkipLinks>
      <div className="draft-main">
        <DraftHeading
          draft={draft}
          userId={userId}
          api={session.api}
          maxTitleCodePoints={limits.titleCodePoints}
          onChanged={onChanged}
        />
        <div className="status-bar">
          <ConnectionBadge standing={standing} onRetry={session.refresh} onSignIn={signInAgain} />
          {!session.hasGivenUp && (
            <RingStatus
              draft={draft}
              userId={userId}
              now={now}
              writer={typingHolder(draft, session.presence, userId)}
              serverNow={session.serverNow}
            />
          )}
          <button type="button" className="quiet reading-button" onClick={props.onRead}>
            {words.reading.view}
          </button>
          {!isWide && (
            <button
              type="button"
              className="quiet"
              onClick={() => {
                setAsideOpen(true);
              }}
            >
              {words.count.members(membersOf(draft).length)}
            </button>
          )}
        </div>
        <PresenceList presence={session.presence} userId={userId} />
        {props.keptAt !== null && <Notice>{words.connection.lastKnown(timeOfDay(props.keptAt, now))}</Notice>}
        {session.hasGivenUp && session.problem !== null && (
          <div role="alert">
            <Notice>{standing === 'removed' ? words.connection.removedNotice : problemMessage(session.problem)}</Notice>
          </div>
        )}

        <div id="text" tabIndex={-1}>
          <KeepPlace from={session.loadedFrom}>
            {session.loadedFrom > 0 && <LoadingEarlier loadedFrom={session.loadedFrom} count={draft.segment_count} />}
            <SegmentList
              segments={draft.segments}
              pending={editor.pendingAppends}
              userId={userId}
              today={today}
              news={news}
              ref={list}
            />
          </KeepPlace>
        </div>
        <div ref={end} />

        <div className="dock">
          {!isAtEnd && (
            <button type="button" className="button scroll-to-end" onClick={goToEnd}>
              {unseen > 0 ? `${words.count.newSegments(unseen)} ↓` : words.draft.toTheEnd}
            </button>
          )}
          <StorageNotice isStored={editor.isStored} hasUnsent={editor.hasUnsent} />
          <RejectedEntries
            entries={session.rejected}
            onRetry={(entry) => session.retry(entry.key)}
            onTakeBack={editor.takeBack}
            onDiscard={(entry) => session.takeBack(entry.key)}
          />
          {editor.isOutboxFull && (
            <div role="alert">
              <Notice>{words.draft.outboxIsFull}</Notice>
            </div>
          )}
          <TurnEndNotice end={props.turnEnd} hasText={editor.text !== ''} onDismiss={props.onTurnEndSeen} />
          <Editor
            turn={editor.turn}
            isOffered={editor.isOffered}
            text={editor.text}
            maxCodePoints={limits.contentCodePoints}
            onChange={editor.type}
            onAppend={editor.append}
            focusAsked={editor.focusAsked}
          >
            {isMyTurn && (
              <>
                <RingRequests
                  draft={draft}
                  userId={userId}
                  api={session.api}
                  onChanged={onChanged}
                  onPass={editor.pass}
                />
                <PassRing
                  key={draft.ring_state.term}
                  members={membersOf(draft)}
                  userId={userId}
                  presence={session.presence}
                  nextUserId={draft.ring_state.next_user_id}
                  away={draft.ring_state.away}
                  onPass={editor.pass}
                />
              </>
            )}
            {editor.turn.kind === 'waiting' && (
              <WaitingActions draft={draft} userId={userId} api={session.api} onChanged={onChanged} />
            )}
          </Editor>
        </div>
      </div>

      {isWide ? (
        <aside className="draft-aside" aria-label={words.draft.membersAndStanding}>
          {aside}
        </aside>
      ) : (
        isAsideOpen && (
          <Dialog
            title={words.draft.aboutThisDraft}
            onClose={() => {
              setAsideOpen(false);
            }}
          >
            {aside}
          </Dialog>
        )
      )}
    </div>
  );
}

/** The sign-in is the page around this one: it begins when that is loaded anew. */
function signInAgain(): void {
  location.reload();
}
