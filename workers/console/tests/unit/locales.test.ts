import { readdirSync, readFileSync } from 'node:fs';
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

test('every text that the page asks for is there', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.(vue|ts)$/.test(file));
  const asked = sources.flatMap((file) =>
    [...readFileSync(`src/${file}`, 'utf8').matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key]) => key as string),
  );
  const known = new Set(flat(en).map(([key]) => key));
  expect(asked.length).toBeGreaterThan(100);
  expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
});
