import type { Api, Draft, PresentUser, Role } from '@ringdraft/client';
import { type SubmitEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Avatar } from '../components/Avatar';
import { ConfirmDialog } from '../components/Dialog';
import { newIdempotencyKey } from '../browser';
import { ProblemNotice } from '../components/Notice';
import { atName } from '../messages/names';
import { type Member, mayHoldRing, membersOf } from './membership';
import { type Command, useCommand } from './useCommand';

const roleNames: Readonly<Record<Member['role'], string>> = {
  creator: 'creator',
  contributor: 'contributor',
  viewer: 'viewer',
};

/** Who belongs to the draft. Its creator adds and removes; everybody else may leave. */
export function Members(props: {
  readonly draft: Draft;
  readonly userId: string;
  readonly presence: readonly PresentUser[];
  readonly api: Api;
  readonly onChanged: () => void;
  readonly onLeft: () => void;
}): ReactNode {
  const { draft, userId, api } = props;
  const isCreator = draft.creator_id === userId;
  const members = membersOf(draft);
  const here = new Set(props.presence.map((user) => user.user_id));
  const holder = draft.ring_state.current_holder_id;
  const asking = new Set(draft.ring_state.requests.map((request) => request.user_id));
  const away = new Set(draft.ring_state.away);
  const [going, setGoing] = useState<Member | null>(null);
  const command = useCommand();
  const id = useId();

  const remove = async (member: Member): Promise<void> => {
    const isDone = await command.run(() =>
      api.removeCollaborator(draft.draft_id, member.userId, { idempotencyKey: newIdempotencyKey() }),
    );
    if (!isDone) return;
    if (member.userId === userId) props.onLeft();
    else props.onChanged();
  };

  const setAway = async (member: Member, isAway: boolean): Promise<void> => {
    const options = { idempotencyKey: newIdempotencyKey() };
    if (await command.run(() => api.setAway(draft.draft_id, member.userId, isAway, options))) props.onChanged();
  };

  return (
    <section className="panel" aria-labelledby={`${id}-members`}>
      <h2 id={`${id}-members`}>Members</h2>
      <ul className="members">
        {members.map((member) => (
          <li key={member.userId} className="member">
            <Avatar userId={member.userId} holds={member.userId === holder && draft.status === 'active'} />
            <div className="member-text">
              <span className="member-name">
                {atName(member.userId)}
                {member.userId === userId && ' (you)'}
              </span>
              <span className="hint">
                {[
                  roleNames[member.role],
                  member.userId === holder && draft.status === 'active' ? 'holds the ring' : '',
                  member.userId === draft.ring_state.next_user_id && draft.status === 'active' ? 'next' : '',
                  asking.has(member.userId) ? 'asks for the ring' : '',
                  away.has(member.userId) ? 'away' : here.has(member.userId) ? 'here now' : '',
                ]
                  .filter((words) => words !== '')
                  .join(' · ')}
              </span>
            </div>
            <div className="member-actions">
              {draft.status !== 'completed' && mayHoldRing(member) && (isCreator || member.userId === userId) && (
                <button
                  type="button"
                  className="quiet"
                  onClick={() => void setAway(member, !away.has(member.userId))}
                  disabled={command.isRunning}
                >
                  {awayText(member.userId === userId, away.has(member.userId))}
                  {member.userId !== userId && <span className="visually-hidden"> {atName(member.userId)}</span>}
                </button>
              )}
              {member.role !== 'creator' && (isCreator || member.userId === userId) && (
                <button
                  type="button"
                  className="quiet danger"
                  onClick={() => {
                    setGoing(member);
                  }}
                  disabled={command.isRunning}
                >
                  {member.userId === userId ? 'Leave' : 'Remove'}
                  {member.userId !== userId && <span className="visually-hidden"> {atName(member.userId)}</span>}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <ProblemNotice problem={command.problem} />
      {isCreator && <AddMember draftId={draft.draft_id} api={api} onAdded={props.onChanged} />}
      {going !== null && (
        <ConfirmDialog
          title={going.userId === userId ? 'Leave this draft?' : `Remove ${atName(going.userId)}?`}
          confirm={going.userId === userId ? 'Leave the draft' : 'Remove'}
          onConfirm={() => void remove(going)}
          onClose={() => {
            setGoing(null);
          }}
        >
          {going.userId === userId
            ? 'Your segments stay in the text. You can come back only when the creator adds you again.'
            : 'Their segments stay in the text, and they can no longer read it here.'}
          {going.userId === draft.ring_state.current_holder_id &&
            ` The ring goes to ${atName(draft.ring_state.next_user_id ?? draft.creator_id)}.`}
        </ConfirmDialog>
      )}
    </section>
  );
}

function awayText(isReader: boolean, isAway: boolean): string {
  if (isReader) return isAway ? 'I’m back' : 'I’m away';
  return isAway ? 'Mark back' : 'Mark away';
}

function AddMember(props: { readonly draftId: string; readonly api: Api; readonly onAdded: () => void }): ReactNode {
  const id = useId();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('contributor');
  const command: Command = useCommand();
  const input = useRef<HTMLInputElement>(null);

  const add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const userId = name.trim().replace(/^@/, '');
    if (userId === '') {
      input.current?.focus();
      return;
    }
    const isDone = await command.run(() =>
      props.api.addCollaborator(props.draftId, userId, { role, idempotencyKey: newIdempotencyKey() }),
    );
    input.current?.focus();
    if (!isDone) return;
    setName('');
    props.onAdded();
  };

  return (
    <form className="add-member" onSubmit={(event) => void add(event)} noValidate>
      <h3>Add somebody</h3>
      <div className="field">
        <label htmlFor={`${id}-name`}>User id</label>
        <input
          ref={input}
          id={`${id}-name`}
          className="input"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            command.forget();
          }}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-role`}>Role</label>
        <select
          id={`${id}-role`}
          className="input"
          value={role}
          onChange={(event) => {
            setRole(event.target.value === 'viewer' ? 'viewer' : 'contributor');
          }}
        >
          <option value="contributor">Contributor: writes</option>
          <option value="viewer">Viewer: reads along</option>
        </select>
      </div>
      <ProblemNotice problem={command.problem} />
      <button type="submit" className="button" disabled={command.isRunning}>
        {command.isRunning ? 'Adding…' : 'Add'}
      </button>
    </form>
  );
}
