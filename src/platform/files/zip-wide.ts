// Writes a ZIP file as a stream in its wide form (Zip64), of any size: entries one after the other, the directory at the end.
import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export interface ZipEntry {
  /** ASCII, with forward slashes. */
  name: string
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

interface Written {
  name: Buffer
  crc: number
  packed: number
  size: number
  offset: number
}

const localSign = 0x04034b50
const descriptorSign = 0x08074b50
const centralSign = 0x02014b50
const endSign = 0x06054b50
const end64Sign = 0x06064b50
const locatorSign = 0x07064b50
/** 4.5: sizes and offsets of more than 32 bits. */
const version = 45
/** Sizes and check sum follow the data; names are UTF-8. */
const flags = 0x0808
const deflated = 8
const wide = 0xffffffff
/** Midnight of 1 January 1980: ZIP knows no time before, and the content says when it was made. */
const dosDate = 0x0021

/** The bytes of a ZIP file; each entry is packed while it is read, so none is ever held whole. */
export async function* zipStream(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let offset = 0
  const count = (bytes: Buffer) => {
    offset += bytes.length
    return bytes
  }
  for await (const { name, pieces } of entries) {
    const one: Written = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, offset }
    yield count(localHeader(one.name))
    for await (const chunk of packedPieces(pieces, one)) {
      one.packed += chunk.length
      yield count(chunk)
    }
    yield count(descriptor(one))
    written.push(one)
  }
  const directoryAt = offset
  for (const one of written) yield count(centralHeader(one))
  yield endOf(written.length, directoryAt, offset - directoryAt)
}

async function* packedPieces(
  pieces: ZipEntry['pieces'],
  one: Written,
): AsyncGenerator<Buffer, void> {
  async function* counted() {
    for await (const piece of pieces) {
      one.size += piece.length
      one.crc = crc32(piece, one.crc)
      yield piece
    }
  }
  const deflate = createDeflateRaw({ level: 6 })
  const source = Readable.from(counted(), { objectMode: false })
  source.on('error', (error) => deflate.destroy(error))
  source.pipe(deflate)
  try {
    for await (const chunk of deflate) yield chunk as Buffer
  } finally {
    source.destroy()
    deflate.destroy()
  }
}

function localHeader(name: Buffer): Buffer {
  // An extra field of 64 bits announces that the sizes behind the data have eight bytes each.
  const head = Buffer.alloc(30)
  head.writeUInt32LE(localSign, 0)
  head.writeUInt16LE(version, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(deflated, 8)
  head.writeUInt16LE(dosDate, 12)
  head.writeUInt32LE(wide, 18)
  head.writeUInt32LE(wide, 22)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(20, 28)
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  return Buffer.concat([head, name, extra])
}

function descriptor({ crc, packed, size }: Written): Buffer {
  const bytes = Buffer.alloc(24)
  bytes.writeUInt32LE(descriptorSign, 0)
  bytes.writeUInt32LE(crc, 4)
  bytes.writeBigUInt64LE(BigInt(packed), 8)
  bytes.writeBigUInt64LE(BigInt(size), 16)
  return bytes
}

function centralHeader({ name, crc, packed, size, offset }: Written): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(centralSign, 0)
  head.writeUInt16LE(version, 4)
  head.writeUInt16LE(version, 6)
  head.writeUInt16LE(flags, 8)
  head.writeUInt16LE(deflated, 10)
  head.writeUInt16LE(dosDate, 14)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(wide, 20)
  head.writeUInt32LE(wide, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt16LE(28, 30)
  head.writeUInt32LE(wide, 42)
  const extra = Buffer.alloc(28)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(24, 2)
  extra.writeBigUInt64LE(BigInt(size), 4)
  extra.writeBigUInt64LE(BigInt(packed), 12)
  extra.writeBigUInt64LE(BigInt(offset), 20)
  return Buffer.concat([head, name, extra])
}

function endOf(entries: number, at: number, length: number): Buffer {
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(end64Sign, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(version, 12)
  end64.writeUInt16LE(version, 14)
  end64.writeBigUInt64LE(BigInt(entries), 24)
  end64.writeBigUInt64LE(BigInt(entries), 32)
  end64.writeBigUInt64LE(BigInt(length), 40)
  end64.writeBigUInt64LE(BigInt(at), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(locatorSign, 0)
  locator.writeBigUInt64LE(BigInt(at + length), 8)
  locator.writeUInt32LE(1, 16)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(endSign, 0)
  end.writeUInt16LE(0xffff, 8)
  end.writeUInt16LE(0xffff, 10)
  end.writeUInt32LE(wide, 12)
  end.writeUInt32LE(wide, 16)
  return Buffer.concat([end64, locator, end])
}
