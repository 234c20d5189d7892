import type { DraftSummary, Role } from '@ringdraft/client';

/** One who belongs to a draft, with what they may do in it. */
export interface Member {
  readonly userId: string;
  readonly role: 'creator' | Role;
}

/** The creator first, then the collaborators in the order in which they joined. */
export function membersOf(draft: Pick<DraftSummary, 'creator_id' | 'collaborators'>): readonly Member[] {
  return [
    { userId: draft.creator_id, role: 'creator' },
    ...draft.collaborators
      .filter((collaborator) => collaborator.user_id !== draft.creator_id)
      .map((collaborator): Member => ({ userId: collaborator.user_id, role: collaborator.role })),
  ];
}

/** True for those who may hold the ring. */
export function mayHoldRing(member: Member): boolean {
  return member.role !== 'viewer';
}

/** The member who is named first, then those who are here, then the others, each in their order. */
export function hereFirst(
  members: readonly Member[],
  here: ReadonlySet<string>,
  first: string | null,
): readonly Member[] {
  const rank = ({ userId }: Member): number => (userId === first ? 0 : here.has(userId) ? 1 : 2);
  return [...members].sort((one, other) => rank(one) - rank(other));
}
