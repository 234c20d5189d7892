import { notify } from './notify.js';

/** A value that changes by replacement and can be watched; fits React's `useSyncExternalStore`. */
export interface Subscribable<State> {
  readonly state: () => State;
  /** Calls after each change; the answer ends that. */
  readonly subscribe: (listener: () => void) => () => void;
}

export interface Source<State> extends Subscribable<State> {
  readonly replace: (next: State) => void;
}

/**
 * Listeners are called only when the state is another object, and each at most once for one state. A listener may
 * unsubscribe itself or another, and may cause the next state: those after it then see that one alone.
 */
export function createSource<State>(initial: State): Source<State> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    state: () => current,
    subscribe(listener) {
      const registration = () => {
        listener();
      };
      listeners.add(registration);
      return () => {
        listeners.delete(registration);
      };
    },
    replace(next) {
      if (Object.is(next, current)) return;
      current = next;
      for (const listener of [...listeners]) {
        if (current !== next) return;
        if (listeners.has(listener)) notify(listener);
      }
    },
  };
}
