import { createApp, watch } from 'vue';
import App from './App.vue';
import { i18n } from './i18n';
import { router } from './router';
import { loadMe, me } from './state/session';
import { applySettings } from './state/settings';
import { loadWords } from './state/vocabulary';
import './style/tokens.css';
import './style/base.css';

applySettings();
void loadMe();
// The catalogues are for who has signed in.
watch(() => me.value?.id, loadWords, { immediate: true });
createApp(App).use(i18n).use(router).mount('#app');
