import type { Api, Draft, DraftStatus } from '@ringdraft/client';
import { type ReactNode, useId, useState } from 'react';
import { ConfirmDialog } from '../components/Dialog';
import { newIdempotencyKey } from '../browser';
import { ProblemNotice } from '../components/Notice';
import { useCommand } from './useCommand';

const meanings: Readonly<Record<DraftStatus, string>> = {
  active: 'Open: the member who holds the ring can write the next segment.',
  locked: 'Locked: nobody can add to it until it is reopened.',
  completed: 'Completed: the text can no longer change.',
};

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
      <h2 id={`${id}-standing`}>This draft</h2>
      <p className="hint" role="status">
        {meanings[draft.status]}
      </p>
      {mayChange && (
        <div className="actions">
          {draft.status === 'active' ? (
            <button type="button" className="button" onClick={() => void change('locked')} disabled={command.isRunning}>
              Lock
            </button>
          ) : (
            <button type="button" className="button" onClick={() => void change('active')} disabled={command.isRunning}>
              Reopen
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
            Complete…
          </button>
        </div>
      )}
      <ProblemNotice problem={command.problem} />
      {isCompleting && (
        <ConfirmDialog
          title="Complete this draft?"
          confirm="Complete it"
          onConfirm={() => void change('completed')}
          onClose={() => {
            setCompleting(false);
          }}
        >
          Nobody will be able to add to it again, and it can’t be reopened. Everybody can still read it.
        </ConfirmDialog>
      )}
    </section>
  );
}
