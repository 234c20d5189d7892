import type { ReactNode } from 'react';
import { authorClass, initials } from '../messages/names';

/** A member's initials on the member's colour, ringed for the holder. For the eye alone: the name stands next to it. */
export function Avatar(props: { readonly userId: string; readonly holds?: boolean }): ReactNode {
  return (
    <span className={`avatar ${authorClass(props.userId)}${props.holds === true ? ' holds' : ''}`} aria-hidden="true">
      {initials(props.userId)}
    </span>
  );
}
