// The built web part, held in memory: no path of a request ever touches the file system.
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { type FirstFiles, firstFilesName } from './first-files.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
}

export interface Asset {
  type: string
  body: Buffer
  gzip?: Buffer
  brotli?: Buffer
}

export interface Pages {
  assets: Map<string, Asset>
  index: string
  first: FirstFiles
}

/** Reads every file of the build; compresses text once. */
export async function loadPages(folder: string): Promise<Pages> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )
  const assets = new Map<string, Asset>()
  for (const entry of names) {
    const path = join(entry.parentPath, entry.name)
    const type = types[extname(entry.name)]
    if (!type) continue
    const body = await readFile(path)
    const text = /text|json|svg/.test(type)
    assets.set(`/${relative(folder, path).split(sep).join('/')}`, {
      type,
      body,
      ...(text
        ? {
            gzip: gzipSync(body),
            brotli: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
          }
        : {}),
    })
  }
  const taken = (path: string) => {
    const text = assets.get(path)?.body.toString('utf8') ?? ''
    assets.delete(path)
    return text
  }
  const first: FirstFiles = JSON.parse(taken(`/${firstFilesName}`))
  return { assets, index: taken('/index.html'), first }
}

/** A nonce of its own for every page that is sent. */
export function pageNonce(): string {
  return randomBytes(18).toString('base64')
}

/**
 * Scripts, connections and fonts only from here, nothing inline, nothing evaluated. Style elements
 * carry the page's nonce, because the component library writes one; style attributes in markup are
 * refused (styles set by script on an element are not attributes to this rule).
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
