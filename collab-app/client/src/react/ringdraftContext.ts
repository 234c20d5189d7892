import { createContext, createElement, useContext, useMemo, type ReactNode } from 'react';
import type { CredentialsSource } from '../credentials.js';
import { resolveEnvironment, type Environment } from '../environment.js';

/** Where the server is and who is asking, for every hook below. Give the same object while both stay the same. */
export interface RingdraftSettings {
  readonly credentials: CredentialsSource;
  readonly baseUrl?: string;
  readonly environment?: Partial<Environment>;
}

const RingdraftContext = createContext<RingdraftSettings | null>(null);

export function RingdraftProvider(props: { readonly settings: RingdraftSettings; readonly children?: ReactNode }) {
  const { settings } = props;
  // Resolved once, so that what the browser does not store outlives each component below.
  const value = useMemo(() => ({ ...settings, environment: resolveEnvironment(settings.environment) }), [settings]);
  return createElement(RingdraftContext.Provider, { value }, props.children);
}

export function useRingdraftSettings(): RingdraftSettings {
  const settings = useContext(RingdraftContext);
  if (settings === null) throw new Error('no RingdraftProvider above this component');
  return settings;
}
