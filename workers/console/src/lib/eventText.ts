// What an event says, as it is drawn: its labelled fields, or the server's sentence with names in place of ids. Pure.
import type { HistoryRow, Json, Lang, Schema } from '../api/types';
import { duration, shortMoment } from './format';
import { type Fact, factsOf, type Values } from './schema';

/** What words are called, and ids by the field in which they stand. */
export interface Naming {
  lang: Lang;
  word: (word: string) => string;
  name: (field: string, id: string) => string | undefined;
}

const kMoment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const readable = (text: string, lang: Lang) => text.replace(kMoment, (iso) => shortMoment(iso, lang));

/** A field's value as text; `root` is the schema of the event. */
export function textOfFact({ path, value, schema }: Fact, root: Schema, naming: Naming): string {
  const isZh = naming.lang === 'zh';
  const one = (each: Json): string => {
    if (typeof each === 'boolean') return naming.word(each ? 'yes' : 'no');
    const isWord = schema.enum || schema['x-catalogue'] || schema.items?.$ref;
    if (typeof each === 'string')
      return isWord ? naming.word(each) : (naming.name(path, each) ?? readable(each, naming.lang));
    if (typeof each === 'number') return path.endsWith('_ms') ? duration(each, naming.lang) : String(each);
    const members = factsOf(each as Values, schema.items ?? {}, root, naming.lang, `${path}.`);
    return isZh ? `（${told(members, root, naming)}）` : `(${told(members, root, naming)})`;
  };
  return Array.isArray(value) ? value.map(one).join(isZh ? '、' : ', ') : one(value);
}

const told = (facts: Fact[], root: Schema, naming: Naming): string =>
  facts
    .map((fact) => fact.label + (naming.lang === 'zh' ? '：' : ': ') + textOfFact(fact, root, naming))
    .join(naming.lang === 'zh' ? '；' : '; ');

/** Every text of a fact with the field that it stands in. */
function textsIn(value: Json | undefined, field = ''): [string, string][] {
  if (typeof value === 'string') return [[field, value]];
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, key));
}

/** Ids that stand alone in the sentence, by the names of what the fact says of them; the longest first. */
function named(line: string, fact: Values, naming: Naming): string {
  const names = new Map<string, string>();
  for (const [field, id] of textsIn(fact)) {
    const name = naming.name(field, id);
    if (id !== '' && name !== undefined && name !== id) names.set(id, name);
  }
  if (names.size === 0) return line;
  const escaped = [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return line.replace(
    new RegExp(`(?<![\\w.-])(?:${escaped.join('|')})(?![\\w-]|\\.\\w)`, 'g'),
    (id) => names.get(id) ?? id,
  );
}

/** All that a fact says, by the labels of its schema. */
export const textOfFacts = (fact: Values, schema: Schema, naming: Naming): string =>
  told(factsOf(fact, schema, schema, naming.lang), schema, naming);

/** The server's sentence is English; in Chinese the labelled fields tell the same, once their schema is there. */
export function lineOf(event: HistoryRow, schema: Schema | null | undefined, naming: Naming): string {
  if (naming.lang === 'en') return readable(named(event.line, event.fact, naming), naming.lang);
  return schema ? textOfFacts(event.fact, schema, naming) : '';
}
