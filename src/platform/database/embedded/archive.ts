// The shape of a backup file: a tar packed with zstd that ends in a checksum over the whole, readable without Kontor.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

/*
 * tar after POSIX.1-1988 (ustar): 512-byte headers, contents padded to 512, two empty blocks at the
 * end. Behind the zstd frame stands a skippable frame (RFC 8878, 3.1.2), which other programs pass
 * over: magic, length, "kontor1" and the SHA-256 of every byte before it.
 */
const block = 512
const skippableMagic = 0x184d2a50
const footerWord = Buffer.from('kontor1\n')
const footerBytes = 8 + footerWord.length + 32
const octalMost = 0o77777777777

/** Why a file is no whole and unchanged backup. */
export class Damaged extends Error {}

export interface ArchiveWriter {
  folder(name: string): Promise<void>
  /** Writes exactly `size` bytes: what the source has beyond them is left, what it lacks is zeros. */
  file(name: string, size: number, source: AsyncIterable<Uint8Array>): Promise<{ sha256: string }>
  text(name: string, content: string): Promise<{ sha256: string; size: number }>
  /** Ends the archive, waits for the disk; the size of the file. */
  close(): Promise<number>
  /** Gives up; the file stays half-written. */
  abandon(): void
}

/** Begins an archive in a file that must not exist yet, readable by this user only. */
export async function writeArchive(path: string): Promise<ArchiveWriter> {
  const target = await open(path, 'wx', 0o600)
  const pack = createZstdCompress({
    params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
  })
  const whole = createHash('sha256')
  const packed = pipeline(pack, async (source: AsyncIterable<Uint8Array>) => {
    for await (const bytes of source) {
      whole.update(bytes)
      await target.writeFile(bytes)
    }
  })
  // Whoever writes next hears of it through `put`; nobody may miss it in between.
  packed.catch(() => {})
  const put = async (bytes: Uint8Array) => {
    if (!pack.write(bytes)) await Promise.race([drained(pack), packed])
  }
  const file: ArchiveWriter['file'] = async (name, size, source) => {
    const hash = createHash('sha256')
    await put(header(name, size, '0'))
    let left = size
    const add = async (bytes: Uint8Array) => {
      hash.update(bytes)
      await put(bytes)
      left -= bytes.length
    }
    for await (const bytes of source) {
      if (left === 0) break
      await add(bytes.length > left ? bytes.subarray(0, left) : bytes)
    }
    while (left > 0) await add(Buffer.alloc(Math.min(left, 65_536)))
    await put(Buffer.alloc(padding(size)))
    return { sha256: hash.digest('hex') }
  }
  return {
    folder: (name) => put(header(`${name}/`, 0, '5')),
    file,
    text: async (name, content) => {
      const bytes = Buffer.from(content)
      const one = async function* () {
        yield bytes
      }
      return { ...(await file(name, bytes.length, one())), size: bytes.length }
    },
    close: async () => {
      await put(Buffer.alloc(2 * block))
      pack.end()
      await packed
      await target.writeFile(footer(whole.digest()))
      return finish(target)
    },
    abandon: () => {
      pack.destroy()
      packed.catch(() => {}).then(() => target.close().catch(() => {}))
    },
  }
}

async function finish(target: FileHandle): Promise<number> {
  await target.sync()
  const { size } = await target.stat()
  await target.close()
  return size
}

export interface Entry {
  name: string
  kind: 'file' | 'folder'
  size: number
  /** Contents of a file; must be read to the end before the next entry. */
  content: AsyncIterable<Uint8Array>
}

/**
 * Checks the whole file by its last bytes, without unpacking it.
 * @throws Damaged
 */
export async function checkWhole(path: string): Promise<number> {
  const source = await open(path)
  try {
    const { size } = await source.stat()
    const packed = size - footerBytes
    const found = Buffer.alloc(footerBytes)
    if (packed > 0) await source.read(found, 0, footerBytes, packed)
    if (packed <= 0 || !found.subarray(0, -32).equals(footer(Buffer.alloc(32)).subarray(0, -32))) {
      throw new Damaged('its end is missing')
    }
    const whole = createHash('sha256')
    for await (const bytes of createReadStream(path, { end: packed - 1 }))
      whole.update(bytes as Buffer)
    if (!whole.digest().equals(found.subarray(-32))) throw new Damaged('its contents were altered')
    return packed
  } finally {
    await source.close()
  }
}

/**
 * Entries of an archive, in order.
 * @param packed length of the packed part, from `checkWhole`
 * @throws Damaged
 */
export async function* readArchive(path: string, packed: number): AsyncGenerator<Entry> {
  const bytes = new Bytes(createReadStream(path, { end: packed - 1 }).pipe(createZstdDecompress()))
  for (;;) {
    const head = await bytes.take(block)
    if (head.every((byte) => byte === 0)) return
    const { name, size, kind } = parseHeader(head)
    let left = size
    const content = async function* () {
      while (left > 0) {
        const part = await bytes.upTo(left)
        left -= part.length
        yield part
      }
    }
    yield { name, size, kind, content: content() }
    if (left > 0) throw new Error(`${name} was not read to its end`)
    await bytes.take(padding(size))
  }
}

/** Bytes of a stream, taken in the portions the reader wants. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#source = stream[Symbol.asyncIterator]()
  }

  /** Between 1 and `most` bytes. */
  async upTo(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next().catch((error: Error) => {
        throw new Damaged(error.message)
      })
      if (next.done) throw new Damaged('it ends too early')
      this.#rest = next.value
    }
    const part = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(part.length)
    return part
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let left = length; left > 0; ) {
      const part = await this.upTo(left)
      parts.push(part)
      left -= part.length
    }
    return Buffer.concat(parts)
  }
}

function header(name: string, size: number, type: '0' | '5'): Buffer {
  const head = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100 || size > octalMost)
    throw new Error(`${name} does not fit a tar header`)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  head.write(name, 0)
  head.write(octal(type === '5' ? 0o700 : 0o600, 7), 100)
  head.write(octal(0, 7), 108)
  head.write(octal(0, 7), 116)
  head.write(octal(size, 11), 124)
  head.write(octal(0, 11), 136)
  head.write('        ', 148)
  head.write(type, 156)
  head.write('ustar\x0000', 257)
  head.write(`${checksum(head).toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

function parseHeader(head: Buffer): { name: string; size: number; kind: 'file' | 'folder' } {
  const text = (from: number, to: number) =>
    head.toString('utf8', from, to).replace(/\0.*$/s, '').trim()
  const claimed = Number.parseInt(text(148, 156), 8)
  const blank = Buffer.from(head)
  blank.write('        ', 148)
  if (checksum(blank) !== claimed) throw new Damaged('a header is broken')
  const type = text(156, 157)
  const name = text(0, 100).replace(/\/$/, '')
  if ((type !== '0' && type !== '5') || !isInside(name)) {
    throw new Damaged(`it has an entry that no backup has (${name})`)
  }
  return { name, size: Number.parseInt(text(124, 136), 8), kind: type === '5' ? 'folder' : 'file' }
}

/** Whether a name stays inside the folder it is unpacked into. */
function isInside(name: string): boolean {
  return (
    name !== '' && !name.split('/').some((part) => part === '' || part === '.' || part === '..')
  )
}

function checksum(head: Buffer): number {
  return head.reduce((sum, byte) => sum + byte, 0)
}

function padding(size: number): number {
  return (block - (size % block)) % block
}

function footer(digest: Buffer): Buffer {
  const frame = Buffer.alloc(8)
  frame.writeUInt32LE(skippableMagic, 0)
  frame.writeUInt32LE(footerWord.length + digest.length, 4)
  return Buffer.concat([frame, footerWord, digest])
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve))
}
