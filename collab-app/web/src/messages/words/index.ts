import { languages } from '../../browser';
import { de } from './de';
import { en, type Words } from './en';

/** The catalogues, by the language of their words. */
export const catalogues: Readonly<Record<string, Words>> = { en, de };

export interface Language {
  readonly words: Words;
  /** The language of the words, for `lang`. */
  readonly code: string;
  /** For clock, dates and numbers: the reader's own variety where they have one. */
  readonly locale: string;
}

/** The first of the reader's languages that there are words in; English when there is none. */
export function languageOf(preferred: readonly string[]): Language {
  for (const locale of preferred) {
    const code = locale.split('-')[0]?.toLowerCase() ?? '';
    const words = Object.hasOwn(catalogues, code) ? catalogues[code] : undefined;
    if (words !== undefined) return { words, code, locale };
  }
  return { words: en, code: 'en', locale: 'en-GB' };
}

/** The language of these pages, chosen once when they are loaded. */
export const language = languageOf(languages());
export const { words, locale } = language;
