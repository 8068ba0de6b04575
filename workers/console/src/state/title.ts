// The title of the document says where one is.
import { watchEffect } from 'vue';

export function useTitle(text: () => string) {
  watchEffect(() => {
    const own = text();
    document.title = own ? `${own} · casetrail` : 'casetrail';
  });
}
