import type { Draft } from '@ringdraft/client';
import { useDraftRealtime } from '@ringdraft/client/react';
import { useState } from 'react';

/** A draft that the app has read, and what happens in it since. */
export function Story({ draft }: { readonly draft: Draft }) {
  const [segments, setSegments] = useState(draft.segments);
  const [holder, setHolder] = useState(draft.ring_state.current_holder_id);
  const { status, problem, retry } = useDraftRealtime({
    draftId: draft.draft_id,
    from: draft,
    onSegmentAdded: (segment) => {
      setSegments((known) => [...known, segment]);
    },
    onRingPassed: (_from, to) => {
      setHolder(to);
    },
    onSnapshot: (whole) => {
      setSegments(whole.segments);
      setHolder(whole.ring_state.current_holder_id);
    },
  });
  return (
    <article>
      <p>
        {holder} holds the ring ({status})
      </p>
      {problem !== null && <button onClick={retry}>{problem.detail}: try again</button>}
      {segments.map((segment) => (
        <p key={segment.segment_id}>{segment.content}</p>
      ))}
    </article>
  );
}
