package dev.ringdraft.rest.export;

import dev.ringdraft.wire.WireName;
import java.util.Optional;

/** The formats of an export. On the wire, and as the end of a file's name, in lower case. */
public enum ExportFormat {
  /** Markdown: the title as a heading, the text as its authors wrote it. */
  MD("text/markdown;charset=utf-8"),
  /** The text alone. */
  TXT("text/plain;charset=utf-8"),
  /** A whole page that loads nothing. */
  HTML("text/html;charset=utf-8"),
  /** Each event as a line of JSON, as on the wire. */
  JSONL("application/x-ndjson");

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The format of this name; empty when there is none. */
  public static Optional<ExportFormat> of(String name) {
    return WireName.parse(ExportFormat.class, name);
  }

  public String mediaType() {
    return mediaType;
  }

  /** How its files end, without the dot. */
  public String extension() {
    return WireName.of(this);
  }

  /** A writer for one export in this format. */
  EventWriter writer(String title, boolean withAuthors) {
    return switch (this) {
      case MD -> new TextWriter(Layout.MARKDOWN, title, withAuthors);
      case TXT -> new TextWriter(Layout.PLAIN, title, withAuthors);
      case HTML -> new TextWriter(Layout.PAGE, title, withAuthors);
      case JSONL -> new JsonLines();
    };
  }
}
