import { Component, type ReactNode } from 'react';
import { isStoring } from './browser';
import { DraftPage } from './draft/DraftPage';
import { MyDraftsPage } from './myDrafts/MyDraftsPage';
import { draftsPath, Link, routeOf, usePath } from './navigation';
import { PageHeading, usePageTitle } from './components/Page';
import { words } from './messages/words';
import { SessionGate } from './session/SessionGate';

/** The pages, each at its address, for a user who is signed in. */
export function App(): ReactNode {
  return (
    <BrokenPage>
      <SessionGate>
        <CurrentPage />
      </SessionGate>
    </BrokenPage>
  );
}

function CurrentPage(): ReactNode {
  const route = routeOf(usePath());
  switch (route.page) {
    case 'drafts':
      return <MyDraftsPage />;
    case 'draft':
      return <DraftPage key={route.draftId} draftId={route.draftId} />;
    case 'unknown':
      return <NoSuchPage />;
  }
}

function NoSuchPage(): ReactNode {
  usePageTitle(words.app.noSuchPage);
  return (
    <div className="message-page">
      <PageHeading>{words.app.thereIsNoSuchPage}</PageHeading>
      <p>
        {words.app.addressMayBeMisspelt} <Link to={draftsPath}>{words.app.goToMyDrafts}</Link>
      </p>
    </div>
  );
}

/** Stands in for a page whose code failed: says so, and offers to load it again. */
class BrokenPage extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <main className="message-page" role="alert">
        <h1>{words.app.pageBroke}</h1>
        <p>
          {words.app.wentWrong} {isStoring() ? words.app.typedIsKept : words.app.typedIsLost}
        </p>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            location.reload();
          }}
        >
          {words.app.loadAgain}
        </button>
      </main>
    );
  }
}
