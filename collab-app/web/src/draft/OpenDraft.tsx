import type { AppendEntry, Draft, OutboxEntry } from '@ringdraft/client';
import type { UseDraftResult } from '@ringdraft/client/react';
import { type ReactNode, useMemo, useState } from 'react';
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
import { StorageNotice } from './StorageNotice';
import { turnOf } from './turn';
import { useScrollToEnd } from './useScrollToEnd';
import { useStoredText } from './useStoredText';
import { typingHolder } from './typing';

/** A draft that was read: the text, the editor below it, and who belongs to it beside it or behind a button. */
export function OpenDraft(props: {
  readonly draft: Draft;
  readonly session: UseDraftResult;
  readonly userId: string;
}): ReactNode {
  const { draft, session, userId } = props;
  const { limits } = useSignedIn();
  const now = useNow();
  const today = new Date(now).setHours(0, 0, 0, 0);
  const isWide = useMedia('(min-width: 64rem)');
  const [isAsideOpen, setAsideOpen] = useState(false);
  const [focusAsked, setFocusAsked] = useState(0);
  const [isOutboxFull, setOutboxFull] = useState(false);
  const { text, isStored, write } = useStoredText(draft.draft_id, userId);

  const pendingAppends = useMemo(
    () => session.pending.filter((entry): entry is AppendEntry => entry.kind === 'append'),
    [session.pending],
  );
  const { end, isAtEnd, unseen, goToEnd } = useScrollToEnd(
    draft.segment_count,
    pendingAppends.length,
    session.loadedFrom > 0,
  );
  const entries = [...session.pending, ...session.rejected];
  const turn = session.problem === null ? turnOf(draft, userId, session.pending) : gone;
  usePageTitle(`${turn.kind === 'mine' ? 'Your turn · ' : ''}${draft.title}`);

  /** The outbox refuses what is beyond its capacity. */
  const isTaken = (give: () => OutboxEntry): boolean => {
    try {
      give();
      setOutboxFull(false);
      return true;
    } catch (failure) {
      if (!(failure instanceof RangeError)) throw failure;
      setOutboxFull(true);
      return false;
    }
  };
  const type = (typed: string): void => {
    write(typed);
    session.announce(typed.trim() === '' ? 'viewing' : 'typing');
  };
  const append = (): void => {
    if (!isTaken(() => session.append(text))) return;
    write('');
    session.announce('viewing');
  };
  const pass = (toUserId: string): void => {
    if (!isTaken(() => session.passRing(toUserId))) return;
    session.announce('viewing');
    setFocusAsked((asked) => asked + 1);
  };
  const takeBack = (entry: OutboxEntry): void => {
    const taken = session.takeBack(entry.key);
    if (taken?.kind !== 'append') return;
    write(text.trim() === '' ? taken.content : `${taken.content}\n\n${text}`);
    setFocusAsked((asked) => asked + 1);
  };
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
          <RingStatus draft={draft} userId={userId} now={now} writer={typingHolder(draft, session.presence, userId)} />
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
        {session.problem !== null && (
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
          <SegmentList segments={draft.segments} pending={pendingAppends} userId={userId} today={today} />
        </KeepPlace>
        <div ref={end} />

        <div className="dock">
          {!isAtEnd && (
            <button type="button" className="button scroll-to-end" onClick={goToEnd}>
              {unseen > 0 ? `${counted(unseen, 'new segment')} ↓` : 'To the end ↓'}
            </button>
          )}
          <StorageNotice
            isStored={isStored && entries.every((entry) => entry.isKept)}
            hasUnsent={text !== '' || entries.length > 0}
          />
          <RejectedEntries
            entries={session.rejected}
            onRetry={(entry) => session.retry(entry.key)}
            onTakeBack={takeBack}
            onDiscard={(entry) => session.takeBack(entry.key)}
          />
          {isOutboxFull && (
            <div role="alert">
              <Notice>
                Much is waiting to be sent already. Your text stays here; try again once you are back online.
              </Notice>
            </div>
          )}
          <Editor
            turn={turn}
            text={text}
            maxCodePoints={limits.contentCodePoints}
            onChange={type}
            onAppend={append}
            focusAsked={focusAsked}
          >
            {turn.kind === 'mine' && (
              <PassRing members={membersOf(draft)} userId={userId} presence={session.presence} onPass={pass} />
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

const gone = { kind: 'reading', reason: 'This page is not connected to the draft any more.' } as const;

/** What ended the connection for good, told to one who still sees the text. */
function connectionProblemMessage(code: string): string {
  if (code === 'not_found' || code === 'forbidden') {
    return 'You are no longer a member of this draft. This page shows its last known text. Copy what you need.';
  }
  return problemMessage({ code });
}
