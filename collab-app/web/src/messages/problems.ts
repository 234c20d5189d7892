import { atName } from './names';

/** A code of the wire contract or of the client library, with the values that explain it. An `ApiProblem` is one. */
export interface Problem {
  readonly code: string;
  readonly detail?: string;
  readonly holder?: string | null;
  readonly limit?: number | null;
  readonly retryAfterMs?: number | null;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
}

function soon(problem: Problem): string {
  const seconds = Math.ceil((problem.retryAfterMs ?? 0) / 1000);
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
  turn_policy: 'The rules of the turns',
  away: 'The attendance',
};

function fieldErrors(problem: Problem): string {
  const errors = problem.errors ?? [];
  if (errors.length === 0) return 'A field is not valid. Please check what you entered.';
  return errors
    .map((error) => `${fieldNames[error.field] ?? error.field}: ${error.detail}.`.replace(/\.\.$/, '.'))
    .join(' ');
}

const mismatch = 'This page does not match the server. Reload the page.';

/**
 * One or two sentences for each code: the fault, and the remedy. None says that a text is kept: that depends on the
 * browser.
 */
const messages: Readonly<Record<string, (problem: Problem) => string>> = {
  validation_error: fieldErrors,
  malformed_json: () => 'The server could not read the request of this page. Reload the page.',
  unauthenticated: () => 'You are not signed in any more. Sign in again.',
  forbidden: () => 'Only the creator of this draft can do that.',
  ring_required: ({ holder }) =>
    holder === undefined || holder === null
      ? 'Another member holds the ring now. Append your text when it is your turn.'
      : `${atName(holder)} holds the ring now. Append your text when it is your turn.`,
  origin_not_allowed: () => 'The server does not accept requests from this address. Open Ringdraft at its own address.',
  not_found: () => 'There is no such draft, or you are not a member of it. Ask its creator to add you.',
  method_not_allowed: () => mismatch,
  not_acceptable: () => mismatch,
  request_timeout: () => 'The request took too long to reach the server. Check your connection and try again.',
  content_too_large: () => 'The text is longer than the server accepts. Make it shorter and try again.',
  unsupported_media_type: () => mismatch,
  upgrade_required: () => mismatch,
  headers_too_large: () => "The request headers are too large. Sign out and in again, or clear this site's cookies.",
  ring_moved: () =>
    'The ring has been passed on since you wrote this. Read the new segments, then append your text in your next turn.',
  draft_not_active: () =>
    'This draft accepts no new segments: it is locked or completed. Its creator can reopen a locked draft.',
  already_member: () => 'This user is already a member of the draft.',
  not_a_member: () => 'This user is not a member of the draft. Add them first, then pass the ring.',
  recipient_cannot_write: () => "This member is a viewer and can't hold the ring. Pass it to a contributor.",
  already_requested: () => 'You have asked for the ring already.',
  nobody_eligible: () => 'Nobody can hold the ring next: all other members are away or may only read.',
  already_holder: () => 'This member already holds the ring.',
  creator_stays: () => 'The creator of a draft can neither leave it nor be removed from it.',
  draft_full: ({ limit }) =>
    limit === undefined || limit === null
      ? 'This draft is full. Continue in a new one.'
      : `This draft is full: the limit is ${limit.toLocaleString('en-GB')}. Continue in a new one.`,
  contended: () => 'Several members changed this draft at the same moment. Please try again.',
  revision_moved: () => 'The draft has changed since you last read it. Read the changes, then try again.',
  idempotency_key_reused: () =>
    'This request was sent before with another text. Reload the page to see the saved text.',
  rate_limited: (problem) => `You sent too many requests. Try again ${soon(problem)}.`,
  too_many_connections: (problem) => `Ringdraft is open in too many windows. Close one, or try again ${soon(problem)}.`,
  internal_error: () => 'The server failed while it handled the request. Try again later.',
  unavailable: (problem) => `The server is not available right now. Try again ${soon(problem)}.`,
  draining: (problem) => `The server is restarting. Try again ${soon(problem)}.`,
  network: () => "The server can't be reached. Try again when you are back online.",
  offline: () => 'This device has no network. Try again when it is back.',
  credentials_unavailable: () => 'Your sign-in could not be renewed. Sign in again.',
  unexpected_status: () =>
    'Something between this page and the server refused the request, such as a proxy. Try again, or ask who runs it.',
  segment_not_saved: () => 'A segment that you wrote before is not saved. Save or discard it first.',
  malformed_answer: () => 'This page could not read the response of the server. Reload the page.',
};

/** The codes that have a message. */
export const knownCodes: readonly string[] = Object.keys(messages);

/** The message for a problem; an unknown code gives the detail that the server sent. */
export function problemMessage(problem: Problem): string {
  const message = Object.hasOwn(messages, problem.code) ? messages[problem.code] : undefined;
  if (message !== undefined) return message(problem);
  return problem.detail ?? 'The request failed, and the server gave no reason. Please try again.';
}
