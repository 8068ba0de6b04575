// Who has signed in, and what they may do: the page shows nothing else.
import { computed, shallowRef } from 'vue';
import { kUnauthenticated, onUnauthenticated } from '../api/client';
import { signIn as askSignIn, signOut as askSignOut, getMe, type Me, type Right } from '../api/me';

export const me = shallowRef<Me | null>(null);

/** The server checks who asks. */
export const isChecked = computed(() => me.value?.checked ?? false);
export const isSignedOut = computed(() => isChecked.value && me.value?.id === undefined);
export const may = (right: Right) => me.value?.rights.includes(right) ?? false;

const kRetry = 2000;

export async function loadMe() {
  try {
    me.value = await getMe();
  } catch (failure) {
    // A token that has ended meanwhile is nobody's; without an answer it is asked again.
    if ((failure as { code?: string }).code === kUnauthenticated) me.value = { checked: true, roles: [], rights: [] };
    else setTimeout(loadMe, kRetry);
  }
}

export async function signIn(token: string) {
  me.value = await askSignIn(token);
}

export async function signOut() {
  me.value = await askSignOut();
}

onUnauthenticated(() => {
  if (isChecked.value && !isSignedOut.value) void loadMe();
});
