package planted.ringdraft.bench;

import planted.ringdraft.draft.PlantedDraft;

/** Knows the server's own classes. */
public final class PlantedBench {
  private final PlantedDraft draft;

  public PlantedBench(PlantedDraft draft) {
    this.draft = draft;
  }

  public PlantedDraft draft() {
    return draft;
  }
}
