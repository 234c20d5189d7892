import type { AppendEntry, Segment } from '@ringdraft/client';
import { memo, type ReactNode, type RefObject } from 'react';
import { sinceText, timeInFull, timeOfDay } from '../messages/times';
import { atName, authorClass } from '../messages/names';
import { words } from '../messages/words';

/** The text as it has grown, with author and time in the margin, and at its end what is on its way. */
export const SegmentList = memo(function SegmentList(props: {
  readonly segments: readonly Segment[];
  readonly pending: readonly AppendEntry[];
  readonly userId: string;
  /** Any instant of today: times of other days are shown with their day. */
  readonly today: number;
  /** The first segment that is new to the reader, and since when; null when there is none. */
  readonly news: { readonly position: number; readonly since: string } | null;
  readonly ref: RefObject<HTMLOListElement | null>;
}): ReactNode {
  const { segments, pending, userId, today, news, ref } = props;
  if (segments.length === 0 && pending.length === 0) {
    return (
      <>
        <p className="empty-draft">{words.draft.empty}</p>
      </>
    );
  }
  const lastAuthor = segments.at(-1)?.author_user_id;
  return (
    <>
      <ol ref={ref} className="segment-list" aria-label={words.draft.segments}>
        {segments.map((segment, index) => {
          const isNew = segment.position === news?.position;
          return (
            <SavedSegment
              key={segment.segment_id}
              segment={segment}
              continues={!isNew && index > 0 && segments[index - 1]?.author_user_id === segment.author_user_id}
              today={today}
              newSince={isNew ? news.since : null}
            />
          );
        })}
        {pending.map((entry, index) => (
          <PendingSegment
            key={entry.key}
            entry={entry}
            userId={userId}
            continues={index > 0 || lastAuthor === userId}
          />
        ))}
      </ol>
    </>
  );
});

const SavedSegment = memo(function SavedSegment(props: {
  readonly segment: Segment;
  readonly continues: boolean;
  readonly today: number;
  readonly newSince: string | null;
}): ReactNode {
  const { segment, today, newSince } = props;
  return (
    <li className={segmentClass(segment.author_user_id, props.continues)}>
      {newSince !== null && <p className="new-since">{words.draft.newSince(sinceText(newSince, today))}</p>}
      <p className="segment-by">
        <span className="segment-author">{atName(segment.author_user_id)}</span>{' '}
        <time dateTime={segment.created_at} title={timeInFull(segment.created_at)}>
          {timeOfDay(segment.created_at, today)}
        </time>
      </p>
      <p className="segment-text" dir="auto">
        {segment.content}
      </p>
    </li>
  );
});

const pendingText: Readonly<Record<AppendEntry['state'], string>> = {
  waiting: words.draft.waitingToBeSent,
  sending: words.draft.saving,
  saved: words.draft.saved,
  rejected: words.draft.notSaved,
};

function PendingSegment(props: {
  readonly entry: AppendEntry;
  readonly userId: string;
  readonly continues: boolean;
}): ReactNode {
  const { entry } = props;
  return (
    <li className={`${segmentClass(props.userId, props.continues)} pending`}>
      <p className="segment-by">
        <span className="segment-author">{atName(props.userId)}</span>{' '}
        <span className="segment-state">{pendingText[entry.state]}</span>
      </p>
      <p className="segment-text" dir="auto">
        {entry.content}
      </p>
    </li>
  );
}

function segmentClass(userId: string, continues: boolean): string {
  return `segment ${authorClass(userId)}${continues ? ' continues' : ''}`;
}
