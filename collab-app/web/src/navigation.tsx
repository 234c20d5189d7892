import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react';

/** The pages there are, each with what its address carries. */
export type Route =
  | { readonly page: 'drafts' }
  | { readonly page: 'draft'; readonly draftId: string }
  | { readonly page: 'unknown'; readonly path: string };

/** The page that a path means; a trailing slash changes nothing. */
export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/+$/, '');
  if (path === '' || path === '/drafts') return { page: 'drafts' };
  const draftId = /^\/drafts\/([^/]+)$/.exec(path)?.[1];
  if (draftId === undefined) return { page: 'unknown', path: pathname };
  try {
    return { page: 'draft', draftId: decodeURIComponent(draftId) };
  } catch {
    return { page: 'unknown', path: pathname };
  }
}

/** The path of the page *My drafts*. */
export const draftsPath = '/';

/** The path of a draft's page. */
export function draftPath(draftId: string): string {
  return `/drafts/${encodeURIComponent(draftId)}`;
}

const moved = new EventTarget();
let moves = 0;
/** True while the page that is shown was come to by a link, and not by loading it or by going back. */
let byLink = false;

/** True once a page was come to from another of these pages, and not by loading it. */
export function hasNavigated(): boolean {
  return moves > 0;
}

/** True when the reader comes back to a page, so that it should be where they left it. */
export function isReturning(): boolean {
  return !byLink;
}

/** Goes to a path of these pages without loading the page again. */
export function navigateTo(path: string): void {
  if (path === location.pathname) return;
  history.pushState(null, '', path);
  moves += 1;
  byLink = true;
  scrollTo(0, 0);
  moved.dispatchEvent(new Event('moved'));
}

addBackListener();

function addBackListener(): void {
  if (typeof document === 'undefined') return;
  addEventListener('popstate', () => {
    byLink = false;
  });
}

function subscribe(onMove: () => void): () => void {
  addEventListener('popstate', onMove);
  moved.addEventListener('moved', onMove);
  return () => {
    removeEventListener('popstate', onMove);
    moved.removeEventListener('moved', onMove);
  };
}

/** The path in the address bar, as it changes. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** A link to another of these pages; opens in a new tab like any link when asked to. */
export function Link(props: {
  readonly to: string;
  readonly className?: string;
  readonly dir?: 'auto';
  readonly children: ReactNode;
}): ReactNode {
  return (
    <a
      href={props.to}
      className={props.className}
      dir={props.dir}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        navigateTo(props.to);
      }}
    >
      {props.children}
    </a>
  );
}
