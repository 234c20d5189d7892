import type { DraftEvent } from '@ringdraft/client';
import { describe, expect, it } from 'vitest';
import { announcement, announcementOfMany } from './announcements';

const envelope = { draft_id: 'd-1', revision: 3, ts: '2026-11-23T12:00:00.000Z', user_id: 'ben' };
const added: DraftEvent = {
  ...envelope,
  type: 'collab.segment_added',
  data: {
    segment_id: 's-1',
    content: 'Once more.',
    author_user_id: 'ben',
    position: 0,
    created_at: envelope.ts,
  },
};
const left: DraftEvent = { ...envelope, type: 'collab.collaborator_removed', data: { collaborator_id: 'ben' } };
const removed: DraftEvent = { ...envelope, type: 'collab.collaborator_removed', data: { collaborator_id: 'cleo' } };
const updated: DraftEvent = { ...envelope, type: 'collab.draft_updated', data: { title: 'Home', status: 'locked' } };
const unknown: DraftEvent = { ...envelope, type: 'unknown', name: 'collab.applause' };

describe('an event', () => {
  it('of somebody else is read out', () => {
    expect(announcement(added, 'ana')).toBe('@ben added: Once more.');
    expect(announcement(left, 'ana')).toBe('@ben left the draft.');
    expect(announcement(removed, 'ana')).toBe('@ben removed @cleo.');
    expect(announcement(updated, 'ana')).toBe('@ben renamed the draft to Home and locked the draft.');
  });

  it('of my own is not', () => {
    expect(announcement(added, 'ben')).toBe('');
  });

  it('of an unknown type is not', () => {
    expect(announcement(unknown, 'ana')).toBe('');
  });
});

describe('events that come together', () => {
  const segments = (count: number): readonly DraftEvent[] =>
    Array.from({ length: count }, (_, index) => ({
      ...added,
      revision: index + 3,
      data: { ...added.data, content: `Number ${String(index + 1)}.` },
    }));

  it('are said one after the other', () => {
    expect(announcementOfMany([...segments(2), left], 'ana')).toBe(
      '@ben added: Number 1. @ben added: Number 2. @ben left the draft.',
    );
  });

  it('are joined when they are many', () => {
    expect(announcementOfMany([...segments(12), removed], 'ana')).toBe(
      '12 segments were added, the last by @ben: Number 12. @ben removed @cleo.',
    );
  });

  it('of my own are nothing', () => {
    expect(announcementOfMany(segments(12), 'ben')).toBe('');
  });
});
