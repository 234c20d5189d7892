import { Component, createRef, type ReactNode } from 'react';
import { words } from '../messages/words';

/**
 * Says that the beginning is still on its way. No live region: a screen reader finds it, and hears nothing per page.
 */
export function LoadingEarlier(props: { readonly loadedFrom: number; readonly count: number }): ReactNode {
  const { loadedFrom, count } = props;
  return (
    <p className="loading-earlier">
      <span>{words.draft.loadingEarlier(words.count.segments(loadedFrom))}</span>
      <progress aria-label={words.draft.earlierText} max={count} value={count - loadedFrom} />
    </p>
  );
}

interface KeepPlaceProps {
  /** Changes when something was put before the first segment. */
  readonly from: number;
  readonly children: ReactNode;
}

/**
 * Keeps what is read where it is while older text comes in above it. A class, because hooks see no layout before the
 * change.
 */
export class KeepPlace extends Component<KeepPlaceProps> {
  private readonly area = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(before: KeepPlaceProps): (() => void) | null {
    if (this.props.from >= before.from) return null;
    const first = this.area.current?.querySelector('li');
    if (!first) return null;
    // All text after the first segment moves with its lower edge.
    const { bottom } = first.getBoundingClientRect();
    return () => {
      scrollBy({ top: first.getBoundingClientRect().bottom - bottom, behavior: 'instant' });
    };
  }

  override componentDidUpdate(_props: KeepPlaceProps, _state: unknown, restore: (() => void) | null): void {
    if (restore === null) return;
    restore();
    // Some browsers move the page too, and segments near the window get their true height.
    requestAnimationFrame(restore);
  }

  override render(): ReactNode {
    return <div ref={this.area}>{this.props.children}</div>;
  }
}
