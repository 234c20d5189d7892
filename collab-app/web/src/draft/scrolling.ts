/**
 * Scrolling in a text whose heights are estimates: segments far from the window get their true height only when they
 * come near it (`content-visibility`), so one jump may end beside its goal.
 */

const maxFrames = 40;
/** As many frames in a row without a change show that all heights near the window are true. */
const steadyFrames = 3;

/** Moves the page by `correction` (in pixels), frame by frame, until it is 0 and stays so. The answer ends that. */
export function settle(correction: () => number): () => void {
  let frames = 0;
  let steady = 0;
  let isOver = false;
  const end = (): void => {
    isOver = true;
    removeEventListener('wheel', end);
    removeEventListener('touchmove', end);
  };
  const step = (): void => {
    if (isOver) return;
    const by = correction();
    const before = scrollY;
    if (Math.abs(by) >= 1) scrollBy({ top: by, behavior: 'instant' });
    steady = scrollY === before ? steady + 1 : 0;
    frames += 1;
    if (steady >= steadyFrames || frames >= maxFrames) end();
    else requestAnimationFrame(step);
  };
  addEventListener('wheel', end, { passive: true });
  addEventListener('touchmove', end, { passive: true });
  step();
  return end;
}

/** How far the end of the page is below the window. */
export function belowWindow(): number {
  const { scrollHeight, clientHeight } = document.documentElement;
  return scrollHeight - clientHeight - scrollY;
}

/** The index of the first of these elements, one below the other, whose lower edge is below `y`; their number if none is. */
export function firstBelow(elements: HTMLCollection, y: number): number {
  let from = 0;
  let to = elements.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const bottom = elements[middle]?.getBoundingClientRect().bottom ?? 0;
    if (bottom > y) to = middle;
    else from = middle + 1;
  }
  return from;
}
