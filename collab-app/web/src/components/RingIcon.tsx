import type { ReactNode } from 'react';

/** The ring, drawn: says nothing by itself, so words always stand next to it. */
export function RingIcon(): ReactNode {
  return (
    <svg className="ring-icon" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="10.5" />
      <circle className="bead" cx="23.4" cy="8.6" r="3.6" />
    </svg>
  );
}
