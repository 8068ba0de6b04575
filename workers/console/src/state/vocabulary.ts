// What the words on the wire are called, why something is refused, and which codes the company's catalogues have. Loaded at the start and again
// with each form, for a policy may have been published since.
import { shallowRef } from 'vue';
import { getCatalogues, getWords } from '../api/client';
import type { Catalogue, Schema, Words } from '../api/types';
import { plain } from '../lib/format';
import { lang } from './settings';

const words = shallowRef<Record<string, Words>>({
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
});
const sentences = shallowRef<Record<string, Words>>({});
const departments = shallowRef<Record<string, string>>({});
const catalogues = shallowRef<Catalogue[]>([]);

export async function loadWords() {
  const [named, listed] = await Promise.all([getWords().catch(() => null), getCatalogues().catch(() => null)]);
  if (named) {
    words.value = { ...words.value, ...named.words };
    sentences.value = named.sentences;
    departments.value = named.departments;
  }
  if (listed) catalogues.value = listed;
}

export const wordOf = (word: string): string => words.value[word]?.[lang.value] ?? plain(word);

/** Its name, as the policy has it, else its id. */
export const departmentOf = (id: string): string => departments.value[id] ?? id;

/** Those that the policy names. */
export const departmentIds = (): string[] => Object.keys(departments.value);
/** What one of the choices of a schema is called. */
export const choiceOf = (schema: Schema, value: string): string =>
  schema['x-id'] === 'department' ? departmentOf(value) : wordOf(value);

/** In English as the server said it; in another language what the code means, which names no ids or numbers. */
export const reasonOf = ({ code, message }: { code: string; message: string }): string =>
  (lang.value !== 'en' && sentences.value[code]?.[lang.value]) || message;

/** The values that a schema lets a person choose from; empty where it is no list. A command cannot use what was retired. */
export function choicesOf(schema: Schema, retired: 'with retired' | 'without retired'): string[] {
  if (schema['x-id'] === 'department') return departmentIds();
  const name = schema['x-catalogue'];
  if (typeof name !== 'string') return (schema.enum ?? []).filter((word) => word !== null);
  const codes = catalogues.value.find((each) => each.name === name)?.codes;
  if (!codes) return (schema['x-codes'] ?? []) as string[];
  return codes.filter((each) => retired === 'with retired' || !each.retired).map((each) => each.code);
}
