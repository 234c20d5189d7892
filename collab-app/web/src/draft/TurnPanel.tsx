import type { Api, Draft } from '@ringdraft/client';
import { type ReactNode, useId, useState } from 'react';
import { askForNotifications, notificationAccess, playChime } from '../browser';
import { usePreference } from '../components/usePreference';
import { words } from '../messages/words';
import { policyText } from './turnPolicy';
import { TurnPolicyDialog } from './TurnPolicyDialog';

/** The rules of the turns, the creator's means to change them, and how this browser says that a turn begins. */
export function TurnPanel(props: {
  readonly draft: Draft;
  readonly userId: string;
  readonly api: Api;
  readonly onChanged: () => void;
}): ReactNode {
  const { draft } = props;
  const id = useId();
  const [isChanging, setChanging] = useState(false);
  return (
    <section className="panel" aria-labelledby={`${id}-turns`}>
      <h2 id={`${id}-turns`}>{words.turns.turns}</h2>
      <p className="hint" role="status">
        {policyText(draft.turn_policy)}
      </p>
      {draft.creator_id === props.userId && draft.status !== 'completed' && (
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => {
              setChanging(true);
            }}
          >
            {words.turns.change}
          </button>
        </div>
      )}
      {draft.status !== 'completed' && <TurnSignals />}
      {isChanging && (
        <TurnPolicyDialog
          {...props}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </section>
  );
}

function TurnSignals(): ReactNode {
  const [isNotified, setNotified] = usePreference('notify');
  const [isSounding, setSounding] = usePreference('sound');
  const [access, setAccess] = useState(notificationAccess);

  const notifyMe = async (): Promise<void> => {
    const next = await askForNotifications();
    setAccess(next);
    setNotified(next === 'granted');
  };

  return (
    <div className="turn-signals">
      {access === 'denied' && <p className="hint">{words.turns.blocked}</p>}
      {(access === 'default' || access === 'granted') &&
        (isNotified && access === 'granted' ? (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setNotified(false);
            }}
          >
            {words.turns.dontNotify}
          </button>
        ) : (
          <button type="button" className="quiet" onClick={() => void notifyMe()}>
            {words.turns.notify}
          </button>
        ))}
      <label className="check">
        <input
          type="checkbox"
          checked={isSounding}
          onChange={(event) => {
            setSounding(event.target.checked);
            if (event.target.checked) playChime();
          }}
        />
        {words.turns.playSound}
      </label>
    </div>
  );
}
