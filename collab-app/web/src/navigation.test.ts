import { describe, expect, it } from 'vitest';
import { draftPath, routeOf } from './navigation';

describe('an address', () => {
  it.each(['/', '', '/drafts', '/drafts/'])('%j is my drafts', (path) => {
    expect(routeOf(path)).toEqual({ page: 'drafts' });
  });

  it.each(['/drafts/d-1', '/drafts/d-1/'])('%j is a draft', (path) => {
    expect(routeOf(path)).toEqual({ page: 'draft', draftId: 'd-1' });
  });

  it.each(['/draft', '/drafts/a/b', '/drafts/%E0%A4%A', '/etc'])('%j is no page', (path) => {
    expect(routeOf(path)).toEqual({ page: 'unknown', path });
  });

  it.each(['d-1', 'a/b', 'ü?#', '100%'])('of draft %j leads back to it', (draftId) => {
    expect(routeOf(draftPath(draftId))).toEqual({ page: 'draft', draftId });
  });
});
