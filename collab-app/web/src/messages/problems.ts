import { atName } from './names';

/** Why something was not done: a code of the wire contract or of the client library, with the values that explain it. An `ApiProblem` is one. */
export interface Refusal {
  readonly code: string;
  readonly detail?: string;
  readonly holder?: string | null;
  readonly limit?: number | null;
  readonly retryAfterMs?: number | null;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
}

function soon(refusal: Refusal): string {
  const seconds = Math.ceil((refusal.retryAfterMs ?? 0) / 1000);
  return seconds <= 1 ? 'in a moment' : `in ${String(seconds)} seconds`;
}

const fieldNames: Readonly<Record<string, string>> = {
  title: 'The title',
  content: 'The text',
  initial_segment: 'The first segment',
  user_id: 'The user id',
  to_user_id: 'The recipient',
  role: 'The role',
  platform: 'The platform',
  status: 'The status',
};

function fieldErrors(refusal: Refusal): string {
  const errors = refusal.errors ?? [];
  if (errors.length === 0) return 'Something in it is not as it must be. Please look at it again.';
  return errors
    .map((error) => `${fieldNames[error.field] ?? error.field}: ${error.detail}.`.replace(/\.\.$/, '.'))
    .join(' ');
}

/** One sentence or two for every code: what happened, and what helps. */
const sentences: Readonly<Record<string, (refusal: Refusal) => string>> = {
  validation_error: fieldErrors,
  malformed_json: () => 'The server could not read what this page sent. Reload the page; your text is kept.',
  unauthenticated: () => 'You are not signed in any more. Sign in again; your text is kept.',
  forbidden: () => 'Only the creator of this draft can do that.',
  ring_required: ({ holder }) =>
    holder === undefined || holder === null
      ? 'Somebody else holds the ring now. Your text is kept until it is your turn.'
      : `${atName(holder)} holds the ring now. Your text is kept until it is your turn.`,
  origin_not_allowed: () => 'The server does not serve pages from this address. Open Ringdraft at its own address.',
  not_found: () => 'There is no such draft, or you are not one of its members. Ask its creator to add you.',
  method_not_allowed: () => 'This page and the server do not fit together. Reload the page; your text is kept.',
  not_acceptable: () => 'This page and the server do not fit together. Reload the page; your text is kept.',
  content_too_large: () => 'That is more than the server takes at once. Make it shorter and try again.',
  unsupported_media_type: () => 'This page and the server do not fit together. Reload the page; your text is kept.',
  request_header_fields_too_large: () =>
    "The server found the request's headers too long. Sign out and in again, or clear this site's cookies.",
  ring_moved: () =>
    'The ring has been passed on since you wrote this. Your text is kept: look at what is new, then append it in your next turn.',
  draft_not_active: () =>
    'This draft takes no new segments: it is locked or completed. Its creator can reopen a locked draft.',
  already_member: () => 'They are a member of this draft already.',
  not_a_member: () => 'They are not a member of this draft. Add them first, then pass the ring.',
  recipient_cannot_write: () => "They are a viewer and can't hold the ring. Pass it to a contributor.",
  already_holder: () => 'They hold the ring already.',
  creator_stays: () => "The creator stays with the draft: nobody can remove them, and they can't leave.",
  draft_full: ({ limit }) =>
    limit === undefined || limit === null
      ? 'This draft is full. Go on in a new one.'
      : `This draft is full: it holds ${limit.toLocaleString('en-GB')} at most. Go on in a new one.`,
  contended: () => 'Many were writing to this draft at the same moment. Please try again.',
  revision_moved: () => 'The draft has changed since you looked at it. See what is new, then try again.',
  idempotency_key_reused: () => 'This was sent before with another text. Reload the page to see what was saved.',
  rate_limited: (refusal) => `That was a lot at once. Try again ${soon(refusal)}.`,
  too_many_connections: (refusal) =>
    `Too many windows are open on Ringdraft. Close one, or try again ${soon(refusal)}.`,
  unavailable: (refusal) => `The server can't do this right now. Your text is kept; try again ${soon(refusal)}.`,
  draining: (refusal) => `The server is restarting. Your text is kept; try again ${soon(refusal)}.`,
  network: () => "The server can't be reached. Your text is kept; try again when you are back online.",
  credentials_unavailable: () => 'Your sign-in could not be renewed. Sign in again; your text is kept.',
  malformed_answer: () =>
    'The answer could not be understood: this page and the server do not fit together. Reload the page; your text is kept.',
};

/** Every code that has a sentence of its own. */
export const knownCodes: readonly string[] = Object.keys(sentences);

/** What a person is told when something was refused. An unknown code is told by the server's own words. */
export function problemMessage(refusal: Refusal): string {
  const sentence = Object.hasOwn(sentences, refusal.code) ? sentences[refusal.code] : undefined;
  if (sentence !== undefined) return sentence(refusal);
  return refusal.detail ?? 'That did not work, and the server did not say why. Please try again.';
}
