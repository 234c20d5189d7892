import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { catalogues, languageOf } from '.';
import { de } from './de';
import { en } from './en';

type Tree = Readonly<Record<string, unknown>>;

/** Each word of a catalogue with its path. */
function entriesOf(tree: Tree, path = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? entriesOf(value as Tree, `${path}${key}.`) : [[path + key, value]],
  );
}

/** What is said for some values: functions get names, texts and counts. */
function said(value: unknown): string {
  if (typeof value !== 'function') return String(value);
  const words = value as (...values: readonly unknown[]) => string;
  const list = ['@ana', '@ben'];
  for (const values of [
    ['7', '8', '9'],
    [7, 8, 9],
    [list, '@ben'],
    ['@ana', list],
  ]) {
    try {
      return words(...values);
    } catch {
      // Of another kind.
    }
  }
  throw new Error(`no values fit ${value.toString()}`);
}

/** The same in both languages, at least for those values. */
const same = new Set([
  'app.and',
  'connection.live',
  'connection.offline',
  'count.more',
  'reading.formats.md',
  'ring.yourTurnIn',
]);

const source = fileURLToPath(new URL('../..', import.meta.url));
const components = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tsx'));

/** Words that a component has in itself: text between tags, and labels. */
function ownWords(path: string): readonly string[] {
  const file = ts.createSourceFile(path, readFileSync(source + path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const isWord = (text: string): boolean => /\p{L}{2}/u.test(text);
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && isWord(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && /^(aria-label|title|placeholder|alt|label|confirm)$/.test(node.name.getText())) {
      const value = node.initializer;
      if (value !== undefined && ts.isStringLiteral(value) && isWord(value.text)) found.push(value.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the catalogue', () => {
  it.each(Object.entries(catalogues))('%s has each word, and no other', (_code, words) => {
    expect(entriesOf(words).map(([path, value]) => [path, typeof value])).toEqual(
      entriesOf(en).map(([path, value]) => [path, typeof value]),
    );
    for (const [path, value] of entriesOf(words)) expect(said(value), path).not.toMatch(/^$|undefined|\[object/);
  });

  it('is German where it should be', () => {
    const english = new Map(entriesOf(en).map(([path, value]) => [path, said(value)]));
    const untranslated = entriesOf(de).filter(([path, value]) => said(value) === english.get(path) && !same.has(path));
    expect(untranslated.map(([path]) => path)).toEqual([]);
  });

  it('is chosen by the languages of the reader', () => {
    expect(languageOf(['fr-CA', 'de-AT', 'en'])).toMatchObject({ code: 'de', locale: 'de-AT', words: de });
    expect(languageOf(['en-US'])).toMatchObject({ code: 'en', locale: 'en-US', words: en });
    expect(languageOf(['fr'])).toMatchObject({ code: 'en', locale: 'en-GB' });
    expect(languageOf([])).toMatchObject({ code: 'en', locale: 'en-GB' });
  });
});

describe('a component', () => {
  const withWords = new Set(['Ringdraft', 'Ctrl', 'Enter']);
  it.each(components)('%s takes its words from the catalogue', (path) => {
    expect(ownWords(path).filter((words) => !withWords.has(words))).toEqual([]);
  });
});
