import type { ReactNode } from 'react';
import { type Problem, problemMessage } from '../messages/problems';

/** A message in a box, with room for what can be done about it. */
export function Notice(props: { readonly children: ReactNode; readonly action?: ReactNode }): ReactNode {
  return (
    <div className="notice">
      <p>{props.children}</p>
      {props.action}
    </div>
  );
}

/** A problem, shown where it happened and announced at once. The alert region exists before there is a problem. */
export function ProblemNotice(props: { readonly problem: Problem | null; readonly action?: ReactNode }): ReactNode {
  return (
    <div role="alert">
      {props.problem !== null && (
        <div className="notice problem">
          <p>{problemMessage(props.problem)}</p>
          {props.action}
        </div>
      )}
    </div>
  );
}
