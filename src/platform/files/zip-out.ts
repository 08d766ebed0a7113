// Writes a ZIP file piece by piece, entry after entry; nothing of it is kept but its directory.
import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import { assert } from '../../basics/refusal.ts'

const localSign = 0x04034b50
const behindSign = 0x08074b50
const centralSign = 0x02014b50
const endSign = 0x06054b50
/** Sizes stand behind the data; names are UTF-8. */
const flags = 0x0808
const deflated = 8
const version = 20
/** 1 January 1980: the same content makes the same file. */
const day = 0x0021
const wide = 0xffffffff

interface Written {
  name: Buffer
  crc: number
  packed: number
  size: number
  offset: number
}

function fields(...parts: readonly [value: number, bytes: 2 | 4][]): Buffer {
  const buffer = Buffer.alloc(parts.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of parts) {
    at = bytes === 2 ? buffer.writeUInt16LE(value, at) : buffer.writeUInt32LE(value, at)
  }
  return buffer
}

export class ZipWriter {
  private readonly entries: Written[] = []
  private offset = 0

  private out(bytes: Uint8Array): Uint8Array {
    this.offset += bytes.length
    assert(this.offset < wide, 'a file of this size needs the wide form of ZIP')
    return bytes
  }

  /** The bytes of one entry, packed while its content comes. */
  async *entry(
    name: string,
    content: AsyncIterable<string> | Iterable<string>,
  ): AsyncGenerator<Uint8Array> {
    const entry: Written = {
      name: Buffer.from(name),
      crc: 0,
      packed: 0,
      size: 0,
      offset: this.offset,
    }
    const { length } = entry.name
    const head = fields(
      [localSign, 4],
      [version, 2],
      [flags, 2],
      [deflated, 2],
      [0, 2],
      [day, 2],
      [0, 4],
      [0, 4],
      [0, 4],
      [length, 2],
      [0, 2],
    )
    yield this.out(Buffer.concat([head, entry.name]))
    const counted = async function* () {
      for await (const text of content) {
        const bytes = Buffer.from(text)
        entry.size += bytes.length
        entry.crc = crc32(bytes, entry.crc)
        yield bytes
      }
    }
    const source = Readable.from(counted(), { objectMode: false })
    const deflate = createDeflateRaw()
    source.on('error', (error) => deflate.destroy(error))
    source.pipe(deflate)
    try {
      for await (const chunk of deflate) {
        entry.packed += chunk.length
        yield this.out(chunk)
      }
    } finally {
      source.destroy()
      deflate.destroy()
    }
    assert(entry.size < wide, 'an entry of this size needs the wide form of ZIP')
    yield this.out(fields([behindSign, 4], [entry.crc, 4], [entry.packed, 4], [entry.size, 4]))
    this.entries.push(entry)
  }

  /** The directory, with which the file ends. */
  end(): Uint8Array {
    const directory = this.entries.map(({ name, crc, packed, size, offset }) =>
      Buffer.concat([
        fields(
          [centralSign, 4],
          [version, 2],
          [version, 2],
          [flags, 2],
          [deflated, 2],
          [0, 2],
          [day, 2],
          [crc, 4],
          [packed, 4],
          [size, 4],
          [name.length, 2],
          [0, 2],
          [0, 2],
          [0, 2],
          [0, 2],
          [0, 4],
          [offset, 4],
        ),
        name,
      ]),
    )
    const bytes = Buffer.concat(directory)
    const count = this.entries.length
    const end = fields(
      [endSign, 4],
      [0, 2],
      [0, 2],
      [count, 2],
      [count, 2],
      [bytes.length, 4],
      [this.offset, 4],
      [0, 2],
    )
    return Buffer.concat([bytes, end])
  }
}
