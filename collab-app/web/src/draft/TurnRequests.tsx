import type { Api, Draft } from '@ringdraft/client';
import { type ReactNode, useState } from 'react';
import { newIdempotencyKey } from '../browser';
import { ConfirmDialog } from '../components/Dialog';
import { ProblemNotice } from '../components/Notice';
import { atName } from '../messages/names';
import { words } from '../messages/words';
import { useCommand } from './useCommand';

interface TurnProps {
  readonly draft: Draft;
  readonly userId: string;
  readonly api: Api;
  readonly onChanged: () => void;
}

/** What a member who waits can do about the turn: ask for it, and say that they are away; the creator takes it back. */
export function WaitingActions(props: TurnProps): ReactNode {
  const { draft, userId, api } = props;
  const { requests, away, current_holder_id: holder, term } = draft.ring_state;
  const [isRevoking, setRevoking] = useState(false);
  const command = useCommand();
  const place = requests.findIndex((request) => request.user_id === userId);
  const isAway = away.includes(userId);
  const run = async (change: (options: { readonly idempotencyKey: string }) => Promise<unknown>): Promise<void> => {
    await command.run(() => change({ idempotencyKey: newIdempotencyKey() }));
    props.onChanged();
  };

  return (
    <div className="turn-actions">
      <p className="turn-standing" role="status">
        {place >= 0 && `${words.requests.youAsked(place, requests.length)} `}
        {isAway && words.requests.youAreAway}
      </p>
      <div className="actions">
        {place < 0 ? (
          <button
            type="button"
            className="button"
            onClick={() => void run((options) => api.requestRing(draft.draft_id, options))}
            disabled={command.isRunning}
          >
            {words.requests.ask}
          </button>
        ) : (
          <button
            type="button"
            className="quiet"
            onClick={() => void run((options) => api.withdrawRequest(draft.draft_id, userId, options))}
            disabled={command.isRunning}
          >
            {words.requests.withdraw}
          </button>
        )}
        <button
          type="button"
          className="quiet"
          onClick={() => void run((options) => api.setAway(draft.draft_id, userId, !isAway, options))}
          disabled={command.isRunning}
        >
          {isAway ? words.members.iAmBack : words.members.iAmAway}
        </button>
        {draft.creator_id === userId && (
          <button
            type="button"
            className="quiet danger"
            onClick={() => {
              setRevoking(true);
            }}
            disabled={command.isRunning}
          >
            {words.requests.takeBack}
          </button>
        )}
      </div>
      <ProblemNotice problem={command.problem} />
      {isRevoking && (
        <ConfirmDialog
          title={words.requests.takeBackFrom(atName(holder))}
          confirm={words.requests.takeItBack}
          onConfirm={() => void run((options) => api.revokeRing(draft.draft_id, { ringTerm: term, ...options }))}
          onClose={() => {
            setRevoking(false);
          }}
        >
          {words.requests.takeBackMeans}
        </ConfirmDialog>
      )}
    </div>
  );
}

/** How many requests the holder sees beside the text; all of them are in the list of members. */
const shownRequests = 3;

/** The queue, for the holder: one click passes the ring. */
export function RingRequests(props: TurnProps & { readonly onPass: (toUserId: string) => void }): ReactNode {
  const { draft, api } = props;
  const { requests, away } = draft.ring_state;
  const command = useCommand();
  const decline = async (userId: string): Promise<void> => {
    await command.run(() => api.declineRequest(draft.draft_id, userId, { idempotencyKey: newIdempotencyKey() }));
    props.onChanged();
  };
  return (
    <>
      <p className="visually-hidden" role="status">
        {requests[0] !== undefined && words.requests.asksForTheRing(atName(requests[0].user_id))}
      </p>
      {requests.length > 0 && (
        <ul className="ring-requests" aria-label={words.requests.list}>
          {requests.slice(0, shownRequests).map(({ user_id: userId }) => (
            <li key={userId}>
              <span>
                {words.requests.asks(atName(userId))}
                {away.includes(userId) && ` · ${words.members.away}`}
              </span>
              <button
                type="button"
                className="button"
                onClick={() => {
                  props.onPass(userId);
                }}
              >
                {words.pass.pass}
                <span className="visually-hidden">{words.pass.toName(atName(userId))}</span>
              </button>
              <button type="button" className="quiet" onClick={() => void decline(userId)} disabled={command.isRunning}>
                {words.requests.decline}
                <span className="visually-hidden">{words.requests.declineOf(atName(userId))}</span>
              </button>
            </li>
          ))}
          {requests.length > shownRequests && <li>{words.requests.moreAsk(requests.length - shownRequests)}</li>}
        </ul>
      )}
      <ProblemNotice problem={command.problem} />
    </>
  );
}
