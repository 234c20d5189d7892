import type { Api, Draft } from '@ringdraft/client';
import { type SubmitEvent, type ReactNode, useId, useRef, useState } from 'react';
import { LengthCounter } from '../components/LengthCounter';
import { newIdempotencyKey } from '../browser';
import { ProblemNotice } from '../components/Notice';
import { PageHeading } from '../components/Page';
import { codePoints } from '../messages/count';
import { atName } from '../messages/names';
import { platformName } from '../messages/platforms';
import { words } from '../messages/words';
import { useCommand } from './useCommand';

/** The title with what kind of draft it is; its creator can rename it in place. */
export function DraftHeading(props: {
  readonly draft: Draft;
  readonly userId: string;
  readonly api: Api;
  readonly maxTitleCodePoints: number;
  readonly onChanged: () => void;
}): ReactNode {
  const { draft } = props;
  const [isRenaming, setRenaming] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  const stop = (): void => {
    setRenaming(false);
    requestAnimationFrame(() => renameButton.current?.focus());
  };
  return (
    <div className="draft-heading">
      {isRenaming ? (
        <Rename {...props} onStop={stop} />
      ) : (
        <div className="draft-title">
          <PageHeading>{draft.title}</PageHeading>
          {draft.creator_id === props.userId && (
            <button
              ref={renameButton}
              type="button"
              className="quiet"
              onClick={() => {
                setRenaming(true);
              }}
            >
              {words.draft.rename}
            </button>
          )}
        </div>
      )}
      <p className="draft-facts">
        <span>{words.draft.by(atName(draft.creator_id))}</span>
        {draft.platform !== null && <span>{words.draft.for(platformName(draft.platform))}</span>}
        <span>{words.count.segments(draft.segment_count)}</span>
        {draft.status === 'locked' && <span className="chip locked">{words.list.locked}</span>}
        {draft.status === 'completed' && <span className="chip completed">{words.list.completed}</span>}
      </p>
    </div>
  );
}

function Rename(props: {
  readonly draft: Draft;
  readonly api: Api;
  readonly maxTitleCodePoints: number;
  readonly onChanged: () => void;
  readonly onStop: () => void;
}): ReactNode {
  const id = useId();
  const [title, setTitle] = useState(props.draft.title);
  const command = useCommand();
  const isTooLong = codePoints(title) > props.maxTitleCodePoints;

  const rename = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const next = title.trim();
    if (next === '' || isTooLong) return;
    if (next === props.draft.title) {
      props.onStop();
      return;
    }
    const { draft_id: draftId } = props.draft;
    if (
      await command.run(() => props.api.updateDraft(draftId, { title: next }, { idempotencyKey: newIdempotencyKey() }))
    ) {
      props.onChanged();
      props.onStop();
    }
  };

  return (
    <form
      className="form rename"
      onSubmit={(event) => void rename(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onStop();
      }}
    >
      <div className="field">
        <label htmlFor={id}>{words.newDraft.title}</label>
        <input
          id={id}
          className="input"
          dir="auto"
          value={title}
          onChange={(event) => {
            setTitle(event.target.value);
            command.forget();
          }}
          autoFocus
          required
          autoComplete="off"
          aria-invalid={isTooLong}
          aria-describedby={`${id}-count`}
        />
        <div className="field-foot">
          <span />
          <LengthCounter id={`${id}-count`} text={title} maxCodePoints={props.maxTitleCodePoints} />
        </div>
      </div>
      <ProblemNotice problem={command.problem} />
      <div className="actions">
        <button
          type="submit"
          className="button primary"
          disabled={command.isRunning || title.trim() === '' || isTooLong}
        >
          {words.draft.saveTitle}
        </button>
        <button type="button" className="button" onClick={props.onStop}>
          {words.app.cancel}
        </button>
      </div>
    </form>
  );
}
