import type { AppendEntry, Segment } from '@ringdraft/client';
import { memo, type ReactNode } from 'react';
import { timeInFull, timeOfDay } from '../messages/times';
import { atName, authorClass } from '../messages/names';

/** The text as it has grown, with author and time in the margin, and at its end what is on its way. */
export const SegmentList = memo(function SegmentList(props: {
  readonly segments: readonly Segment[];
  readonly pending: readonly AppendEntry[];
  readonly userId: string;
  /** Any instant of today: times of other days are shown with their day. */
  readonly today: number;
}): ReactNode {
  const { segments, pending, userId, today } = props;
  if (segments.length === 0 && pending.length === 0) {
    return (
      <>
        <p className="empty-draft">
          Nothing is written yet. The member who holds the ring can write the first segment.
        </p>
      </>
    );
  }
  const lastAuthor = segments.at(-1)?.author_user_id;
  return (
    <>
      <ol className="segment-list" aria-label="Segments">
        {segments.map((segment, index) => (
          <SavedSegment
            key={segment.segment_id}
            segment={segment}
            continues={index > 0 && segments[index - 1]?.author_user_id === segment.author_user_id}
            today={today}
          />
        ))}
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
}): ReactNode {
  const { segment } = props;
  return (
    <li className={segmentClass(segment.author_user_id, props.continues)}>
      <p className="segment-by">
        <span className="segment-author">{atName(segment.author_user_id)}</span>{' '}
        <time dateTime={segment.created_at} title={timeInFull(segment.created_at)}>
          {timeOfDay(segment.created_at, props.today)}
        </time>
      </p>
      <p className="segment-text">{segment.content}</p>
    </li>
  );
});

const pendingText: Readonly<Record<AppendEntry['state'], string>> = {
  waiting: 'Waiting to be sent',
  sending: 'Saving…',
  saved: 'Saved',
  rejected: 'Not saved',
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
      <p className="segment-text">{entry.content}</p>
    </li>
  );
}

function segmentClass(userId: string, continues: boolean): string {
  return `segment ${authorClass(userId)}${continues ? ' continues' : ''}`;
}
