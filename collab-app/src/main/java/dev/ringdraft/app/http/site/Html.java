package dev.ringdraft.app.http.site;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** Writes HTML. Whatever is written as text is escaped, and elements end in order. */
final class Html {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern STRONG = Pattern.compile("\\*\\*([^*]+)\\*\\*");
  private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\\n\\s*\\n");

  private final StringBuilder html = new StringBuilder("<!doctype html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names, each with its value behind it
   */
  Html begin(String element, String... attributes) {
    empty(element, attributes);
    open.push(element);
    return this;
  }

  /** An element that has no end. */
  Html empty(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      html.append(escaped(attributes[i + 1])).append('"');
    }
    html.append('>');
    return this;
  }

  /** Ends the element that was begun last. */
  Html end() {
    html.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** A whole element with a text in it. */
  Html element(String element, String text, String... attributes) {
    return begin(element, attributes).text(text).end();
  }

  Html text(String text) {
    html.append(escaped(text));
    return this;
  }

  /** A text in which backquotes mark code, and two stars what is strong. */
  Html marked(String text) {
    String coded = CODE.matcher(escaped(text)).replaceAll("<code>$1</code>");
    html.append(STRONG.matcher(coded).replaceAll("<strong>$1</strong>"));
    return this;
  }

  /** Such a text in paragraphs; nothing for an empty one. */
  Html paragraphs(String text) {
    for (String paragraph : BETWEEN_PARAGRAPHS.split(text.strip(), -1)) {
      if (!paragraph.isEmpty()) {
        begin("p").marked(paragraph).end();
      }
    }
    return this;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not ended: " + open);
    }
    return html.toString();
  }
}
