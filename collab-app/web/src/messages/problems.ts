import { atName } from './names';
import { words } from './words';

/** A code of the wire contract or of the client library, with the values that explain it. An `ApiProblem` is one. */
export interface Problem {
  readonly code: string;
  readonly detail?: string;
  readonly holder?: string | null;
  readonly limit?: number | null;
  readonly retryAfterMs?: number | null;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
}

const { problems } = words;

function soon(problem: Problem): string {
  const seconds = Math.ceil((problem.retryAfterMs ?? 0) / 1000);
  return seconds <= 1 ? problems.soon : problems.inSeconds(seconds);
}

const fieldNames: Readonly<Record<string, string>> = problems.fields;

function fieldErrors(problem: Problem): string {
  const errors = problem.errors ?? [];
  if (errors.length === 0) return problems.invalidField;
  return errors
    .map((error) => `${fieldNames[error.field] ?? error.field}: ${error.detail}.`.replace(/\.\.$/, '.'))
    .join(' ');
}

/**
 * One or two sentences for each code: the fault, and the remedy. None says that a text is kept: that depends on the
 * browser.
 */
const messages: Readonly<Record<string, string | ((problem: Problem) => string)>> = {
  validation_error: fieldErrors,
  malformed_json: problems.malformed_json,
  unauthenticated: problems.unauthenticated,
  forbidden: problems.forbidden,
  ring_required: ({ holder }) =>
    problems.ring_required(holder === undefined || holder === null ? null : atName(holder)),
  origin_not_allowed: problems.origin_not_allowed,
  not_found: problems.not_found,
  method_not_allowed: problems.mismatch,
  not_acceptable: problems.mismatch,
  request_timeout: problems.request_timeout,
  content_too_large: problems.content_too_large,
  unsupported_media_type: problems.mismatch,
  upgrade_required: problems.mismatch,
  headers_too_large: problems.headers_too_large,
  ring_moved: problems.ring_moved,
  draft_not_active: problems.draft_not_active,
  already_member: problems.already_member,
  not_a_member: problems.not_a_member,
  recipient_cannot_write: problems.recipient_cannot_write,
  already_requested: problems.already_requested,
  nobody_eligible: problems.nobody_eligible,
  already_holder: problems.already_holder,
  creator_stays: problems.creator_stays,
  draft_full: ({ limit }) => problems.draft_full(limit ?? null),
  contended: problems.contended,
  revision_moved: problems.revision_moved,
  idempotency_key_reused: problems.idempotency_key_reused,
  rate_limited: (problem) => problems.rate_limited(soon(problem)),
  too_many_connections: (problem) => problems.too_many_connections(soon(problem)),
  internal_error: problems.internal_error,
  unavailable: (problem) => problems.unavailable(soon(problem)),
  draining: (problem) => problems.draining(soon(problem)),
  network: problems.network,
  offline: problems.offline,
  credentials_unavailable: problems.credentials_unavailable,
  unexpected_status: problems.unexpected_status,
  segment_not_saved: problems.segment_not_saved,
  malformed_answer: problems.malformed_answer,
};

/** The codes that have a message. */
export const knownCodes: readonly string[] = Object.keys(messages);

/** The message for a problem; an unknown code gives the detail that the server sent. */
export function problemMessage(problem: Problem): string {
  const message = Object.hasOwn(messages, problem.code) ? messages[problem.code] : undefined;
  if (message !== undefined) return typeof message === 'string' ? message : message(problem);
  return problem.detail ?? problems.noReason;
}
