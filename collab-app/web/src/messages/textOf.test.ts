import { readFileSync } from 'node:fs';
import type { Segment } from '@ringdraft/client';
import { expect, it } from 'vitest';
import { markdown, plainText } from './textOf';

const segments = [' Once.\n', 'Twice,\nand again.'].map((content, position): Segment => ({
  segment_id: `s-${String(position)}`,
  draft_id: 'd-1',
  author_user_id: 'ana',
  content,
  position,
  created_at: '2026-11-23T12:00:00.000Z',
}));

const example = (name: string): string =>
  readFileSync(new URL(`../../../../docs/protocol/export/${name}`, import.meta.url), 'utf8');

it('a text is copied as the server exports it without authors', () => {
  const events = example('draft.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; data: Segment & { title?: string } });
  const written = events.filter(({ type }) => type === 'collab.segment_added').map(({ data }) => data);
  const title =
    events
      .map(({ data }) => data.title ?? '')
      .filter((each) => each !== '')
      .at(-1) ?? '';
  expect(markdown(title, written)).toBe(example('draft.without-authors.md'));
  expect(`${plainText(written)}\n`).toBe(example('draft.without-authors.txt'));
});

it('a text has neither names nor times', () => {
  expect(plainText(segments)).toBe('Once.\n\nTwice,\nand again.');
});

it('a text in Markdown has its title', () => {
  expect(markdown(' A\nwalk ', segments)).toBe('# A walk\n\nOnce.\n\nTwice,\nand again.\n');
});
