import * as v from 'valibot';
import {
  defaultTurnPolicy,
  type Collaborator,
  type CollaboratorChanged,
  type Draft,
  type DraftSummary,
  type PresentUser,
  type RingRequest,
  type RingState,
  type Segment,
  type TurnPolicy,
} from './draft.js';
import type { KnownEvent, ServerFrame, UnknownEvent } from './frames.js';

/** A schema whose output is the published type; fields that it does not name are left out of the output. */
export type SchemaOf<Output> = v.GenericSchema<unknown, Output>;

function integerFrom(least: number): SchemaOf<number> {
  return v.pipe(
    v.number(),
    v.check((value) => Number.isSafeInteger(value) && value >= least, `an integer from ${String(least)} on`),
  );
}

const revision = integerFrom(1);
export const count = integerFrom(0);
const role = v.picklist(['contributor', 'viewer']);
const status = v.picklist(['active', 'locked', 'completed']);
const platform = v.optional(v.nullable(v.string()), null);

const instantOrNull = v.nullable(v.string());
const countOrNull = v.nullable(count);

const turnPolicySchema: SchemaOf<TurnPolicy> = v.object({
  // An order that is not known here must not cost the event that carries it.
  order: v.fallback(v.picklist(['manual', 'round_robin', 'least_recent', 'requests_first']), 'manual'),
  max_seconds: countOrNull,
  max_segments: countOrNull,
  away_after_missed: countOrNull,
});

export const ringRequestEntries = { user_id: v.string(), requested_at: v.string() };
const ringRequestSchema: SchemaOf<RingRequest> = v.object(ringRequestEntries);

export const ringStateSchema: SchemaOf<RingState> = v.pipe(
  v.object({
    current_holder_id: v.string(),
    term: count,
    holders_history: v.array(v.string()),
    passed_at: v.string(),
    // Servers without turn policies send nothing of the following.
    turn_started_at: v.optional(v.string()),
    turn_ends_at: v.optional(instantOrNull, null),
    turn_segments: v.optional(count, 0),
    next_user_id: v.optional(v.nullable(v.string()), null),
    requests: v.optional(v.array(ringRequestSchema), []),
    away: v.optional(v.array(v.string()), []),
  }),
  v.transform((ring) => ({ ...ring, turn_started_at: ring.turn_started_at ?? ring.passed_at })),
);

const collaboratorEntries = { user_id: v.string(), role, joined_at: v.string() };
export const collaboratorSchema: SchemaOf<Collaborator> = v.object(collaboratorEntries);
export const collaboratorChangedSchema: SchemaOf<CollaboratorChanged> = v.object({
  ...collaboratorEntries,
  away: v.boolean(),
});

export const segmentSchema: SchemaOf<Segment> = v.object({
  segment_id: v.string(),
  draft_id: v.string(),
  author_user_id: v.string(),
  content: v.string(),
  position: count,
  created_at: v.string(),
});

export const presentUserSchema: SchemaOf<PresentUser> = v.object({
  user_id: v.string(),
  connections: count,
  since: v.string(),
  // Whatever a server says that is not known here, or says nothing, is no reason to hide who is here.
  state: v.fallback(v.picklist(['viewing', 'typing']), 'viewing'),
});

const summaryEntries = {
  draft_id: v.string(),
  creator_id: v.string(),
  title: v.string(),
  platform,
  status,
  revision,
  epoch: v.string(),
  turn_policy: v.optional(turnPolicySchema, defaultTurnPolicy),
  ring_state: ringStateSchema,
  collaborators: v.array(collaboratorSchema),
  segment_count: count,
  created_at: v.string(),
  updated_at: v.string(),
};

export const draftSummarySchema: SchemaOf<DraftSummary> = v.object(summaryEntries);
export const draftSchema: SchemaOf<Draft> = v.object({ ...summaryEntries, segments: v.array(segmentSchema) });

const envelope = { draft_id: v.string(), revision, ts: v.string(), user_id: v.string() };

function eventSchema<const Type extends string, const Entries extends v.ObjectEntries>(type: Type, data: Entries) {
  return v.object({ type: v.literal(type), ...envelope, data: v.object(data) });
}

const events: Readonly<Record<KnownEvent['type'], SchemaOf<KnownEvent>>> = {
  'collab.draft_created': eventSchema('collab.draft_created', {
    title: v.string(),
    platform,
    creator_id: v.string(),
    created_at: v.string(),
    turn_policy: v.exactOptional(turnPolicySchema),
  }),
  'collab.segment_added': eventSchema('collab.segment_added', {
    segment_id: v.string(),
    content: v.string(),
    author_user_id: v.string(),
    position: count,
    created_at: v.string(),
  }),
  'collab.ring_passed': eventSchema('collab.ring_passed', {
    from_user_id: v.string(),
    to_user_id: v.string(),
    term: count,
    reason: v.string(),
    turn_ends_at: v.exactOptional(instantOrNull),
  }),
  'collab.ring_requested': eventSchema('collab.ring_requested', ringRequestEntries),
  'collab.ring_request_removed': eventSchema('collab.ring_request_removed', {
    user_id: v.string(),
    reason: v.string(),
  }),
  'collab.collaborator_added': eventSchema('collab.collaborator_added', {
    collaborator_id: v.string(),
    role,
    joined_at: v.string(),
  }),
  'collab.collaborator_removed': eventSchema('collab.collaborator_removed', { collaborator_id: v.string() }),
  'collab.collaborator_updated': eventSchema('collab.collaborator_updated', {
    collaborator_id: v.string(),
    role: v.exactOptional(role),
    away: v.exactOptional(v.boolean()),
    reason: v.string(),
  }),
  'collab.draft_updated': eventSchema('collab.draft_updated', {
    title: v.exactOptional(v.string()),
    status: v.exactOptional(status),
    turn_policy: v.exactOptional(turnPolicySchema),
  }),
};

type SignalType = Exclude<ServerFrame['type'], KnownEvent['type'] | 'unknown'>;

const signals: Readonly<Record<SignalType, SchemaOf<ServerFrame>>> = {
  connected: v.object({
    type: v.literal('connected'),
    draft_id: v.string(),
    user_id: v.string(),
    connection_id: v.string(),
    ts: v.string(),
    revision,
    epoch: v.string(),
    resumed: v.boolean(),
    ping_interval_ms: revision,
  }),
  snapshot_required: v.object({ type: v.literal('snapshot_required') }),
  presence_state: v.object({ type: v.literal('presence_state'), users: v.array(presentUserSchema) }),
  presence_diff: v.object({
    type: v.literal('presence_diff'),
    joined: v.array(presentUserSchema),
    changed: v.exactOptional(v.array(presentUserSchema)),
    left: v.array(v.string()),
  }),
  pong: v.object({ type: v.literal('pong'), ts: v.string(), revision }),
  auth_expiring: v.object({ type: v.literal('auth_expiring'), in_ms: count }),
  draining: v.object({ type: v.literal('draining'), reconnect_in_ms: count }),
  error: v.object({ type: v.literal('error'), code: v.string(), detail: v.string() }),
};

const knownFrames: ReadonlyMap<string, SchemaOf<ServerFrame>> = new Map(Object.entries({ ...events, ...signals }));
const unknownEvent = v.object(envelope);
const anyFrame = v.object({ type: v.string() });

/** The frame that `value` is, or null when it is none. */
export function frameOf(value: unknown): ServerFrame | null {
  const named = v.safeParse(anyFrame, value);
  if (!named.success) return null;
  const name = named.output.type;
  const schema = knownFrames.get(name);
  if (schema !== undefined) {
    const known = v.safeParse(schema, value);
    return known.success ? known.output : null;
  }
  const counted = v.safeParse(unknownEvent, value);
  if (counted.success) return { type: 'unknown', name, ...counted.output } satisfies UnknownEvent;
  return { type: 'unknown', name };
}
