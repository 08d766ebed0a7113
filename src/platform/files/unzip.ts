// Reads ZIP files that strangers made: everything is judged by the central directory first, then held to it.
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'

/** What is wrong with a ZIP file. */
export type ZipFaultKind = 'damaged' | 'encrypted' | 'packed_too_large' | 'unpacked_too_large'

export class ZipFault extends Error {
  readonly kind: ZipFaultKind

  constructor(kind: ZipFaultKind, why: string) {
    super(why)
    this.name = 'ZipFault'
    this.kind = kind
  }
}

export interface ZipLimits {
  /** Bytes of the file itself. */
  packed: number
  /** Bytes of all entries together, unpacked. */
  unpacked: number
  entries: number
}

interface Entry {
  /** As it stands in the directory. */
  name: string
  stored: boolean
  crc: number
  packed: number
  size: number
  /** Of its local header. */
  offset: number
}

export interface Zip {
  fileBytes: number
  /** Of all entries, as the directory says. */
  unpackedBytes: number
  /** Unpacked bytes of an entry, as the directory says; undefined when there is none of that name. */
  size(name: string): number | undefined
  /** Unpacks an entry piece by piece; throws {@link ZipFault} as soon as it is not what the directory says. */
  read(name: string): AsyncGenerator<Uint8Array>
  close(): Promise<void>
}

const damaged = (why: string) => new ZipFault('damaged', why)

const endSign = 0x06054b50
const end64Sign = 0x06064b50
const locatorSign = 0x07064b50
const centralSign = 0x02014b50
const localSign = 0x04034b50
const endBytes = 22
const centralBytes = 46
const localBytes = 30
const commentMost = 65_535
const chunkBytes = 128 * 1024
const wide = 0xffffffff

/** Names of parts are compared without regard to case; some writers use backslashes. */
function keyOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await handle.read(bytes, 0, length, position)
  if (bytesRead < length) throw damaged('it ends too early')
  return bytes
}

interface Directory {
  offset: number
  bytes: number
  entries: number
}

function wideNumber(bytes: Buffer, at: number): number {
  const value = Number(bytes.readBigUInt64LE(at))
  if (!Number.isSafeInteger(value)) throw damaged('a size is impossible')
  return value
}

async function findDirectory(handle: FileHandle, fileBytes: number): Promise<Directory> {
  const length = Math.min(fileBytes, endBytes + commentMost)
  const tail = await bytesAt(handle, fileBytes - length, length)
  for (let at = length - endBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== endSign) continue
    if (at + endBytes + tail.readUInt16LE(at + 20) !== length) continue
    const found = {
      entries: tail.readUInt16LE(at + 10),
      bytes: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    }
    const position = fileBytes - length + at
    return found.entries === 0xffff || found.bytes === wide || found.offset === wide
      ? wideDirectory(handle, position)
      : found
  }
  throw damaged('its directory is missing')
}

/** The directory as Zip64 says it: small files carry that, too, when they were written as a stream. */
async function wideDirectory(handle: FileHandle, endAt: number): Promise<Directory> {
  if (endAt < 20) throw damaged('its directory is missing')
  const locator = await bytesAt(handle, endAt - 20, 20)
  if (locator.readUInt32LE(0) !== locatorSign) throw damaged('its directory is missing')
  const at = wideNumber(locator, 8)
  if (at + 56 > endAt) throw damaged('its directory is missing')
  const end = await bytesAt(handle, at, 56)
  if (end.readUInt32LE(0) !== end64Sign) throw damaged('its directory is missing')
  return {
    entries: wideNumber(end, 32),
    bytes: wideNumber(end, 40),
    offset: wideNumber(end, 48),
  }
}

/** Sizes and offset that did not fit into 32 bits stand in an extra field, in this order. */
function widen(entry: Entry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1 && end <= extra.length) {
      let from = at + 4
      for (const key of ['size', 'packed', 'offset'] as const) {
        if (entry[key] !== wide) continue
        if (from + 8 > end) throw damaged('a size is missing')
        entry[key] = wideNumber(extra, from)
        from += 8
      }
      return
    }
    at = end
  }
}

function entryAt(bytes: Buffer, at: number): { entry: Entry; next: number } {
  if (at + centralBytes > bytes.length || bytes.readUInt32LE(at) !== centralSign) {
    throw damaged('its directory is broken')
  }
  const flags = bytes.readUInt16LE(at + 8)
  const method = bytes.readUInt16LE(at + 10)
  const nameEnd = at + centralBytes + bytes.readUInt16LE(at + 28)
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30)
  const next = extraEnd + bytes.readUInt16LE(at + 32)
  if (next > bytes.length) throw damaged('its directory is broken')
  const entry: Entry = {
    name: bytes.toString('latin1', at + centralBytes, nameEnd),
    stored: method === 0,
    crc: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
  }
  widen(entry, bytes.subarray(nameEnd, extraEnd))
  // Bit 0: encrypted; bit 6: strongly; bit 13: the directory itself is masked.
  if ((flags & 0x2041) !== 0) throw new ZipFault('encrypted', 'it is encrypted')
  if (method !== 0 && method !== 8) throw damaged(`packing method ${method} is not known`)
  if (entry.stored && entry.packed !== entry.size) throw damaged('two sizes contradict each other')
  return { entry, next }
}

function readDirectory(bytes: Buffer, count: number): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; entries.length < count; ) {
    const { entry, next } = entryAt(bytes, at)
    entries.push(entry)
    at = next
  }
  return entries
}

/** Entries lie one behind the other: bytes that serve twice are how small files unpack to huge ones. */
function requireApart(entries: readonly Entry[], end: number): void {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset)
  inOrder.forEach((entry, i) => {
    const least = entry.offset + localBytes + entry.name.length + entry.packed
    if (least > (inOrder[i + 1]?.offset ?? end)) throw damaged('its entries overlap')
  })
}

/** Opens a ZIP file whose directory is in order and within the limits; throws {@link ZipFault} otherwise. */
export async function openZip(path: string, limits: ZipLimits): Promise<Zip> {
  const handle = await open(path, 'r')
  try {
    const fileBytes = (await handle.stat()).size
    if (fileBytes > limits.packed) throw new ZipFault('packed_too_large', 'it is too large')
    const directory = await findDirectory(handle, fileBytes)
    if (directory.entries > limits.entries) throw damaged(`it has ${directory.entries} entries`)
    if (directory.offset + directory.bytes > fileBytes) throw damaged('it ends too early')
    const bytes = await bytesAt(handle, directory.offset, directory.bytes)
    const entries = readDirectory(bytes, directory.entries)
    requireApart(entries, directory.offset)
    const unpackedBytes = entries.reduce((sum, one) => sum + one.size, 0)
    if (unpackedBytes > limits.unpacked) {
      throw new ZipFault('unpacked_too_large', 'it is too large unpacked')
    }
    const byName = new Map<string, Entry>()
    for (const entry of entries) {
      const key = keyOf(entry.name)
      if (byName.has(key)) throw damaged('it has two entries of the same name')
      byName.set(key, entry)
    }
    return {
      fileBytes,
      unpackedBytes,
      size: (name) => byName.get(keyOf(name))?.size,
      read: (name) => {
        const entry = byName.get(keyOf(name))
        if (!entry) throw damaged(`the part ${name} is missing`)
        return unpack(handle, entry, directory.offset)
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function dataOffset(handle: FileHandle, entry: Entry, end: number): Promise<number> {
  const local = await bytesAt(handle, entry.offset, localBytes + entry.name.length)
  if (
    local.readUInt32LE(0) !== localSign ||
    local.readUInt16LE(26) !== entry.name.length ||
    local.toString('latin1', localBytes) !== entry.name
  ) {
    throw damaged('an entry is not what the directory says')
  }
  const from = entry.offset + localBytes + entry.name.length + local.readUInt16LE(28)
  if (from + entry.packed > end) throw damaged('an entry reaches into the directory')
  return from
}

async function* piecesOf(handle: FileHandle, from: number, length: number) {
  for (let at = 0; at < length; at += chunkBytes) {
    yield await bytesAt(handle, from + at, Math.min(chunkBytes, length - at))
  }
}

async function* unpack(handle: FileHandle, entry: Entry, end: number): AsyncGenerator<Uint8Array> {
  const from = await dataOffset(handle, entry, end)
  if (entry.packed === 0) {
    if (entry.size > 0) throw damaged('an entry is shorter than the directory says')
    return
  }
  const raw = Readable.from(piecesOf(handle, from, entry.packed), { objectMode: false })
  const inflate = entry.stored ? undefined : createInflateRaw({ chunkSize: chunkBytes })
  if (inflate) {
    raw.on('error', (error) => inflate.destroy(error))
    raw.pipe(inflate)
  }
  let size = 0
  let crc = 0
  try {
    for await (const chunk of inflate ?? raw) {
      size += chunk.length
      // Sizes can lie: more than was said is never unpacked.
      if (size > entry.size) throw damaged('an entry is larger than the directory says')
      crc = crc32(chunk, crc)
      yield chunk
    }
  } finally {
    raw.destroy()
    inflate?.destroy()
  }
  if (size < entry.size) throw damaged('an entry is shorter than the directory says')
  if (crc !== entry.crc) throw damaged('a check sum is wrong')
}
