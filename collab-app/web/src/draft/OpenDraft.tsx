import type { AppendEntry, Draft, OutboxEntry } from '@ringdraft/client';
import type { DraftInHand } from '@ringdraft/client/react';
import { type ReactNode, useMemo, useState } from 'react';
import { draftsPath, goTo } from '../navigation';
import { Dialog } from '../parts/Dialog';
import { Notice } from '../parts/Notice';
import { usePageTitle } from '../parts/Page';
import { useMedia } from '../parts/useMedia';
import { useNow } from '../parts/useNow';
import { useSignedIn } from '../session/SessionGate';
import { counted } from '../words/count';
import { refusalSentence } from '../words/refusals';
import { DraftHeading } from './DraftHeading';
import { DraftStanding } from './DraftStanding';
import { Editor } from './Editor';
import { HereNow } from './HereNow';
import { LiveBadge } from './LiveBadge';
import { Manuscript } from './Manuscript';
import { Members } from './Members';
import { membersOf } from './membership';
import { PassRing } from './PassRing';
import { Returned } from './Returned';
import { RingLine } from './RingLine';
import { turnOf } from './turn';
import { useEndOfText } from './useEndOfText';
import { useWriting } from './useWriting';
import { writerOf } from './writer';

/** A draft that was read: the text, the editor below it, and who belongs to it beside it or behind a button. */
export function OpenDraft(props: {
  readonly draft: Draft;
  readonly inHand: DraftInHand;
  readonly userId: string;
}): ReactNode {
  const { draft, inHand, userId } = props;
  const { limits } = useSignedIn();
  const now = useNow();
  const today = new Date(now).setHours(0, 0, 0, 0);
  const isWide = useMedia('(min-width: 64rem)');
  const [isAsideOpen, setAsideOpen] = useState(false);
  const [focusAsked, setFocusAsked] = useState(0);
  const [isOutboxFull, setOutboxFull] = useState(false);
  const [text, write] = useWriting(draft.draft_id, userId);

  const pendingAppends = useMemo(
    () => inHand.pending.filter((entry): entry is AppendEntry => entry.kind === 'append'),
    [inHand.pending],
  );
  const { end, isAtEnd, unseen, goToEnd } = useEndOfText(draft.segments.length, pendingAppends.length);
  const turn = inHand.problem === null ? turnOf(draft, userId, inHand.pending) : gone;
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
    inHand.announce(typed.trim() === '' ? 'viewing' : 'typing');
  };
  const append = (): void => {
    if (!isTaken(() => inHand.append(text))) return;
    write('');
    inHand.announce('viewing');
  };
  const pass = (toUserId: string): void => {
    if (!isTaken(() => inHand.passRing(toUserId))) return;
    inHand.announce('viewing');
    setFocusAsked((asked) => asked + 1);
  };
  const takeBack = (entry: OutboxEntry): void => {
    const taken = inHand.takeBack(entry.key);
    if (taken?.kind !== 'append') return;
    write(text.trim() === '' ? taken.content : `${taken.content}\n\n${text}`);
    setFocusAsked((asked) => asked + 1);
  };
  const onChanged = (): void => {
    if (inHand.status !== 'ws') inHand.refresh();
  };

  const aside = (
    <>
      <Members
        draft={draft}
        userId={userId}
        presence={inHand.presence}
        api={inHand.api}
        onChanged={onChanged}
        onLeft={() => {
          goTo(draftsPath);
        }}
      />
      <DraftStanding draft={draft} userId={userId} api={inHand.api} onChanged={onChanged} />
    </>
  );

  return (
    <div className="draft-page">
      <div className="draft-main">
        <DraftHeading
          draft={draft}
          userId={userId}
          api={inHand.api}
          maxTitleCodePoints={limits.titleCodePoints}
          onChanged={onChanged}
        />
        <div className="strip">
          <LiveBadge status={inHand.status} />
          <RingLine draft={draft} userId={userId} now={now} writer={writerOf(draft, inHand.presence, userId)} />
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
        <HereNow presence={inHand.presence} userId={userId} />
        {inHand.problem !== null && (
          <div role="alert">
            <Notice
              action={
                <button type="button" className="button" onClick={inHand.refresh}>
                  Try again
                </button>
              }
            >
              {connectionWords(inHand.problem.code)}
            </Notice>
          </div>
        )}

        <Manuscript segments={draft.segments} pending={pendingAppends} userId={userId} today={today} />
        <div ref={end} />

        <div className="dock">
          {!isAtEnd && (
            <button type="button" className="button to-end" onClick={goToEnd}>
              {unseen > 0 ? `${counted(unseen, 'new segment')} ↓` : 'To the end ↓'}
            </button>
          )}
          <Returned entries={inHand.returned} onTakeBack={takeBack} onDiscard={(entry) => inHand.takeBack(entry.key)} />
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
              <PassRing members={membersOf(draft)} userId={userId} presence={inHand.presence} onPass={pass} />
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
function connectionWords(code: string): string {
  if (code === 'not_found' || code === 'forbidden') {
    return 'You are no longer a member of this draft. What you see is how it was; copy what you need before you go.';
  }
  return refusalSentence({ code });
}
