import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isDraftEvent, parseEvent } from '../src/realtime.js';

const folder = new URL('../../../docs/protocol/frames/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

const everyType = [
  'auth_expiring',
  'collab.collaborator_added',
  'collab.collaborator_removed',
  'collab.collaborator_updated',
  'collab.draft_created',
  'collab.draft_updated',
  'collab.ring_passed',
  'collab.ring_request_removed',
  'collab.ring_requested',
  'collab.segment_added',
  'connected',
  'draining',
  'error',
  'pong',
  'presence_diff',
  'presence_state',
  'snapshot_required',
];

/** What an event may lack: what did not change, and what older servers do not send. */
const optionalData: Readonly<Record<string, readonly string[]>> = {
  'collab.collaborator_updated.json': ['role', 'away'],
  'collab.draft_created.json': ['platform', 'turn_policy'],
  'collab.draft_updated.json': ['title', 'status', 'turn_policy'],
  'collab.ring_passed.json': ['turn_ends_at'],
};

describe('the golden frames', () => {
  it('are one for each type that a server sends', () => {
    expect(files.map((name) => name.replace(/\.json$/, '')).sort()).toEqual(everyType);
  });

  it.each(files)('%s is understood to the last field', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8').trimEnd();
    const frame = parseEvent(text);
    expect(frame).toEqual(JSON.parse(text));
    expect(frame?.type).toBe(name.replace(/\.json$/, ''));
    expect(text).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each(files)('%s without any one of its fields is no frame, but for what older servers do not send', (name) => {
    const whole = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown>;
    for (const field of Object.keys(whole)) {
      const isOptional = field === 'changed';
      expect(parseEvent(without(field, whole)) === null, `without ${field}`).toBe(!isOptional);
    }
  });

  it.each(files.filter((name) => name.startsWith('collab.')))(
    '%s needs each field of its data that is not optional',
    (name) => {
      const whole = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { data: Record<string, unknown> };
      for (const field of Object.keys(whole.data)) {
        const frame = parseEvent({ ...whole, data: without(field, whole.data) });
        const isOptional = optionalData[name]?.includes(field) ?? false;
        expect(frame === null, `without ${field}`).toBe(!isOptional);
      }
    },
  );

  it.each(files)('%s is an event exactly when its type says so', (name) => {
    const frame = parseEvent(readFileSync(new URL(name, folder), 'utf8'));
    expect(frame !== null && isDraftEvent(frame)).toBe(name.startsWith('collab.'));
  });
});

function without(field: string, whole: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
}
