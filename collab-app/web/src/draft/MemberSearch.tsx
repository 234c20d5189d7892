import { type ReactNode, useId, useState } from 'react';
import { words } from '../messages/words';
import type { Member } from './membership';

/** So many members are found without a search. */
const mostAtAGlance = 8;

/** Members, and a field to find one among many by a part of the name. */
export function MemberSearch(props: {
  readonly members: readonly Member[];
  readonly children: (found: readonly Member[]) => ReactNode;
}): ReactNode {
  const { members } = props;
  const id = useId();
  const [sought, setSought] = useState('');
  const part = sought.trim().replace(/^@/, '').toLocaleLowerCase();
  const found = members.filter(({ userId }) => userId.toLocaleLowerCase().includes(part));
  return (
    <>
      {members.length > mostAtAGlance && (
        <div className="field">
          <label htmlFor={id}>{words.members.find}</label>
          <input
            id={id}
            className="input"
            type="search"
            value={sought}
            onChange={(event) => {
              setSought(event.target.value);
            }}
            onKeyDown={(event) => {
              // Not the form around it.
              if (event.key === 'Enter') event.preventDefault();
            }}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <p className="hint" role="status">
            {part !== '' && (found.length === 0 ? words.members.nobodyFound : words.members.found(found.length))}
          </p>
        </div>
      )}
      {props.children(found)}
    </>
  );
}
