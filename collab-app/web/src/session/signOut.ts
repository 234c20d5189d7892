import { useEffect } from 'react';
import { removeSavedDrafts } from '../draft/savedDraft';
import { forgetSession, readSession } from './session';

const askAgainMs = 10_000;

/** Whether a request failed because nobody is signed in any more. */
export function isSignedOut(problem: { readonly code: string } | null): boolean {
  return problem?.code === 'credentials_unavailable' || problem?.code === 'unauthenticated';
}

/**
 * Removes the texts and the session that this browser keeps. A sign-in can also fail for lack of a network, so nothing
 * is removed before the server answers. False when it did not.
 */
export async function removeKeptAfterSignOut(): Promise<boolean> {
  try {
    await readSession(null, AbortSignal.timeout(askAgainMs));
  } catch {
    return false;
  }
  forgetSession();
  await removeSavedDrafts();
  return true;
}

/** Removes what this browser keeps while nobody is signed in, and asks the server again until it answers. */
export function useRemovalAfterSignOut(hasSignedOut: boolean): void {
  useEffect(() => {
    if (!hasSignedOut) return undefined;
    const remove = (): void => {
      void removeKeptAfterSignOut().then((isRemoved) => {
        if (isRemoved) clearInterval(timer);
      });
    };
    const timer = setInterval(remove, askAgainMs);
    remove();
    return () => {
      clearInterval(timer);
    };
  }, [hasSignedOut]);
}
