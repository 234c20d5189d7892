import type { Api, Draft, DraftStatus } from '@ringdraft/client';
import { type ReactNode, useId, useState } from 'react';
import { ConfirmDialog } from '../components/Dialog';
import { newIdempotencyKey } from '../browser';
import { ProblemNotice } from '../components/Notice';
import { words } from '../messages/words';
import { useCommand } from './useCommand';

/** Whether the draft takes segments, and the creator's means to change that. */
export function DraftStatusPanel(props: {
  readonly draft: Draft;
  readonly userId: string;
  readonly api: Api;
  readonly onChanged: () => void;
}): ReactNode {
  const { draft, api } = props;
  const id = useId();
  const command = useCommand();
  const [isCompleting, setCompleting] = useState(false);
  const mayChange = draft.creator_id === props.userId && draft.status !== 'completed';

  const change = async (status: DraftStatus): Promise<void> => {
    if (await command.run(() => api.updateDraft(draft.draft_id, { status }, { idempotencyKey: newIdempotencyKey() }))) {
      props.onChanged();
    }
  };

  return (
    <section className="panel" aria-labelledby={`${id}-standing`}>
      <h2 id={`${id}-standing`}>{words.status.thisDraft}</h2>
      <p className="hint" role="status">
        {words.status[draft.status]}
      </p>
      {mayChange && (
        <div className="actions">
          {draft.status === 'active' ? (
            <button type="button" className="button" onClick={() => void change('locked')} disabled={command.isRunning}>
              {words.status.lock}
            </button>
          ) : (
            <button type="button" className="button" onClick={() => void change('active')} disabled={command.isRunning}>
              {words.status.reopen}
            </button>
          )}
          <button
            type="button"
            className="button"
            onClick={() => {
              setCompleting(true);
            }}
            disabled={command.isRunning}
          >
            {words.status.complete}
          </button>
        </div>
      )}
      <ProblemNotice problem={command.problem} />
      {isCompleting && (
        <ConfirmDialog
          title={words.status.completeThis}
          confirm={words.status.completeIt}
          onConfirm={() => void change('completed')}
          onClose={() => {
            setCompleting(false);
          }}
        >
          {words.status.completeMeans}
        </ConfirmDialog>
      )}
    </section>
  );
}
