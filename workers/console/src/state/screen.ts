// Whether there is room for little: a telephone, or a window as narrow.
import { ref } from 'vue';

const narrow = window.matchMedia('(max-width: 760px)');
export const isNarrow = ref(narrow.matches);
narrow.addEventListener('change', (event) => {
  isNarrow.value = event.matches;
});
