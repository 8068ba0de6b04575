import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './i18n';
import { router } from './router';
import { loadMe } from './state/session';
import { applySettings } from './state/settings';
import { loadWords } from './state/vocabulary';
import './style/tokens.css';
import './style/base.css';

applySettings();
void loadMe();
void loadWords();
createApp(App).use(i18n).use(router).mount('#app');
