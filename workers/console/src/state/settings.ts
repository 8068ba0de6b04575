// What a person has chosen for every page: language, theme, and who they say they are.
import { computed, ref, watch } from 'vue';
import type { Lang } from '../api/types';
import { i18n } from '../i18n';
import { stored } from './stored';

export type Theme = 'system' | 'light' | 'dark';

/** Nobody checks it: the server takes the word of whoever reaches it. */
export interface Identity {
  agent: string;
  department: string;
  role: string;
}

const browserLang = (): Lang => (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

export const chosenLang = stored<Lang | null>('language', null);
export const theme = stored<Theme>('theme', 'system');
export const identity = stored<Identity | null>('identity', null);

/** The dialog for it is open. */
export const askingIdentity = ref(false);

export const lang = computed<Lang>(() => chosenLang.value ?? browserLang());

export function applySettings() {
  watch(
    lang,
    (now) => {
      i18n.global.locale.value = now;
      document.documentElement.lang = now === 'zh' ? 'zh-CN' : 'en';
    },
    { immediate: true },
  );
  watch(
    theme,
    (now) => {
      document.documentElement.dataset.theme = now;
    },
    { immediate: true },
  );
}
