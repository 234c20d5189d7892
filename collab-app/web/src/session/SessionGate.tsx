import { RingdraftProvider } from '@ringdraft/client/react';
import { ApiProblem } from '@ringdraft/client';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { Frame } from '../parts/Frame';
import { PageHeading, usePageTitle } from '../parts/Page';
import { RingMark } from '../parts/RingMark';
import { refusalSentence } from '../words/refusals';
import { type Arrival, arrive, rememberedUser, rememberUser, type SignedIn, signedInForDevelopment } from './session';
import { WhoAreYou } from './WhoAreYou';

const SignedInContext = createContext<SignedIn | null>(null);

/** Who is here. Only below a `SessionGate` that has let someone in. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === null) throw new Error('no SessionGate above this component');
  return signedIn;
}

type Finding = { readonly kind: 'asking' } | { readonly kind: 'failed'; readonly problem: ApiProblem } | Arrival;

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

/** Lets in whoever is known, asks who it is in development mode, and says plainly what is missing otherwise. */
export function SessionGate(props: { readonly children: ReactNode }): ReactNode {
  const [attempt, setAttempt] = useState(0);
  const [finding, setFinding] = useState<Finding>({ kind: 'asking' });
  const [picked, setPicked] = useState(rememberedUser);

  useEffect(() => {
    const asked = new AbortController();
    arrive(asked.signal).then(
      (arrival) => {
        if (!asked.signal.aborted) setFinding(arrival);
      },
      (failure: unknown) => {
        if (!asked.signal.aborted) setFinding({ kind: 'failed', problem: problemOf(failure) });
      },
    );
    return () => {
      asked.abort();
    };
  }, [attempt]);

  const signedIn = useMemo(() => {
    if (finding.kind === 'signedIn') return finding.signedIn;
    if (finding.kind === 'development' && picked !== null) return signedInForDevelopment(picked, finding.limits);
    return null;
  }, [finding, picked]);
  const settings = useMemo(() => (signedIn === null ? null : { credentials: signedIn.credentials }), [signedIn]);

  const pick = (userId: string | null): void => {
    rememberUser(userId);
    setPicked(userId);
  };

  if (signedIn !== null && settings !== null) {
    return (
      <SignedInContext value={signedIn}>
        <RingdraftProvider settings={settings}>
          <Frame
            key={signedIn.userId}
            userId={signedIn.userId}
            isDevelopment={signedIn.development}
            onChangeUser={
              signedIn.credentials.kind === 'development'
                ? () => {
                    pick(null);
                  }
                : null
            }
          >
            {props.children}
          </Frame>
        </RingdraftProvider>
      </SignedInContext>
    );
  }
  return (
    <Frame userId={null} isDevelopment={finding.kind === 'development'} onChangeUser={null}>
      {finding.kind === 'asking' && <p className="visually-hidden">Loading</p>}
      {finding.kind === 'development' && <WhoAreYou onPick={pick} />}
      {finding.kind === 'noSignIn' && <NoSignIn />}
      {finding.kind === 'failed' && (
        <NotReached
          problem={finding.problem}
          onRetry={() => {
            setFinding({ kind: 'asking' });
            setAttempt((made) => made + 1);
          }}
        />
      )}
    </Frame>
  );
}

function NoSignIn(): ReactNode {
  usePageTitle('Sign in');
  return (
    <div className="plain">
      <RingMark />
      <PageHeading>Please sign in</PageHeading>
      <p>
        Ringdraft is for people who are signed in, and no sign-in is connected to this page, or you are not signed in
        there.
      </p>
      <p>
        If you run this server: the page that embeds Ringdraft gives it tokens through{' '}
        <code>window.ringdraftToken</code>, or start the server in development mode to try it out.
      </p>
    </div>
  );
}

function NotReached(props: { readonly problem: ApiProblem; readonly onRetry: () => void }): ReactNode {
  usePageTitle('Not reached');
  return (
    <div className="plain">
      <RingMark />
      <PageHeading>That did not work</PageHeading>
      <p role="alert">{refusalSentence(props.problem)}</p>
      <button type="button" className="button primary" onClick={props.onRetry}>
        Try again
      </button>
    </div>
  );
}
