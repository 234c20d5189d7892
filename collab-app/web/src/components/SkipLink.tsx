import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The element that holds the skip links of all pages. */
export const skipLinksId = 'skip-links';

/** Moves the focus to an element of the page; seen while it has the focus. */
export function SkipLink(props: { readonly to: string; readonly children: ReactNode }): ReactNode {
  return (
    <a
      className="skip-link"
      href={`#${props.to}`}
      onClick={(event) => {
        const target = document.getElementById(props.to);
        if (target === null) return;
        event.preventDefault();
        target.focus();
        target.scrollIntoView({ block: 'nearest' });
      }}
    >
      {props.children}
    </a>
  );
}

/** Skip links of one page, after those of all. */
export function PageSkipLinks(props: { readonly children: ReactNode }): ReactNode {
  const links = document.getElementById(skipLinksId);
  return links === null ? null : createPortal(props.children, links);
}
