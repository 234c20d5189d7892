import { type ReactNode, useEffect, useRef } from 'react';
import { hasNavigated } from '../navigation';

/** Names the page in the tab. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Ringdraft' : `${title} · Ringdraft`;
  }, [title]);
}

/**
 * A page's heading; takes the focus when the page was come to by a link, so that a screen reader goes on from there.
 */
export function PageHeading(props: { readonly children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasNavigated()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {props.children}
    </h1>
  );
}
