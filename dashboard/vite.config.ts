import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: the form vite reads
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // Nothing else runs before the page's own code: a strict policy has no room for inline scripts.
  build: { modulePreload: false, target: 'es2022', assetsInlineLimit: 0, reportCompressedSize: false },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // `npm run dashboard`: the page with its sources live, its data from a sandbox beside it.
  server: { host: '127.0.0.1', proxy: { '/api': process.env.RIGKIT_CONTROL_PLANE ?? 'http://127.0.0.1:8080' } },
  logLevel: 'warn',
});
