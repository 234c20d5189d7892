import type { Draft, RingPassedEvent } from '@ringdraft/client';
import type { UseDraftResult } from '@ringdraft/client/react';
import { type ReactNode, useState } from 'react';
import { draftsPath, navigateTo } from '../navigation';
import { Dialog } from '../components/Dialog';
import { Notice } from '../components/Notice';
import { usePageTitle } from '../components/Page';
import { useMedia } from '../components/useMedia';
import { useNow } from '../components/useNow';
import { useSignedIn } from '../session/SessionGate';
import { counted } from '../messages/count';
import { problemMessage } from '../messages/problems';
import { DraftHeading } from './DraftHeading';
import { DraftStatusPanel } from './DraftStatusPanel';
import { KeepPlace, LoadingEarlier } from './EarlierText';
import { Editor } from './Editor';
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
import { useScrollToEnd } from './useScrollToEnd';
import { typingHolder } from './typing';

/** A draft that was read: the text, the editor below it, and who belongs to it beside it or behind a button. */
export function OpenDraft(props: {
  readonly draft: Draft;
  readonly session: UseDraftResult;
  readonly userId: string;
  /** How the reader's last turn ended, where they did not end it themselves. */
  readonly turnEnd: RingPassedEvent | null;
  readonly onTurnEndSeen: () => void;
}): ReactNode {
  const { draft, session, userId } = props;
  const { limits } = useSignedIn();
  const now = useNow();
  const today = new Date(now).setHours(0, 0, 0, 0);
  const isWide = useMedia('(min-width: 64rem)');
  const [isAsideOpen, setAsideOpen] = useState(false);
  const editor = useDraftEditor(draft, session, userId);
  const { end, isAtEnd, unseen, goToEnd } = useScrollToEnd(
    draft.segment_count,
    editor.pendingAppends.length,
    session.loadedFrom > 0,
  );
  const isMyTurn = editor.turn.kind === 'mine';
  usePageTitle(`${isMyTurn ? 'Your turn · ' : ''}${draft.title}`);
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
      <div className="draft-main">
        <DraftHeading
          draft={draft}
          userId={userId}
          api={session.api}
          maxTitleCodePoints={limits.titleCodePoints}
          onChanged={onChanged}
        />
        <div className="status-bar">
          <ConnectionBadge status={session.status} />
          {!session.hasGivenUp && (
            <RingStatus
              draft={draft}
              userId={userId}
              now={now}
              writer={typingHolder(draft, session.presence, userId)}
              serverNow={session.serverNow}
            />
          )}
          {!isWide && (
            <button
              type="button"
              className="quiet members-button"
              onClick={() => {
                setAsideOpen(true);
              }}
            >
              {counted(membersOf(draft).length, 'member')}
            </button>
          )}
        </div>
        <PresenceList presence={session.presence} userId={userId} />
        {session.hasGivenUp && session.problem !== null && (
          <div role="alert">
            <Notice
              action={
                <button type="button" className="button" onClick={session.refresh}>
                  Try again
                </button>
              }
            >
              {connectionProblemMessage(session.problem.code)}
            </Notice>
          </div>
        )}

        <KeepPlace from={session.loadedFrom}>
          {session.loadedFrom > 0 && <LoadingEarlier loadedFrom={session.loadedFrom} count={draft.segment_count} />}
          <SegmentList segments={draft.segments} pending={editor.pendingAppends} userId={userId} today={today} />
        </KeepPlace>
        <div ref={end} />

        <div className="dock">
          {!isAtEnd && (
            <button type="button" className="button scroll-to-end" onClick={goToEnd}>
              {unseen > 0 ? `${counted(unseen, 'new segment')} ↓` : 'To the end ↓'}
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
              <Notice>
                Much is waiting to be sent already. Your text stays here; try again once you are back online.
              </Notice>
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
        <aside className="draft-aside" aria-label="Members and standing">
          {aside}
        </aside>
      ) : (
        isAsideOpen && (
          <Dialog
            title="About this draft"
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

/** The message for a user who still sees the text after the connection ended for good. */
function connectionProblemMessage(code: string): string {
  if (code === 'not_found' || code === 'forbidden') {
    return 'You are no longer a member of this draft. This page shows its last known text. Copy what you need.';
  }
  return problemMessage({ code });
}
