'use client';

import { bearer } from '@ringdraft/client';
import { RingdraftProvider } from '@ringdraft/client/react';
import { useMemo, type ReactNode } from 'react';

/** `getToken` is that of the sign-in, such as `useAuth().getToken` of Clerk. */
export function Providers(props: { readonly getToken: () => Promise<string>; readonly children: ReactNode }) {
  const { getToken } = props;
  const settings = useMemo(() => ({ baseUrl: 'https://drafts.example', credentials: bearer(getToken) }), [getToken]);
  return <RingdraftProvider settings={settings}>{props.children}</RingdraftProvider>;
}
