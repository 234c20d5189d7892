import type { Api, Draft, PresentUser, Role } from '@ringdraft/client';
import { type SubmitEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Avatar } from '../components/Avatar';
import { ConfirmDialog } from '../components/Dialog';
import { newIdempotencyKey } from '../browser';
import { ProblemNotice } from '../components/Notice';
import { atName } from '../messages/names';
import { words } from '../messages/words';
import { hereFirst, type Member, mayHoldRing, membersOf } from './membership';
import { MemberSearch } from './MemberSearch';
import { type Command, useCommand } from './useCommand';

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
      <h2 id={`${id}-members`}>{words.members.members}</h2>
      {isCreator && <AddMember draftId={draft.draft_id} api={api} onAdded={props.onChanged} />}
      <MemberSearch members={hereFirst(members, here, userId)}>
        {(found) => (
          <ul className="members">
            {found.map((member) => (
              <li key={member.userId} className="member">
                <Avatar userId={member.userId} holds={member.userId === holder && draft.status === 'active'} />
                <div className="member-text">
                  <span className="member-name">
                    {member.userId === userId ? words.members.you(atName(userId)) : atName(member.userId)}
                  </span>
                  <span className="hint">
                    {[
                      words.members[member.role],
                      member.userId === holder && draft.status === 'active' ? words.members.holdsTheRing : '',
                      member.userId === draft.ring_state.next_user_id && draft.status === 'active'
                        ? words.members.next
                        : '',
                      asking.has(member.userId) ? words.members.asks : '',
                      away.has(member.userId)
                        ? words.members.away
                        : here.has(member.userId)
                          ? words.members.hereNow
                          : '',
                    ]
                      .filter((part) => part !== '')
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
                      {member.userId === userId ? words.members.leave : words.members.remove}
                      {member.userId !== userId && <span className="visually-hidden"> {atName(member.userId)}</span>}
                    </button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </MemberSearch>
      <ProblemNotice problem={command.problem} />
      {going !== null && (
        <ConfirmDialog
          title={going.userId === userId ? words.members.leaveThis : words.members.removeName(atName(going.userId))}
          confirm={going.userId === userId ? words.members.leaveIt : words.members.remove}
          onConfirm={() => void remove(going)}
          onClose={() => {
            setGoing(null);
          }}
        >
          {going.userId === userId ? words.members.leaveMeans : words.members.removeMeans}
          {going.userId === draft.ring_state.current_holder_id &&
            ` ${words.members.ringGoesTo(atName(draft.ring_state.next_user_id ?? draft.creator_id))}`}
        </ConfirmDialog>
      )}
    </section>
  );
}

function awayText(isReader: boolean, isAway: boolean): string {
  if (isReader) return isAway ? words.members.iAmBack : words.members.iAmAway;
  return isAway ? words.members.markBack : words.members.markAway;
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
      <h3>{words.members.addSomebody}</h3>
      <div className="field">
        <label htmlFor={`${id}-name`}>{words.members.userId}</label>
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
        <label htmlFor={`${id}-role`}>{words.members.role}</label>
        <select
          id={`${id}-role`}
          className="input"
          value={role}
          onChange={(event) => {
            setRole(event.target.value === 'viewer' ? 'viewer' : 'contributor');
          }}
        >
          <option value="contributor">{words.members.contributorMeans}</option>
          <option value="viewer">{words.members.viewerMeans}</option>
        </select>
      </div>
      <ProblemNotice problem={command.problem} />
      <button type="submit" className="button" disabled={command.isRunning}>
        {command.isRunning ? words.members.adding : words.members.add}
      </button>
    </form>
  );
}
