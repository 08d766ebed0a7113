// `npm run dev`: the server with reload, and the pages by Vite's own server beside it.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const children: ChildProcess[] = [
  spawn(
    process.execPath,
    ['--watch-path=src', join(root, 'src/cli/main.ts'), 'serve', ...process.argv.slice(2)],
    { stdio: 'inherit' },
  ),
  spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--watch'], {
    cwd: root,
    stdio: 'inherit',
  }),
]
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal)
  })
}
await Promise.all(children.map((child) => new Promise((resolve) => child.on('close', resolve))))
