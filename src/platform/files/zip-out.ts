// Writes a ZIP file as a stream, entry after entry; nothing of it is kept but its directory.
import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import { assert } from '../../basics/refusal.ts'

export interface ZipEntry {
  /** UTF-8, with forward slashes. */
  name: string
  content: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>
}

/**
 * `wide`: Zip64, of any size. `plain`: below 4 GiB in sum and 65,535 entries; programs that open
 * spreadsheets do not read the wide form.
 */
export type ZipForm = 'plain' | 'wide'

interface Written {
  name: Buffer
  crc: number
  packed: number
  size: number
  offset: number
}

const signs = {
  local: 0x04034b50,
  behind: 0x08074b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator: 0x07064b50,
} as const
/** Sizes and check sum stand behind the data; names are UTF-8. */
const flags = 0x0808
const deflated = 8
const versions: Readonly<Record<ZipForm, number>> = { plain: 20, wide: 45 }
/** Midnight of 1 January 1980: the same content makes the same file. */
const day = 0x0021
/** Of a size or place: it stands in the extra field, with eight bytes. */
const elsewhere = 0xffffffff
const elsewhereCount = 0xffff

/** The bytes of a ZIP file; each entry is packed while it is read, so none is ever held whole. */
export async function* zipStream(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  form: ZipForm,
): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let offset = 0
  const counted = (bytes: Uint8Array) => {
    offset += bytes.length
    assert(form === 'wide' || offset < elsewhere, 'a file of this size needs the wide form of ZIP')
    return bytes
  }
  for await (const { name, content } of entries) {
    const one: Written = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, offset }
    yield counted(localHead(one, form))
    for await (const chunk of packed(content, one)) {
      one.packed += chunk.length
      yield counted(chunk)
    }
    assert(
      form === 'wide' || one.size < elsewhere,
      'an entry of this size needs the wide form of ZIP',
    )
    yield counted(behind(one, form))
    written.push(one)
  }
  assert(form === 'wide' || written.length < elsewhereCount, 'so many entries need the wide form')
  const at = offset
  for (const one of written) yield counted(centralHead(one, form))
  yield end(written.length, at, offset - at, form)
}

/** Packs what comes; its size and check sum are noted in the entry. */
async function* packed(content: ZipEntry['content'], one: Written): AsyncGenerator<Uint8Array> {
  async function* counted() {
    for await (const piece of content) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      one.size += bytes.length
      one.crc = crc32(bytes, one.crc)
      yield bytes
    }
  }
  const deflate = createDeflateRaw()
  const source = Readable.from(counted(), { objectMode: false })
  source.on('error', (error) => deflate.destroy(error))
  source.pipe(deflate)
  try {
    for await (const chunk of deflate) yield chunk
  } finally {
    source.destroy()
    deflate.destroy()
  }
}

/** Numbers one after the other, lowest byte first. */
function fields(...parts: readonly [value: number, bytes: 2 | 4 | 8][]): Buffer {
  const buffer = Buffer.alloc(parts.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of parts) {
    if (bytes === 2) at = buffer.writeUInt16LE(value, at)
    else if (bytes === 4) at = buffer.writeUInt32LE(value, at)
    else at = buffer.writeBigUInt64LE(BigInt(value), at)
  }
  return buffer
}

/** The extra field with what needs eight bytes; none in the plain form. */
function extra(form: ZipForm, ...values: readonly number[]): Buffer {
  if (form === 'plain') return Buffer.alloc(0)
  return fields([1, 2], [values.length * 8, 2], ...values.map((value) => [value, 8] as [number, 8]))
}

function localHead({ name }: Written, form: ZipForm): Buffer {
  const more = extra(form, 0, 0)
  const unknown = form === 'wide' ? elsewhere : 0
  const head = fields(
    [signs.local, 4],
    [versions[form], 2],
    [flags, 2],
    [deflated, 2],
    [0, 2],
    [day, 2],
    [0, 4],
    [unknown, 4],
    [unknown, 4],
    [name.length, 2],
    [more.length, 2],
  )
  return Buffer.concat([head, name, more])
}

function behind({ crc, packed: small, size }: Written, form: ZipForm): Buffer {
  const bytes = form === 'wide' ? 8 : 4
  return fields([signs.behind, 4], [crc, 4], [small, bytes], [size, bytes])
}

function centralHead({ name, crc, packed: small, size, offset }: Written, form: ZipForm): Buffer {
  const more = extra(form, size, small, offset)
  const shown = (value: number) => (form === 'wide' ? elsewhere : value)
  const head = fields(
    [signs.central, 4],
    [versions[form], 2],
    [versions[form], 2],
    [flags, 2],
    [deflated, 2],
    [0, 2],
    [day, 2],
    [crc, 4],
    [shown(small), 4],
    [shown(size), 4],
    [name.length, 2],
    [more.length, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 4],
    [shown(offset), 4],
  )
  return Buffer.concat([head, name, more])
}

/** `at`: where the directory begins. */
function end(count: number, at: number, length: number, form: ZipForm): Buffer {
  const last = (entries: number, size: number, place: number) =>
    fields(
      [signs.end, 4],
      [0, 2],
      [0, 2],
      [entries, 2],
      [entries, 2],
      [size, 4],
      [place, 4],
      [0, 2],
    )
  if (form === 'plain') return last(count, length, at)
  const wide = fields(
    [signs.end64, 4],
    [44, 8],
    [versions.wide, 2],
    [versions.wide, 2],
    [0, 4],
    [0, 4],
    [count, 8],
    [count, 8],
    [length, 8],
    [at, 8],
  )
  const locator = fields([signs.locator, 4], [0, 4], [at + length, 8], [1, 4])
  return Buffer.concat([wide, locator, last(elsewhereCount, elsewhere, elsewhere)])
}
