// Finds the browser for tests and pictures; as root on Debian it is installed when absent.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Path of a Chromium; throws a sentence that says what to install when there is none. */
export function requireChromium(): string {
  const given = process.env.KONTOR_CHROMIUM
  const found = [...(given ? [given] : []), ...places].find((path) => existsSync(path))
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write("Installing Debian's Chromium for the browser tests …\n")
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    })
    const installed = places.find((path) => existsSync(path))
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need Chromium: install the package "chromium", or set KONTOR_CHROMIUM to its path.',
  )
}

/** As root Chromium runs only without its sandbox; nothing of it may call home. */
export const chromiumArguments: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]
