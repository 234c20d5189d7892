package planted.ringdraft.ring;

import planted.ringdraft.draft.DraftManager;

/** Knows the draft that knows it. */
public record PlantedRing(DraftManager drafts) {}
