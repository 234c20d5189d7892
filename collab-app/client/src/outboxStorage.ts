import * as v from 'valibot';
import type { EntryStorage } from './environment.js';

/** What is kept of a command until it is answered, and of a refused one until its author takes it back. */
export type OutboxRecord = AppendRecord | PassRecord;

interface RecordFields {
  readonly key: string;
  readonly ringTerm: number;
  readonly createdAt: number;
  /** Why it was refused for good; null while it waits. */
  readonly refusal: Refusal | null;
}

export interface Refusal {
  readonly code: string;
  readonly detail: string;
}

export interface AppendRecord extends RecordFields {
  readonly kind: 'append';
  readonly content: string;
  readonly segmentCount: number;
}

export interface PassRecord extends RecordFields {
  readonly kind: 'pass';
  readonly toUserId: string;
}

const fields = {
  key: v.string(),
  ringTerm: v.number(),
  createdAt: v.number(),
  refusal: v.nullable(v.object({ code: v.string(), detail: v.string() })),
};

const recordSchema: v.GenericSchema<unknown, OutboxRecord> = v.variant('kind', [
  v.object({ ...fields, kind: v.literal('append'), content: v.string(), segmentCount: v.number() }),
  v.object({ ...fields, kind: v.literal('pass'), toUserId: v.string() }),
]);

/** The records of one person in one draft, oldest first; each stored under a name of its own, so that tabs do not overwrite each other. */
export interface OutboxStorage {
  readonly records: () => readonly OutboxRecord[];
  readonly put: (record: OutboxRecord) => void;
  readonly remove: (key: string) => void;
}

/** Keeps in memory what the storage does not take: nothing is refused for want of space or permission. */
export function createOutboxStorage(storage: EntryStorage | null, prefix: string): OutboxStorage {
  const inMemory = new Map<string, OutboxRecord>();

  function stored(): readonly OutboxRecord[] {
    if (storage === null) return [];
    try {
      return storage
        .names()
        .filter((name) => name.startsWith(prefix))
        .map((name) => recordOf(storage.read(name)))
        .filter((record) => record !== null);
    } catch {
      return [];
    }
  }

  return {
    records: () =>
      [...stored().filter(({ key }) => !inMemory.has(key)), ...inMemory.values()].sort(
        (one, other) => one.createdAt - other.createdAt || (one.key < other.key ? -1 : 1),
      ),
    put(record) {
      inMemory.set(record.key, record);
      if (storage === null) return;
      try {
        storage.write(prefix + record.key, JSON.stringify(record));
        inMemory.delete(record.key);
      } catch {
        // It stays in memory.
      }
    },
    remove(key) {
      inMemory.delete(key);
      try {
        storage?.remove(prefix + key);
      } catch {
        // A storage that can't be written to has not kept it either.
      }
    },
  };
}

/** Null for what was not written here; it is left where it is. */
function recordOf(text: string | null): OutboxRecord | null {
  if (text === null) return null;
  try {
    const parsed = v.safeParse(recordSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
