import { bearer, createApi } from '@ringdraft/client';
import { Story } from '../Story.js';

/** Replace with the token of the request that is rendered. */
const tokenOfRequest = () => Promise.resolve('…');

/** Read on the server, followed in the browser: nothing that happens in between is missed. */
export default async function Page(props: { readonly params: Promise<{ readonly draftId: string }> }) {
  const { draftId } = await props.params;
  const api = createApi({ baseUrl: 'https://drafts.example', credentials: bearer(tokenOfRequest) });
  const read = await api.readDraft(draftId);
  return read.modified ? <Story draft={read.draft} /> : null;
}
