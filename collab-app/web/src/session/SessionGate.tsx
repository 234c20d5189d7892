import { RingdraftProvider } from '@ringdraft/client/react';
import { ApiProblem } from '@ringdraft/client';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { environment } from '../browser';
import { removeSavedDraftsOf, removeSavedDraftsOfOthers } from '../draft/savedDraft';
import { Layout } from '../components/Layout';
import { PageHeading, usePageTitle } from '../components/Page';
import { RingIcon } from '../components/RingIcon';
import { problemMessage } from '../messages/problems';
import { words } from '../messages/words';
import {
  type SessionResult,
  resolveSession,
  storedUser,
  storeUser,
  type SignedIn,
  signedInForDevelopment,
} from './session';
import { DevelopmentSignIn } from './DevelopmentSignIn';
import { isSignedOut, useRemovalAfterSignOut } from './signOut';

const SignedInContext = createContext<SignedIn | null>(null);

/** Who is here. Only below a `SessionGate` that has let someone in. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === null) throw new Error('no SessionGate above this component');
  return signedIn;
}

type SessionState =
  { readonly kind: 'asking' } | { readonly kind: 'failed'; readonly problem: ApiProblem } | SessionResult;

function problemOf(failure: unknown): ApiProblem {
  if (failure instanceof ApiProblem) return failure;
  return new ApiProblem({
    status: 0,
    code: 'credentials_unavailable',
    title: 'No token',
    detail: 'The sign-in gave no token.',
    cause: failure,
  });
}

/** Shows its children to a signed-in user, asks for a name in development mode, and says what is missing otherwise. */
export function SessionGate(props: { readonly children: ReactNode }): ReactNode {
  const [attempt, setAttempt] = useState(0);
  const [session, setSession] = useState<SessionState>({ kind: 'asking' });
  const [picked, setPicked] = useState(storedUser);

  useEffect(() => {
    const asked = new AbortController();
    resolveSession(asked.signal).then(
      (arrival) => {
        if (asked.signal.aborted) return;
        setSession(arrival);
        // Users of development mode share a browser on purpose.
        if (arrival.kind === 'signedIn' && !arrival.signedIn.development) {
          void removeSavedDraftsOfOthers(arrival.signedIn.userId);
        }
      },
      (failure: unknown) => {
        if (!asked.signal.aborted) setSession({ kind: 'failed', problem: problemOf(failure) });
      },
    );
    return () => {
      asked.abort();
    };
  }, [attempt]);

  useRemovalAfterSignOut(session.kind === 'noSignIn' || (session.kind === 'failed' && isSignedOut(session.problem)));

  const signedIn = useMemo(() => {
    if (session.kind === 'signedIn') return session.signedIn;
    if (session.kind === 'development' && picked !== null) return signedInForDevelopment(picked, session.limits);
    return null;
  }, [session, picked]);
  const settings = useMemo(
    () => (signedIn === null ? null : { credentials: signedIn.credentials, environment }),
    [signedIn],
  );

  const pick = (userId: string | null): void => {
    storeUser(userId);
    setPicked(userId);
  };

  if (signedIn !== null && settings !== null) {
    return (
      <SignedInContext value={signedIn}>
        <RingdraftProvider settings={settings}>
          <Layout
            key={signedIn.userId}
            userId={signedIn.userId}
            isDevelopment={signedIn.development}
            onChangeUser={
              signedIn.credentials.kind === 'development'
                ? () => {
                    void removeSavedDraftsOf(signedIn.userId);
                    pick(null);
                  }
                : null
            }
          >
            {props.children}
          </Layout>
        </RingdraftProvider>
      </SignedInContext>
    );
  }
  return (
    <Layout userId={null} isDevelopment={session.kind === 'development'} onChangeUser={null}>
      {session.kind === 'asking' && <p className="visually-hidden">{words.app.loading}</p>}
      {session.kind === 'development' && <DevelopmentSignIn onPick={pick} />}
      {session.kind === 'noSignIn' && <NoSignIn />}
      {session.kind === 'failed' && (
        <SessionProblem
          problem={session.problem}
          onRetry={() => {
            setSession({ kind: 'asking' });
            setAttempt((made) => made + 1);
          }}
        />
      )}
    </Layout>
  );
}

function NoSignIn(): ReactNode {
  usePageTitle(words.signIn.signIn);
  return (
    <div className="message-page">
      <RingIcon />
      <PageHeading>{words.signIn.pleaseSignIn}</PageHeading>
      <p>{words.signIn.forSignedIn}</p>
      <p>{words.signIn.forOperators}</p>
    </div>
  );
}

function SessionProblem(props: { readonly problem: ApiProblem; readonly onRetry: () => void }): ReactNode {
  usePageTitle(words.signIn.notReached);
  return (
    <div className="message-page">
      <RingIcon />
      <PageHeading>{words.signIn.didNotWork}</PageHeading>
      <p role="alert">{problemMessage(props.problem)}</p>
      <button type="button" className="button primary" onClick={props.onRetry}>
        {words.app.tryAgain}
      </button>
    </div>
  );
}
