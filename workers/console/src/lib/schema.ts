// Forms and facts, made from the JSON Schema of a command or an event. Pure.
import type { Json, Lang, Schema } from '../api/types';
import { plain } from './format';

export type Values = { [key: string]: Json };

/** The part that a `$ref` names, with what its use says of it. */
export function resolved(schema: Schema, root: Schema): Schema {
  if (!schema.$ref) return schema;
  const part = root.definitions?.[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)] ?? {};
  const { $ref: _, ...own } = schema;
  return { ...resolved(part, root), ...own };
}

/** A schema's title is the field's Chinese label; its key is the English one. */
export const labelOfField = (key: string, schema: Schema, lang: Lang): string =>
  lang === 'zh' && schema.title ? schema.title : plain(key === 'pii' ? 'personal' : key.replace(/_id$/, ''));

/** Where the person begins: nothing chosen, lists empty, flags unset. */
export function emptyValue(schema: Schema, root: Schema): Json {
  const whole = resolved(schema, root);
  if (whole.type === 'object') {
    const members = Object.entries(whole.properties ?? {});
    return Object.fromEntries(members.map(([key, member]) => [key, emptyValue(member, root)]));
  }
  if (whole.type === 'array') return [];
  if (whole.type === 'boolean') return null;
  return '';
}

/** What the case says of a command's data where it is meant for one thing only: of several, the person says which. */
export const soleBeginning = (begins: Values[]): Values | undefined => (begins.length === 1 ? begins[0] : undefined);

/** What is sent: members that hold something, numbers as numbers; nothing for an object that the person left empty. */
export function filled(value: Json | undefined, schema: Schema, root: Schema): Json | undefined {
  const whole = resolved(schema, root);
  if (value === null || value === undefined || value === '') return undefined;
  if (whole.type === 'array') return (value as Json[]).map((one) => filled(one, whole.items ?? {}, root) ?? '');
  if (whole.type === 'object') {
    const members: Values = {};
    for (const [key, member] of Object.entries(whole.properties ?? {})) {
      const own = filled((value as Values)[key], member, root);
      const isNeeded = whole.required?.includes(key);
      if (own !== undefined && (isNeeded || !Array.isArray(own) || own.length > 0)) members[key] = own;
    }
    return Object.keys(members).length > 0 ? members : undefined;
  }
  if ((whole.type === 'integer' || whole.type === 'number') && typeof value === 'string') return Number(value);
  return value;
}

/** Every value of a form with the path of its field; a list before what it holds. */
function fieldsOf(value: Json, path = ''): [string, Json][] {
  if (Array.isArray(value)) return [[path, ''], ...value.flatMap((one, at) => fieldsOf(one, `${path}[${at}]`))];
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, one]) => fieldsOf(one, path ? `${path}.${key}` : key));
}

/** The fields that a refusal quotes, by their names or, where it names none, by what they hold: `to.department_id` of
 * "'data.to.department_id' is missing", `pii.service_need` of "'service_need' is missing", the list `pii.contacts` of "'contact' is missing". In the order of the form. */
export function fieldsIn(sentence: string, values: Values): string[] {
  const quoted = [...sentence.matchAll(/'(?:data\.)?([^']+)'/g)].map((match) => match[1] as string);
  const fields = fieldsOf(values);
  const isCalled = (path: string, name: string) =>
    path === name || path.endsWith(`.${name}`) || path.endsWith(`.${name}s`);
  const named = fields.filter(([path]) => quoted.some((name) => isCalled(path, name))).map(([path]) => path);
  if (named.length > 0) return named;
  const holding = fields.find(([, value]) => value !== '' && quoted.includes(String(value)));
  return holding ? [holding[0]] : [];
}

/** Every value that stands under `key` somewhere within: what a person may mean by it. */
export function valuesUnder(key: string, within: Json | undefined, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(within)) {
    for (const one of within) valuesUnder(key, one, found);
  } else if (typeof within === 'object' && within !== null) {
    for (const [name, value] of Object.entries(within)) {
      if (name === key && typeof value === 'string') found.add(value);
      valuesUnder(key, value, found);
    }
  }
  return found;
}

export interface Fact {
  path: string;
  label: string;
  value: Json;
  schema: Schema;
}

/** The leaves of an event's fact, labelled by its schema, in the schema's order. */
export function factsOf(fact: Values, schema: Schema, root: Schema, lang: Lang, prefix = ''): Fact[] {
  const whole = resolved(schema, root);
  const names = [...new Set([...Object.keys(whole.properties ?? {}), ...Object.keys(fact)])];
  return names.flatMap((key) => {
    const value = fact[key];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return [];
    const member = resolved(whole.properties?.[key] ?? {}, root);
    if (typeof value === 'object' && !Array.isArray(value))
      return factsOf(value, member, root, lang, `${prefix}${key}.`);
    return [{ path: prefix + key, label: labelOfField(key, member, lang), value, schema: member }];
  });
}
