package dev.ringdraft.rest.export;

import java.util.regex.Pattern;

/** How the parts of a text look. Each part ends its own lines. */
enum Layout {
  MARKDOWN("\n") {
    @Override
    String title(String title) {
      return "# %s\n".formatted(title);
    }

    @Override
    String author(String name) {
      return "**%s**\n".formatted(MARKUP.matcher(name).replaceAll("\\\\$0"));
    }

    @Override
    String segment(String content) {
      return content + "\n";
    }
  },

  PLAIN("\n") {
    @Override
    String title(String title) {
      return "";
    }

    @Override
    String author(String name) {
      return name + "\n";
    }

    @Override
    String segment(String content) {
      return content + "\n";
    }
  },

  /** Its own policy holds for the saved file, which comes with no header fields. */
  PAGE("") {
    @Override
    String title(String title) {
      return """
          <!doctype html>
          <html>
          <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
          <title>%1$s</title>
          <style>
          body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 serif; }
          p { white-space: pre-wrap; overflow-wrap: anywhere; }
          p.author { margin-bottom: 0; font: bold 0.9rem sans-serif; }
          </style>
          </head>
          <body>
          <h1 dir="auto">%1$s</h1>
          """
          .formatted(escaped(title));
    }

    @Override
    String author(String name) {
      return "<p class=\"author\"><bdi>%s</bdi></p>\n".formatted(escaped(name));
    }

    @Override
    String segment(String content) {
      return "<p dir=\"auto\">%s</p>\n".formatted(escaped(content));
    }

    @Override
    String end() {
      return "</body>\n</html>\n";
    }
  };

  /** What Markdown may take for markup in a name. */
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+!|~&]");

  private final String separator;

  Layout(String separator) {
    this.separator = separator;
  }

  /** What stands between two parts. */
  String separator() {
    return separator;
  }

  abstract String title(String title);

  abstract String author(String name);

  abstract String segment(String content);

  /** What stands behind all parts. */
  String end() {
    return "";
  }

  /** Text for elements and attributes; HTML allows no control character but white space. */
  private static String escaped(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        case '\t', '\n', '\r' -> html.append(c);
        default -> html.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return html.toString();
  }
}
