import { type ReactNode, useEffect, useState } from 'react';
import { watchForUpdate } from '../browser';
import { words } from '../messages/words';

/** Offers a new version of these pages once it is there; nothing changes before the reader wants it. */
export function UpdateNotice(): ReactNode {
  const [update, setUpdate] = useState<{ readonly apply: () => void } | null>(null);
  useEffect(
    () =>
      watchForUpdate((apply) => {
        setUpdate({ apply });
      }),
    [],
  );
  return (
    <div className="update-notice" role="status">
      {update !== null && (
        <div className="notice">
          <p>{words.app.newVersion}</p>
          <div className="actions">
            <button type="button" className="button primary" onClick={update.apply}>
              {words.app.reload}
            </button>
            <button
              type="button"
              className="quiet"
              onClick={() => {
                setUpdate(null);
              }}
            >
              {words.app.later}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
