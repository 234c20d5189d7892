import type { OutboxEntry } from '@ringdraft/client';
import type { ReactNode } from 'react';
import { recipientName } from './turn';
import { problemMessage } from '../messages/problems';
import { words } from '../messages/words';

/** What the server refused or failed to save: why, and what its author can do with it. */
export function RejectedEntries(props: {
  readonly entries: readonly OutboxEntry[];
  /** Sends again what was set aside. */
  readonly onRetry: (entry: OutboxEntry) => void;
  readonly onTakeBack: (entry: OutboxEntry) => void;
  readonly onDiscard: (entry: OutboxEntry) => void;
}): ReactNode {
  return (
    <div role="alert" className="rejected">
      {props.entries.map((entry) => (
        <div key={entry.key} className="notice problem">
          <div>
            <p>
              <strong>
                {entry.kind === 'append' ? words.rejected.segment : words.rejected.pass(recipientName(entry))}
              </strong>{' '}
              {entry.problem?.mayRetry === true && entry.tries > 0 && `${words.rejected.tried(entry.tries)} `}
              {entry.problem === null ? '' : problemMessage(entry.problem)}
            </p>
            {entry.kind === 'append' && (
              <blockquote className="rejected-text" dir="auto">
                {entry.content}
              </blockquote>
            )}
          </div>
          <div className="actions">
            {entry.problem?.mayRetry === true && (
              <button
                type="button"
                className="button"
                onClick={() => {
                  props.onRetry(entry);
                }}
              >
                {words.app.tryAgain}
              </button>
            )}
            {entry.kind === 'append' ? (
              <>
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    props.onTakeBack(entry);
                  }}
                >
                  {words.rejected.putBack}
                </button>
                <button
                  type="button"
                  className="quiet danger"
                  onClick={() => {
                    props.onDiscard(entry);
                  }}
                >
                  {words.rejected.discard}
                </button>
              </>
            ) : (
              <button
                type="button"
                className="button"
                onClick={() => {
                  props.onDiscard(entry);
                }}
              >
                {entry.problem?.mayRetry === true ? words.rejected.keepRing : words.app.understood}
              </button>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
