// How the browser part is built: src/web and the screens of the features into dist/web.
import { dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type Rolldown } from 'vite'
import { type FirstFiles, firstFilesName } from './src/platform/http/first-files.ts'

const server = process.env.KONTOR_DEV_SERVER ?? 'http://127.0.0.1:4600'

/** Says which files each screen needs, so that the server names them in the page and none waits for another. */
function firstFiles(): Plugin {
  const screens = new Map<string, string>()
  let home = ''
  return {
    name: 'first-files',
    apply: 'build',
    enforce: 'pre',
    // A screen stands in the list of its feature as `path: '…'`, then `load: () => import('…')`.
    transform(code, id) {
      if (!/\/screens\/web[\w-]*\.ts$/.test(id)) return
      const list = code.split(/^ {2}drawers: /m)[0] ?? ''
      const found = [
        ...list.matchAll(
          /\bpath: '([^']+)'(?:(?!\bpath: ')[\s\S])*?\bload: \(\) =>\s*import\('([^']+)'\)/g,
        ),
      ]
      const loads = list.match(/\bload: /g)?.length ?? 0
      if (found.length !== loads)
        this.error(`${id} loads ${loads} screens, of which ${found.length} are understood`)
      for (const [, path = '', file = ''] of found) screens.set(path, join(dirname(id), file))
      home = code.match(/^ {2}home: '([^']+)'/m)?.[1] ?? home
    },
    generateBundle: {
      // After chunks that held nothing but styles are gone.
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        const begin = chunks.find((chunk) => chunk.isEntry)
        if (!begin) return this.error('No file begins the page')
        if (!screens.has(home)) return this.error(`No screen stands at “${home}”, the home`)
        const entry = filesOf(bundle, begin.fileName)
        const found: FirstFiles = {
          entry: [...entry],
          home,
          screens: [...screens].map(([path, module]) => {
            const chunk = chunks.find((one) => one.moduleIds.includes(module))
            if (!chunk) return this.error(`No file was made of ${module}`)
            const files = filesOf(bundle, chunk.fileName)
            return { path, files: [...files].filter((file) => !entry.has(file)) }
          }),
        }
        this.emitFile({ type: 'asset', fileName: firstFilesName, source: JSON.stringify(found) })
      },
    },
  }
}

/** Of the library's fourteen colours the theme has its own two and the greys. */
function withoutColours(): Plugin {
  const unused = 'red|pink|grape|violet|indigo|blue|cyan|teal|green|lime|yellow|orange'
  const variable = new RegExp(`--mantine-color-(${unused})-[\\w-]+:[^;]*;\\s*`, 'g')
  return {
    name: 'without-colours',
    enforce: 'pre',
    transform(code, id) {
      if (!/default-css-variables[\w.]*\.css/.test(id)) return
      const kept = code.replace(variable, '')
      if (kept === code) this.error(`${id} names its colours otherwise than expected`)
      return { code: kept, map: null }
    },
  }
}

/** A chunk, what it imports, and their style sheets. */
function filesOf(bundle: Rolldown.OutputBundle, first: string): Set<string> {
  const needed = new Set<string>()
  const waiting = [first]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue
    const file = bundle[name]
    if (file?.type !== 'chunk') throw new Error(`The build has no script ${name}`)
    needed.add(name)
    waiting.push(...file.imports)
    for (const css of file.viteMetadata?.importedCss ?? []) needed.add(css)
  }
  return needed
}

type Graph = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>

/** Modules that come with a module, without those of the library of parts, of which each page takes others. */
function comingWith(graph: Graph, first: string): Set<string> {
  if (!graph.getModuleInfo(first)) throw new Error(`No page is built of ${first}`)
  const found = new Set<string>()
  const waiting = [first]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || id.includes('/@mantine/')) continue
    found.add(id)
    waiting.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
  }
  return found
}

/**
 * Few files for the pages people begin with, because browsers fetch six at a time from a server of this kind: what
 * every page needs, what both of them need, what the second needs besides. What is loaded by name stays by itself.
 */
function firstGroups(): Rolldown.CodeSplittingOptions {
  const main = join(import.meta.dirname, 'src/web/main.tsx')
  const screens = {
    today: join(import.meta.dirname, 'src/features/today/screens/today-screen.tsx'),
    overview: join(import.meta.dirname, 'src/features/results/screens/overview-screen.tsx'),
  }
  const stay = new Set([main, ...Object.values(screens)])
  let known: { frame: Set<string>; today: Set<string>; overview: Set<string> } | undefined
  const of = (graph: Graph) => {
    known ??= {
      frame: comingWith(graph, main),
      today: comingWith(graph, screens.today),
      overview: comingWith(graph, screens.overview),
    }
    return known
  }
  const group = (name: string, priority: number, holds: (graph: Graph, id: string) => boolean) => ({
    debugName: name,
    priority,
    name: (id: string, graph: Graph) => (!stay.has(id) && holds(graph, id) ? name : null),
  })
  return {
    groups: [
      group('frame', 3, (graph, id) => of(graph).frame.has(id)),
      group('parts', 2, (graph, id) => of(graph).today.has(id) && of(graph).overview.has(id)),
      group('overview', 1, (graph, id) => of(graph).overview.has(id)),
    ],
  }
}

export default defineConfig({
  publicDir: 'src/web/public',
  plugins: [react(), withoutColours(), firstFiles()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // `light-dark()` and nesting are kept as written; browsers since 2024 know both.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy allows `default-src 'self'`: nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: firstGroups() },
    },
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
