// What a person has chosen for every page: language, theme, and who they are.
import { computed, ref, watch } from 'vue';
import type { Lang } from '../api/types';
import { i18n } from '../i18n';
import { isChecked, me } from './session';
import { stored } from './stored';

export type Theme = 'system' | 'light' | 'dark';

export interface Identity {
  agent: string;
  department: string;
  role: string;
}

const browserLang = (): Lang => (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

export const chosenLang = stored<Lang | null>('language', null);
export const theme = stored<Theme>('theme', 'system');
/** Who they say they are, where nobody checks it. */
export const claimed = stored<Identity | null>('identity', null);
/** In which of their roles they work, of those that the server knows. */
export const chosenRole = stored('role', '');

const kAgent = 'agent:';

/** Who works here: as the server knows them, else as they say. */
export const identity = computed<Identity | null>(() => {
  if (!isChecked.value) return claimed.value;
  const actor = me.value?.actor;
  if (!actor?.startsWith(kAgent)) return null;
  const roles = me.value?.roles ?? [];
  return {
    agent: actor.slice(kAgent.length),
    department: me.value?.department_id ?? '',
    role: roles.includes(chosenRole.value) ? chosenRole.value : (roles[0] ?? ''),
  };
});

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
