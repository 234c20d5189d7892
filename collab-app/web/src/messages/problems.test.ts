import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownCodes, problemMessage } from './problems';

const openApi = readFileSync(new URL('../../../../docs/openapi.yaml', import.meta.url), 'utf8');

/** The values of the enum that describes the member `code` of the schema `Problem`. */
function problemCodes(yaml: string): readonly string[] {
  const schema = /\n {4}Problem:\n((?: {5,}.*\n|\n)+)/.exec(yaml)?.[1] ?? '';
  const values = /\n( +)code:\n(?:\1 +.*\n)*?\1 +enum:\n((?:\1 +- \w+\n)+)/.exec(schema)?.[2] ?? '';
  return [...values.matchAll(/- (\w+)/g)].map(([, code = '']) => code);
}

/** The codes of the wire contract, and those that the client library adds. */
const contractCodes = problemCodes(openApi);
const libraryCodes = [
  'network',
  'offline',
  'credentials_unavailable',
  'malformed_answer',
  'unexpected_status',
  'segment_not_saved',
];

describe('the contract', () => {
  it('lists the codes of problems', () => {
    expect(contractCodes).toEqual(expect.arrayContaining(['validation_error', 'headers_too_large', 'draining']));
    expect(contractCodes.length).toBeGreaterThanOrEqual(30);
  });
});

describe('a problem', () => {
  it.each([...contractCodes, ...libraryCodes])('%s has a message of its own', (code) => {
    const message = problemMessage({ code, detail: 'detail of the server' });

    expect(message).toMatch(/^[A-Z].{20,}[.!?]$/);
    expect(message).not.toContain('detail of the server');
    expect(message).not.toContain('undefined');
    expect(message).not.toContain(code);
    expect(message).not.toMatch(/\bkept\b|\bstored\b/);
  });

  it('has no message for a code that no server sends', () => {
    expect([...knownCodes].sort()).toEqual([...contractCodes, ...libraryCodes].sort());
  });

  it('names the holder when the ring is elsewhere', () => {
    expect(problemMessage({ code: 'ring_required', holder: 'ben' })).toContain('@ben holds the ring');
  });

  it('names the limit of a full draft', () => {
    expect(problemMessage({ code: 'draft_full', limit: 10_000 })).toContain('10,000');
  });

  it('names the time of the next attempt', () => {
    expect(problemMessage({ code: 'rate_limited', retryAfterMs: 12_000 })).toContain('in 12 seconds');
    expect(problemMessage({ code: 'rate_limited', retryAfterMs: null })).toContain('in a moment');
  });

  it('names each field that is not valid', () => {
    const errors = [
      { field: 'title', detail: '0 code points (expected: 1..200)' },
      { field: 'colour', detail: 'unknown' },
    ];

    expect(problemMessage({ code: 'validation_error', errors })).toBe(
      'The title: 0 code points (expected: 1..200). colour: unknown.',
    );
  });

  it('of an unknown code gives the detail of the server', () => {
    expect(problemMessage({ code: 'new_rule', detail: 'Not on Sundays.' })).toBe('Not on Sundays.');
    expect(problemMessage({ code: 'toString' })).toContain('gave no reason');
  });
});
