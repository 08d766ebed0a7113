// How the browser part is built: src/web and the screens of the features into dist/web.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.KONTOR_DEV_SERVER ?? 'http://127.0.0.1:4600'

export default defineConfig({
  publicDir: 'src/web/public',
  plugins: [react()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // `light-dark()` and nesting are kept as written; browsers since 2024 know both.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy allows `default-src 'self'`: nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 650,
  },
  server: { proxy: { '/api': server, '/healthz': server } },
})
