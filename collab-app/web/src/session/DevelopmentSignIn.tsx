import { type SubmitEvent, type ReactNode, useId, useState } from 'react';
import { isStoringForTab } from '../browser';
import { Avatar } from '../components/Avatar';
import { PageHeading, usePageTitle } from '../components/Page';
import { RingIcon } from '../components/RingIcon';
import { atName } from '../messages/names';
import { words } from '../messages/words';
import { isDevelopmentName } from './session';

const cast = ['ana', 'ben', 'cleo', 'vera'];

/** Development mode's stand-in for signing in: pick a name, and that is who this tab is. */
export function DevelopmentSignIn(props: { readonly onPick: (userId: string) => void }): ReactNode {
  const [name, setName] = useState('');
  const [isRefused, setRefused] = useState(false);
  const id = useId();
  usePageTitle(words.signIn.whoAreYou);

  const pickName = (event: SubmitEvent): void => {
    event.preventDefault();
    const userId = name.trim().replace(/^@/, '');
    if (isDevelopmentName(userId)) props.onPick(userId);
    else setRefused(true);
  };

  return (
    <div className="message-page development-sign-in">
      <RingIcon />
      <PageHeading>{words.signIn.whoAreYou}</PageHeading>
      <p>
        {words.signIn.developmentTakesYourWord} {!isStoringForTab() && words.signIn.nameIsNotStored}
      </p>
      <ul className="sample-users">
        {cast.map((userId) => (
          <li key={userId}>
            <button
              type="button"
              className="button sample-user"
              onClick={() => {
                props.onPick(userId);
              }}
            >
              <Avatar userId={userId} />
              {atName(userId)}
            </button>
          </li>
        ))}
      </ul>
      <form className="form" onSubmit={pickName} noValidate>
        <div className="field">
          <label htmlFor={`${id}-name`}>{words.signIn.orSomebodyElse}</label>
          <div className="field-row">
            <input
              id={`${id}-name`}
              className="input"
              value={name}
              onChange={(event) => {
                setName(event.target.value);
                setRefused(false);
              }}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-invalid={isRefused}
              aria-describedby={isRefused ? `${id}-refused` : undefined}
            />
            <button type="submit" className="button primary">
              {words.signIn.continue}
            </button>
          </div>
          <div role="alert">
            {isRefused && (
              <p id={`${id}-refused`} className="length-counter over">
                {words.signIn.nameRule}
              </p>
            )}
          </div>
        </div>
      </form>
    </div>
  );
}
