// What the words on the wire are called: loaded once.
import { shallowRef } from 'vue';
import { getWords } from '../api/client';
import type { Words } from '../api/types';
import { plain } from '../lib/format';
import { lang } from './settings';

const words = shallowRef<Record<string, Words>>({
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
});

export async function loadWords() {
  const named = await getWords().catch(() => ({}));
  words.value = { ...words.value, ...named };
}

export const wordOf = (word: string): string => words.value[word]?.[lang.value] ?? plain(word);
