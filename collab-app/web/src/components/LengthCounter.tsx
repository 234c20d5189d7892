import type { ReactNode } from 'react';
import { remaining } from '../messages/count';

const nearTheEnd = 50;

/** How much of a text's length is left. Read out only near the end, so that it does not talk over the writing. */
export function LengthCounter(props: {
  readonly id: string;
  readonly text: string;
  readonly maxCodePoints: number;
}): ReactNode {
  const { left, words } = remaining(props.text, props.maxCodePoints);
  const isNear = left <= nearTheEnd;
  return (
    <>
      <span id={props.id} className={`length-counter${left < 0 ? ' over' : isNear ? ' near' : ''}`}>
        {words}
      </span>
      <span className="visually-hidden" role="status">
        {isNear && (left < 0 || left % 10 === 0) ? words : ''}
      </span>
    </>
  );
}
