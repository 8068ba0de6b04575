import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Texts = { [key: string]: string | Texts };
const textsOf = (lang: string): Texts => JSON.parse(readFileSync(`src/locales/${lang}.json`, 'utf8'));
const en = textsOf('en');
const zh = textsOf('zh');
const flat = (texts: Texts, prefix = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('every text is in both languages, with the same placeholders', () => {
  const english = new Map(flat(en));
  const chinese = new Map(flat(zh));
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of english) {
    expect(text, key).not.toBe('');
    expect(placeholders(chinese.get(key) ?? ''), key).toEqual(placeholders(text));
  }
});

test('the Chinese texts are Chinese', () => {
  const latin = flat(zh)
    .filter(([, text]) => !/[\u4e00-\u9fff]/.test(text))
    .map(([key]) => key);
  expect(latin.sort()).toEqual(['app.name', 'board.csv']);
});
