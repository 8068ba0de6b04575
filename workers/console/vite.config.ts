import { fileURLToPath } from 'node:url';
import vueI18n from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

// What `./run dev` asks.
const target = process.env.CASETRAIL_URL ?? 'http://127.0.0.1:8377';

export default defineConfig({
  plugins: [
    vue(),
    // Messages are compiled here: the page makes no code from text, so its policy may forbid that.
    vueI18n({
      include: fileURLToPath(new URL('./src/locales/*.json', import.meta.url)),
      runtimeOnly: true,
      dropMessageCompiler: true,
    }),
  ],
  define: { __VUE_OPTIONS_API__: false },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    license: { fileName: 'licences.md' }, // of the packages that the page is made of: they travel with it
  },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/metrics', '/readyz'].map((path) => [path, { target, changeOrigin: true, headers: { origin: target } }]),
    ),
  },
  test: { include: ['tests/unit/*.test.ts'] },
});
