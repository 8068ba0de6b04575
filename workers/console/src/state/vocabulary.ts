// What the words on the wire are called, and which codes the company's catalogues have. Loaded at the start and again
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
const catalogues = shallowRef<Catalogue[]>([]);

export async function loadWords() {
  const [named, listed] = await Promise.all([getWords().catch(() => ({})), getCatalogues().catch(() => null)]);
  words.value = { ...words.value, ...named };
  if (listed) catalogues.value = listed;
}

export const wordOf = (word: string): string => words.value[word]?.[lang.value] ?? plain(word);

/** The values that a schema lets a person choose from; empty where it is no list. A command cannot use what was retired. */
export function choicesOf(schema: Schema, retired: 'with retired' | 'without retired'): string[] {
  const name = schema['x-catalogue'];
  if (typeof name !== 'string') return (schema.enum ?? []).filter((word) => word !== null);
  const codes = catalogues.value.find((each) => each.name === name)?.codes;
  if (!codes) return (schema['x-codes'] ?? []) as string[];
  return codes.filter((each) => retired === 'with retired' || !each.retired).map((each) => each.code);
}
