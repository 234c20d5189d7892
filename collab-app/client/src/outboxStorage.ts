import * as v from 'valibot';
import type { SafeStorage } from './environment.js';

/** What is kept of a command until it is answered, and of a refused one until its author takes it back. */
export type OutboxRecord = AppendRecord | PassRecord;

interface RecordFields {
  readonly key: string;
  readonly ringTerm: number;
  readonly createdAt: number;
  /** How often the server failed on it, and when it last did; what says nothing about the entry does not count. */
  readonly tries: number;
  readonly triedAt: number;
  /** Why it was refused or set aside; null while it waits. */
  readonly refusal: Refusal | null;
}

export interface Refusal {
  readonly code: string;
  readonly detail: string;
  /** True when nothing was decided about it, so that the same entry may be sent again. */
  readonly mayRetry: boolean;
}

export interface AppendRecord extends RecordFields {
  readonly kind: 'append';
  readonly content: string;
  readonly segmentCount: number;
}

export interface PassRecord extends RecordFields {
  readonly kind: 'pass';
  readonly toUserId: string | null;
}

const fields = {
  key: v.string(),
  ringTerm: v.number(),
  createdAt: v.number(),
  tries: v.optional(v.number(), 0),
  triedAt: v.optional(v.number(), 0),
  refusal: v.nullable(v.object({ code: v.string(), detail: v.string(), mayRetry: v.optional(v.boolean(), false) })),
};

const schemas: Readonly<Record<string, v.GenericSchema<unknown, OutboxRecord>>> = {
  append: v.object({ ...fields, kind: v.literal('append'), content: v.string(), segmentCount: v.number() }),
  pass: v.object({ ...fields, kind: v.literal('pass'), toUserId: v.nullable(v.string()) }),
};

/**
 * The records of one person in one draft, oldest first; each stored under a name of its own, so that tabs do not
 * overwrite each other.
 */
export interface OutboxStorage {
  readonly records: () => readonly OutboxRecord[];
  readonly put: (record: OutboxRecord) => void;
  readonly remove: (key: string) => void;
  /** False for a record that is in memory alone. */
  readonly keeps: (key: string) => boolean;
}

export function createOutboxStorage(storage: SafeStorage, prefix: string): OutboxStorage {
  return {
    records: () =>
      storage
        .names()
        .filter((name) => name.startsWith(prefix))
        .map((name) => recordOf(storage.read(name), name.slice(prefix.length)))
        .filter((record) => record !== null)
        .sort((one, other) => one.createdAt - other.createdAt || (one.key < other.key ? -1 : 1)),
    put: (record) => {
      storage.write(prefix + record.key, JSON.stringify(record));
    },
    remove: (key) => {
      storage.remove(prefix + key);
    },
    keeps: (key) => storage.keeps(prefix + key),
  };
}

/** Null for what was not written here; it is left where it is. */
function recordOf(text: string | null, key: string): OutboxRecord | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as { readonly kind: string };
    const schema = schemas[value.kind];
    const parsed = schema && v.safeParse(schema, value);
    return parsed?.success && parsed.output.key === key ? parsed.output : null;
  } catch {
    return null;
  }
}
