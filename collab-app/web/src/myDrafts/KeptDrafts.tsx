import { type ReactNode, useEffect, useState } from 'react';
import { useNow } from '../components/useNow';
import { type SavedDraft, savedDrafts } from '../draft/savedDraft';
import { timeAgo } from '../messages/times';
import { words } from '../messages/words';
import { draftPath, Link } from '../navigation';

/** The drafts that this browser keeps, while the list can't be read. */
export function KeptDrafts(props: { readonly userId: string }): ReactNode {
  const { userId } = props;
  const now = useNow();
  const [saved, setSaved] = useState<readonly SavedDraft[]>([]);
  useEffect(() => {
    let isOver = false;
    void savedDrafts(userId).then((drafts) => {
      if (!isOver) setSaved(drafts);
    });
    return () => {
      isOver = true;
    };
  }, [userId]);
  if (saved.length === 0) return null;
  return (
    <section className="kept-drafts">
      <p className="hint">{words.list.keptHere}</p>
      <ul className="draft-list">
        {saved.map(({ at, draft }) => (
          <li key={draft.draft_id} className="draft-card">
            <h2>
              <Link to={draftPath(draft.draft_id)} dir="auto">
                {draft.title}
              </Link>
            </h2>
            <p className="draft-facts">
              <span>{words.count.segments(draft.segment_count)}</span>
              <time dateTime={at}>{timeAgo(at, now)}</time>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
