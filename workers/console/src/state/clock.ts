// The time, for ages that are shown: one timer for the whole page.
import { ref } from 'vue';

export const now = ref(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 1000);
