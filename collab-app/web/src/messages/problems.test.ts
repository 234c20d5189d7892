import { describe, expect, it } from 'vitest';
import { knownCodes, problemMessage } from './problems';

/** The codes of the wire contract, and those that the client library adds. */
const contractCodes = [
  'validation_error',
  'malformed_json',
  'unauthenticated',
  'forbidden',
  'ring_required',
  'origin_not_allowed',
  'not_found',
  'method_not_allowed',
  'not_acceptable',
  'content_too_large',
  'unsupported_media_type',
  'request_header_fields_too_large',
  'ring_moved',
  'draft_not_active',
  'already_member',
  'not_a_member',
  'recipient_cannot_write',
  'already_holder',
  'creator_stays',
  'draft_full',
  'contended',
  'revision_moved',
  'idempotency_key_reused',
  'rate_limited',
  'too_many_connections',
  'unavailable',
  'draining',
];
const libraryCodes = ['network', 'credentials_unavailable', 'malformed_answer'];

describe('a refusal', () => {
  it.each([...contractCodes, ...libraryCodes])('%s is told in a sentence of its own', (code) => {
    const sentence = problemMessage({ code, detail: 'words of the server' });

    expect(sentence).toMatch(/^[A-Z].{20,}[.!?]$/);
    expect(sentence).not.toContain('words of the server');
    expect(sentence).not.toContain('undefined');
    expect(sentence).not.toContain(code);
  });

  it('has no sentence for a code that nobody sends', () => {
    expect([...knownCodes].sort()).toEqual([...contractCodes, ...libraryCodes].sort());
  });

  it('names the holder when the ring is elsewhere', () => {
    expect(problemMessage({ code: 'ring_required', holder: 'ben' })).toContain('@ben holds the ring');
  });

  it('names the limit of a full draft', () => {
    expect(problemMessage({ code: 'draft_full', limit: 10_000 })).toContain('10,000');
  });

  it('says when to try again', () => {
    expect(problemMessage({ code: 'rate_limited', retryAfterMs: 12_000 })).toContain('in 12 seconds');
    expect(problemMessage({ code: 'rate_limited', retryAfterMs: null })).toContain('in a moment');
  });

  it('names each field that was not as it must be', () => {
    const errors = [
      { field: 'title', detail: '0 code points (expected: 1..200)' },
      { field: 'colour', detail: 'unknown' },
    ];

    expect(problemMessage({ code: 'validation_error', errors })).toBe(
      'The title: 0 code points (expected: 1..200). colour: unknown.',
    );
  });

  it('of an unknown code is told in the words of the server', () => {
    expect(problemMessage({ code: 'new_rule', detail: 'Not on Sundays.' })).toBe('Not on Sundays.');
    expect(problemMessage({ code: 'toString' })).toContain('did not say why');
  });
});
