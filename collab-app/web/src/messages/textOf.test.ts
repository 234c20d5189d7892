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

it('a text has neither names nor times', () => {
  expect(plainText(segments)).toBe('Once.\n\nTwice,\nand again.');
});

it('a text in Markdown has its title', () => {
  expect(markdown(' A\nwalk ', segments)).toBe('# A walk\n\nOnce.\n\nTwice,\nand again.\n');
});
