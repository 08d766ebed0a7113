// How the browser part is built: src/web and the screens of the features into dist/web.
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = process.env.KONTOR_DEV_SERVER ?? 'http://127.0.0.1:4600'

/** What a browser loads before any screen: more than this is said aloud by the build. */
const firstLoadGzipBytesMax = 200_000

/** Says how heavy the first load is: scripts and style sheets of the page itself, gzipped. */
function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    generateBundle(_options, bundle) {
      const waiting = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' && file.isEntry ? [file.fileName] : [],
      )
      const needed = new Set<string>()
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        const file = bundle[name]
        if (needed.has(name) || file?.type !== 'chunk') continue
        needed.add(name)
        waiting.push(...file.imports)
        for (const css of file.viteMetadata?.importedCss ?? []) needed.add(css)
      }
      let bytes = 0
      for (const name of needed) {
        const file = bundle[name]
        if (file) bytes += gzipSync(file.type === 'chunk' ? file.code : file.source).length
      }
      const text = `first load ${(bytes / 1000).toFixed(0)} kB gzip (scripts and styles)`
      if (bytes > firstLoadGzipBytesMax) this.warn(`${text}, more than it should be`)
      else this.info(text)
    },
  }
}

export default defineConfig({
  publicDir: 'src/web/public',
  plugins: [react(), firstLoad()],
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
  // The server refuses foreign origins; through this proxy the pages are its own.
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: true, headers: { origin: server } },
      '/healthz': { target: server, changeOrigin: true },
    },
  },
})
