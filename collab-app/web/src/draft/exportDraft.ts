import { type CredentialsSource, problemFrom } from '@ringdraft/client';
import { ask } from '../session/session';

export const exportFormats = ['md', 'txt', 'html', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The draft as a file, under the name that the server gives it. Events always name their authors. Throws `ApiProblem`. */
export async function exportDraft(
  credentials: CredentialsSource,
  draftId: string,
  options: { readonly format: ExportFormat; readonly withAuthors: boolean },
): Promise<File> {
  const { format } = options;
  const query = `format=${format}&authors=${String(options.withAuthors || format === 'jsonl')}`;
  try {
    const headers: HeadersInit =
      credentials.kind === 'development'
        ? { 'X-User-Id': credentials.userId }
        : { Authorization: `Bearer ${await credentials.token()}` };
    const answer = await ask(`/drafts/${encodeURIComponent(draftId)}/export?${query}`, { headers });
    const name = fileNameOf(answer.headers.get('Content-Disposition') ?? '') ?? `draft.${format}`;
    return new File([await answer.blob()], name);
  } catch (thrown) {
    throw problemFrom(thrown);
  }
}

/** The name beyond ASCII (RFC 8187) where there is one. */
function fileNameOf(disposition: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return encoded === undefined ? /filename="([^"]+)"/.exec(disposition)?.[1] : decodeURIComponent(encoded);
}
