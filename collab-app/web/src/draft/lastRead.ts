import { environment } from '../browser';

const { storage } = environment;

/** How far a user has read a draft in this browser, and where they were. */
export interface LastRead {
  /** The number of segments that were in sight; those after are new. */
  readonly count: number;
  /** The history that the number counts in. */
  readonly epoch: string;
  /** When the page was last looked at. */
  readonly at: string;
  readonly place: Place;
}

/** A place in the text: its end, or a segment with the distance of its upper edge from that of the window. */
export type Place =
  { readonly kind: 'end' } | { readonly kind: 'segment'; readonly position: number; readonly top: number };

function keyOf(draftId: string, userId: string): string {
  return `ringdraft.read.${draftId}.${userId}`;
}

/** Null when nothing is stored that can be used. */
export function readLastRead(draftId: string, userId: string): LastRead | null {
  return parseLastRead(storage.read(keyOf(draftId, userId)));
}

export function writeLastRead(draftId: string, userId: string, lastRead: LastRead): void {
  storage.write(keyOf(draftId, userId), JSON.stringify(lastRead));
}

export function parseLastRead(text: string | null): LastRead | null {
  if (text === null) return null;
  try {
    const { count, epoch, at, place } = JSON.parse(text) as Partial<Record<keyof LastRead, unknown>>;
    const isRead = Number.isSafeInteger(count) && typeof epoch === 'string' && typeof at === 'string';
    return isRead && isPlace(place) ? { count: count as number, epoch, at, place } : null;
  } catch {
    return null;
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, position, top } = value as Record<string, unknown>;
  return kind === 'end' || (kind === 'segment' && Number.isSafeInteger(position) && typeof top === 'number');
}

/** The number of segments that are new to the user; null for a draft that they have not read in this browser. */
export function unreadCount(
  draft: { readonly draft_id: string; readonly epoch: string; readonly segment_count: number },
  userId: string,
): number | null {
  const lastRead = readLastRead(draft.draft_id, userId);
  if (lastRead?.epoch !== draft.epoch) return null;
  return Math.max(0, draft.segment_count - lastRead.count);
}
