import type { Segment } from '@ringdraft/client';

/** The text of a draft as one reads it: without names and times. */
export function plainText(segments: readonly Segment[]): string {
  return segments.map(({ content }) => content.trim()).join('\n\n');
}

/** The text with its title, for tools that read Markdown. */
export function markdown(title: string, segments: readonly Segment[]): string {
  return `# ${title.replace(/\s+/gu, ' ').trim()}\n\n${plainText(segments)}\n`;
}
