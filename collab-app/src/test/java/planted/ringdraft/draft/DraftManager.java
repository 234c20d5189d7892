package planted.ringdraft.draft;

/** Is named for nothing, and hands things out. */
public record DraftManager(String title) {
  public String getTitle() {
    return title;
  }
}
