package dev.ringdraft.rest.config;

import static dev.ringdraft.settings.Setting.positive;

/**
 * How long the pages of lists are.
 *
 * @param drafts drafts of a page when the caller doesn't say
 * @param maxDrafts most drafts of a page, whatever the caller says
 * @param maxEvents most events of a page, and as many when the caller doesn't say
 */
public record PageSettings(int drafts, int maxDrafts, int maxEvents) {
  public PageSettings {
    positive("drafts", drafts);
    positive("maxDrafts", maxDrafts);
    positive("maxEvents", maxEvents);
  }

  /** 50 and at most 100 drafts, 500 events. */
  public static PageSettings defaults() {
    return new PageSettings(50, 100, 500);
  }
}
