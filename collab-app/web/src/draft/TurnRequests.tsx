import type { Api, Draft } from '@ringdraft/client';
import { type ReactNode, useState } from 'react';
import { newIdempotencyKey } from '../browser';
import { ConfirmDialog } from '../components/Dialog';
import { ProblemNotice } from '../components/Notice';
import { placeText } from '../messages/count';
import { atName } from '../messages/names';
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
        {place >= 0 && `You asked for the ring: ${placeText(place, requests.length)}. `}
        {isAway && 'You are away: the ring skips you.'}
      </p>
      <div className="actions">
        {place < 0 ? (
          <button
            type="button"
            className="button"
            onClick={() => void run((options) => api.requestRing(draft.draft_id, options))}
            disabled={command.isRunning}
          >
            Ask for the ring
          </button>
        ) : (
          <button
            type="button"
            className="quiet"
            onClick={() => void run((options) => api.withdrawRequest(draft.draft_id, userId, options))}
            disabled={command.isRunning}
          >
            Withdraw my request
          </button>
        )}
        <button
          type="button"
          className="quiet"
          onClick={() => void run((options) => api.setAway(draft.draft_id, userId, !isAway, options))}
          disabled={command.isRunning}
        >
          {isAway ? 'I’m back' : 'I’m away'}
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
            Take the ring back…
          </button>
        )}
      </div>
      <ProblemNotice problem={command.problem} />
      {isRevoking && (
        <ConfirmDialog
          title={`Take the ring back from ${atName(holder)}?`}
          confirm="Take it back"
          onConfirm={() => void run((options) => api.revokeRing(draft.draft_id, { ringTerm: term, ...options }))}
          onClose={() => {
            setRevoking(false);
          }}
        >
          Their turn ends now, and you hold the ring. What they typed and did not append stays with them.
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
        {requests[0] !== undefined && `${atName(requests[0].user_id)} asks for the ring.`}
      </p>
      {requests.length > 0 && (
        <ul className="ring-requests" aria-label="Requests for the ring">
          {requests.slice(0, shownRequests).map(({ user_id: userId }) => (
            <li key={userId}>
              <span>
                {atName(userId)} asks{away.includes(userId) && ' · away'}
              </span>
              <button
                type="button"
                className="button"
                onClick={() => {
                  props.onPass(userId);
                }}
              >
                Pass<span className="visually-hidden"> to {atName(userId)}</span>
              </button>
              <button type="button" className="quiet" onClick={() => void decline(userId)} disabled={command.isRunning}>
                Decline<span className="visually-hidden"> the request of {atName(userId)}</span>
              </button>
            </li>
          ))}
          {requests.length > shownRequests && <li>{`${String(requests.length - shownRequests)} more ask`}</li>}
        </ul>
      )}
      <ProblemNotice problem={command.problem} />
    </>
  );
}
