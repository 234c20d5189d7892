package planted.ringdraft.ring;

import planted.ringdraft.draft.DraftManager;

/** Knows the draft that knows it, and takes more than callers can keep apart. */
public record PlantedRing(DraftManager drafts, int a, int b, int c, int d) {}
