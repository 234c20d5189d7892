import type { ReactNode } from 'react';
import { type Refusal, problemMessage } from '../messages/problems';

/** A message in a box, with room for what can be done about it. */
export function Notice(props: { readonly children: ReactNode; readonly action?: ReactNode }): ReactNode {
  return (
    <div className="notice">
      <p>{props.children}</p>
      {props.action}
    </div>
  );
}

/** A refusal told where it happened; read out at once. Renders nothing while nothing was refused, so that it can be announced when it comes. */
export function ProblemNotice(props: { readonly refusal: Refusal | null; readonly action?: ReactNode }): ReactNode {
  return (
    <div role="alert">
      {props.refusal !== null && (
        <div className="notice problem">
          <p>{problemMessage(props.refusal)}</p>
          {props.action}
        </div>
      )}
    </div>
  );
}
