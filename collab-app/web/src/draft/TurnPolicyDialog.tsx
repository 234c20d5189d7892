import type { Api, Draft, TurnOrder, TurnPolicy } from '@ringdraft/client';
import { type SubmitEvent, type ReactNode, useId, useState } from 'react';
import { newIdempotencyKey } from '../browser';
import { Dialog } from '../components/Dialog';
import { ProblemNotice } from '../components/Notice';
import { durationOf, durationUnits } from '../messages/durations';
import { words } from '../messages/words';
import { policyText } from './turnPolicy';
import { useCommand } from './useCommand';

const leastSeconds = 10;
const mostSeconds = 2_592_000;
const mostSegments = 1_000;
const mostMissed = 10;

interface Fields {
  readonly order: TurnOrder;
  readonly time: string;
  /** The name of a unit, or `none`. */
  readonly unit: string;
  readonly segments: string;
  readonly missed: string;
}

function fieldsOf(policy: TurnPolicy): Fields {
  const time = policy.max_seconds === null ? null : durationOf(policy.max_seconds);
  return {
    order: policy.order,
    time: time === null ? '2' : String(time.count),
    unit: time?.unit ?? 'none',
    segments: policy.max_segments === null ? '' : String(policy.max_segments),
    missed: policy.away_after_missed === null ? '' : String(policy.away_after_missed),
  };
}

/** The policy that the fields state, or what is wrong with them. */
function policyOf(fields: Fields): TurnPolicy | string {
  const unit = durationUnits.find(({ name }) => name === fields.unit);
  const seconds = unit === undefined ? null : Number(fields.time) * unit.seconds;
  const segments = fields.segments.trim() === '' ? null : Number(fields.segments);
  const missed = fields.missed.trim() === '' ? null : Number(fields.missed);
  const isWithin = (value: number | null, least: number, most: number): boolean =>
    value === null || (Number.isInteger(value) && value >= least && value <= most);
  if (!isWithin(seconds, leastSeconds, mostSeconds)) return words.turns.secondsRule;
  if (!isWithin(segments, 1, mostSegments)) return words.turns.segmentsRule;
  if (!isWithin(missed, 1, mostMissed)) return words.turns.missedRule;
  return { order: fields.order, max_seconds: seconds, max_segments: segments, away_after_missed: missed };
}

/** Lets the creator say how long a turn lasts and who is next, and shows the rules in a sentence. */
export function TurnPolicyDialog(props: {
  readonly draft: Draft;
  readonly api: Api;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { draft, api } = props;
  const id = useId();
  const [fields, setFields] = useState(() => fieldsOf(draft.turn_policy));
  const command = useCommand();
  const policy = policyOf(fields);
  const isTimed = fields.unit !== 'none';
  const set = (part: Partial<Fields>): void => {
    setFields({ ...fields, ...part });
    command.forget();
  };

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (typeof policy === 'string') return;
    const isDone = await command.run(() =>
      api.updateDraft(draft.draft_id, { turn_policy: policy }, { idempotencyKey: newIdempotencyKey() }),
    );
    if (!isDone) return;
    props.onChanged();
    props.onClose();
  };

  return (
    <Dialog title={words.turns.rules} onClose={props.onClose}>
      <form className="form" onSubmit={(event) => void save(event)} noValidate>
        <div className="field">
          <label htmlFor={`${id}-order`}>{words.turns.whoIsNext}</label>
          <select
            id={`${id}-order`}
            className="input"
            value={fields.order}
            onChange={(event) => {
              set({ order: event.target.value as TurnOrder });
            }}
          >
            {Object.entries(words.turns.orders).map(([order, name]) => (
              <option key={order} value={order}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <fieldset className="field">
          <legend className="label">{words.turns.lastsAtMost}</legend>
          <div className="field-row">
            {isTimed && (
              <input
                className="input"
                aria-label={words.turns.howLong}
                inputMode="numeric"
                value={fields.time}
                onChange={(event) => {
                  set({ time: event.target.value });
                }}
              />
            )}
            <select
              className="input"
              aria-label={words.turns.unit}
              value={fields.unit}
              onChange={(event) => {
                set({ unit: event.target.value });
              }}
            >
              <option value="none">{words.turns.asLongAsTheyLike}</option>
              {durationUnits.map(({ name }) => (
                <option key={name} value={name}>
                  {words.time.units[name]}
                </option>
              ))}
            </select>
          </div>
        </fieldset>
        <div className="field">
          <label htmlFor={`${id}-segments`}>
            {words.turns.segmentsAtMost} <span className="hint">{words.turns.emptyForAny}</span>
          </label>
          <input
            id={`${id}-segments`}
            className="input"
            inputMode="numeric"
            value={fields.segments}
            onChange={(event) => {
              set({ segments: event.target.value });
            }}
          />
        </div>
        {isTimed && (
          <div className="field">
            <label htmlFor={`${id}-missed`}>
              {words.turns.missedUntilAway} <span className="hint">{words.turns.emptyForNever}</span>
            </label>
            <input
              id={`${id}-missed`}
              className="input"
              inputMode="numeric"
              value={fields.missed}
              onChange={(event) => {
                set({ missed: event.target.value });
              }}
            />
          </div>
        )}
        <p className={typeof policy === 'string' ? 'length-counter over' : 'hint'} role="status">
          {typeof policy === 'string' ? policy : policyText(policy)}
        </p>
        <ProblemNotice problem={command.problem} />
        <div className="actions">
          <button type="button" className="button" onClick={props.onClose}>
            {words.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={command.isRunning || typeof policy === 'string'}>
            {words.turns.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
