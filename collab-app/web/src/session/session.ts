import {
  ApiProblem,
  bearer,
  type CredentialsSource,
  developmentUser,
  limits as defaultLimits,
} from '@ringdraft/client';
import { environment, readTabText, signInAround, writeTabText } from '../browser';

/** What the server says of itself and of the one who asks, before anything else is shown. */
export interface ServerSession {
  /** Whom the credentials name; null without any. */
  readonly userId: string | null;
  /** True when the server takes a name at its word. */
  readonly development: boolean;
  readonly limits: TextLimits;
}

/** The longest texts that the server takes, in Unicode code points. */
export interface TextLimits {
  readonly titleCodePoints: number;
  readonly contentCodePoints: number;
}

/** Someone who is known, and by what. Stays the same object for as long as it is the same person. */
export interface SignedIn {
  readonly userId: string;
  readonly credentials: CredentialsSource;
  /** True when the server would take anybody else at their word, however this one is known. */
  readonly development: boolean;
  readonly limits: TextLimits;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function positive(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : otherwise;
}

/** Reads the answer of `GET /v1/collab/session`; what is missing in it has the contract's default. */
export function parseSession(answer: unknown): ServerSession {
  const data = fieldsOf(fieldsOf(answer)['data']);
  const limits = fieldsOf(data['limits']);
  const userId = data['user_id'];
  return {
    userId: typeof userId === 'string' && userId !== '' ? userId : null,
    development: data['development'] === true,
    limits: {
      titleCodePoints: positive(limits['title_max_code_points'], defaultLimits.titleCodePoints),
      contentCodePoints: positive(limits['content_max_code_points'], defaultLimits.contentCodePoints),
    },
  };
}

/** A request beside those of the client library. Throws `ApiProblem`. */
export async function ask(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(`/v1/collab${path}`, { ...init, cache: 'no-store' });
  } catch (cause) {
    throw new ApiProblem({
      status: 0,
      code: 'network',
      title: 'No answer',
      detail: 'The server did not answer.',
      cause,
    });
  }
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null);
    const problem = fieldsOf(body);
    const code = problem['code'];
    const detail = problem['detail'];
    throw new ApiProblem({
      status: answer.status,
      code: typeof code === 'string' ? code : 'unavailable',
      title: answer.statusText,
      detail: typeof detail === 'string' ? detail : `HTTP ${String(answer.status)}`,
    });
  }
  return answer;
}

/** Asks the server who it is and whom it sees. Throws `ApiProblem`. */
export async function readSession(token: string | null, signal: AbortSignal): Promise<ServerSession> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token !== null) headers['Authorization'] = `Bearer ${token}`;
  const answer = await ask('/session', { headers, signal });
  return parseSession(await answer.json().catch(() => null));
}

/** The outcome of finding out who is here. */
export type SessionResult =
  | { readonly kind: 'signedIn'; readonly signedIn: SignedIn }
  | { readonly kind: 'development'; readonly limits: TextLimits }
  | { readonly kind: 'noSignIn' };

const sessionKey = 'ringdraft.session';

/** The last session that the server sent, for a time without a network. */
function rememberedSession(): ServerSession | null {
  try {
    const text = environment.storage.read(sessionKey);
    return text === null ? null : parseSession(JSON.parse(text));
  } catch {
    return null;
  }
}

function rememberSession({ userId, development, limits }: ServerSession): void {
  const { contentCodePoints, titleCodePoints } = limits;
  const answer = {
    user_id: userId,
    development,
    limits: { content_max_code_points: contentCodePoints, title_max_code_points: titleCodePoints },
  };
  environment.storage.write(sessionKey, JSON.stringify({ data: answer }));
}

export function forgetSession(): void {
  environment.storage.remove(sessionKey);
}

/** Whether the last session, in whichever tab, is one of this user. Development mode takes any name. */
export function isRemembered(userId: string): boolean {
  const session = rememberedSession();
  return session !== null && (session.userId ?? userId) === userId;
}

/** Asks the server; while that is away, the last session counts. */
async function currentSession(token: (() => Promise<string>) | undefined, signal: AbortSignal): Promise<ServerSession> {
  try {
    const session = await readSession(token === undefined ? null : await token(), signal);
    rememberSession(session);
    return session;
  } catch (failure) {
    const remembered = (await isServerAway(failure, signal)) && !signal.aborted ? rememberedSession() : null;
    if (remembered === null) throw failure;
    return remembered;
  }
}

async function isServerAway(failure: unknown, signal: AbortSignal): Promise<boolean> {
  if (failure instanceof ApiProblem) return failure.code === 'network' || failure.status >= 500;
  // No token came, which may be for lack of a network as well.
  return readSession(null, signal).then(
    () => false,
    (problem: unknown) => isServerAway(problem, signal),
  );
}

/**
 * Finds out who is here: by the sign-in around the page when there is one, else by asking, where the server allows
 * that.
 */
export async function resolveSession(signal: AbortSignal): Promise<SessionResult> {
  const token = signInAround();
  const session = await currentSession(token, signal);
  if (token === undefined) {
    return session.development ? { kind: 'development', limits: session.limits } : { kind: 'noSignIn' };
  }
  if (session.userId === null) return { kind: 'noSignIn' };
  return {
    kind: 'signedIn',
    signedIn: {
      userId: session.userId,
      credentials: bearer(token),
      development: session.development,
      limits: session.limits,
    },
  };
}

const userKey = 'ringdraft.user';

/** Whom this tab writes as in development mode; each tab has its own, so that two tabs can be two people. */
export function storedUser(): string | null {
  const userId = readTabText(userKey);
  return userId !== null && isDevelopmentName(userId) ? userId : null;
}

export function storeUser(userId: string | null): void {
  writeTabText(userKey, userId);
}

/** True for a name that can be taken at its word. */
export function isDevelopmentName(name: string): boolean {
  try {
    developmentUser(name);
    return true;
  } catch {
    return false;
  }
}

export function signedInForDevelopment(userId: string, limits: TextLimits): SignedIn {
  return { userId, credentials: developmentUser(userId), development: true, limits };
}
