export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

export interface ProblemParts {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /**
   * Stable code of the contract, or one of ours: `network`, `offline` (the device has no network),
   * `credentials_unavailable`, `malformed_answer`, `unexpected_status`.
   */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly requestId?: string | null;
  readonly retryAfterMs?: number | null;
  /** The values that explain the problem: `holder`, `limit`, … */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const passing: ReadonlySet<string> = new Set(['contended', 'unexpected_status']);

/** A request that did not do what it was asked: the server's refusal (RFC 9457), or the lack of an answer. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly requestId: string | null;
  /** As the answer said, up to 999,999,999 s: to be bounded before anything waits for it. */
  readonly retryAfterMs: number | null;
  readonly values: Readonly<Record<string, unknown>>;

  constructor(parts: ProblemParts) {
    super(`${parts.code}: ${parts.detail}`, { cause: parts.cause });
    this.name = 'ApiProblem';
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.errors = parts.errors ?? [];
    this.requestId = parts.requestId ?? null;
    this.retryAfterMs = parts.retryAfterMs ?? null;
    this.values = parts.values ?? {};
  }

  /** Who holds the ring, where the refusal says so (`ring_required`). */
  get holder(): string | null {
    const { holder } = this.values;
    return typeof holder === 'string' ? holder : null;
  }

  /** The limit that was passed, where the refusal says so. */
  get limit(): number | null {
    const { limit } = this.values;
    return typeof limit === 'number' ? limit : null;
  }

  /**
   * True when the same request may succeed later: nothing was decided about it. So it is with no answer, an overloaded
   * server, and whatever else than the server answered (a proxy's page, a hotel's login).
   */
  get isTransient(): boolean {
    const { status, code } = this;
    return status < 400 || status === 408 || status === 429 || status >= 500 || passing.has(code);
  }

  /** True when asking again is of no use: who asks, or what is asked for, has to change first. */
  get isFinalForReaders(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
}

/** What was thrown, as a problem: a fault of our own or of a callback counts as no answer. */
export function problemFrom(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiProblem({ status: 0, code: 'network', title: 'No answer', detail, cause: thrown });
}
