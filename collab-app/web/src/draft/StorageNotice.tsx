import { type ReactNode, useEffect } from 'react';
import { Notice } from '../components/Notice';
import { words } from '../messages/words';

/** Says that the browser does not store what is typed, and asks before a tab with unsent text is closed. */
export function StorageNotice(props: { readonly isStored: boolean; readonly hasUnsent: boolean }): ReactNode {
  const isAtRisk = !props.isStored && props.hasUnsent;
  useEffect(() => {
    if (!isAtRisk) return undefined;
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
    };
  }, [isAtRisk]);

  return <div role="status">{!props.isStored && <Notice>{words.draft.notStored}</Notice>}</div>;
}
