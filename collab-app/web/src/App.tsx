import { Component, type ReactNode } from 'react';
import { isStoring } from './browser';
import { DraftPage } from './draft/DraftPage';
import { MyDraftsPage } from './myDrafts/MyDraftsPage';
import { draftsPath, Link, routeOf, usePath } from './navigation';
import { PageHeading, usePageTitle } from './components/Page';
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
  usePageTitle('No such page');
  return (
    <div className="message-page">
      <PageHeading>There is no such page</PageHeading>
      <p>
        The address may be misspelt. <Link to={draftsPath}>Go to my drafts</Link>
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
        <h1>This page broke</h1>
        <p>
          Something went wrong in the page itself.{' '}
          {isStoring()
            ? 'What you typed in a draft is kept in this browser.'
            : 'This browser stores nothing, so what you typed and did not append is lost.'}
        </p>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            location.reload();
          }}
        >
          Load it again
        </button>
      </main>
    );
  }
}
