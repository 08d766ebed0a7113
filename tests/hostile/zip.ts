// Makes ZIP files, honest ones and such as lie about what is in them.
import { crc32, deflateRawSync } from 'node:zlib'

export interface Part {
  name: string
  bytes: Uint8Array | string
  stored?: boolean
  /** What directory and local header say instead of the truth. */
  lie?: Partial<Said>
  /** Name in the local header, when another than in the directory. */
  localName?: string
  /** The directory names it a second time, at the same place. */
  twice?: string
}

interface Said {
  size: number
  packed: number
  crc: number
  flags: number
  method: number
  offset: number
}

export interface ZipForm {
  comment?: string
  /** Sizes stand in the wide extra field, as streaming writers put them. */
  wide?: boolean
}

const wide32 = 0xffffffff

function header(sign: number, said: Said, name: Buffer, extra: Buffer, central: boolean): Buffer {
  const bytes = Buffer.alloc(central ? 46 : 30)
  let at = bytes.writeUInt32LE(sign, 0)
  if (central) at = bytes.writeUInt16LE(45, at)
  at = bytes.writeUInt16LE(45, at)
  at = bytes.writeUInt16LE(said.flags, at)
  at = bytes.writeUInt16LE(said.method, at)
  at = bytes.writeUInt32LE(0x00210000, at)
  at = bytes.writeUInt32LE(said.crc >>> 0, at)
  at = bytes.writeUInt32LE(said.packed, at)
  at = bytes.writeUInt32LE(said.size, at)
  at = bytes.writeUInt16LE(name.length, at)
  at = bytes.writeUInt16LE(extra.length, at)
  if (central) bytes.writeUInt32LE(said.offset, 42)
  return Buffer.concat([bytes, name, extra])
}

function widened(said: Said): { said: Said; extra: Buffer } {
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  extra.writeBigUInt64LE(BigInt(said.size), 4)
  extra.writeBigUInt64LE(BigInt(said.packed), 12)
  return { said: { ...said, size: wide32, packed: wide32 }, extra }
}

export function zipOf(parts: readonly Part[], form: ZipForm = {}): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const bytes = Buffer.from(part.bytes as Uint8Array)
    const packed = part.stored ? bytes : deflateRawSync(bytes)
    const truth: Said = {
      size: bytes.length,
      packed: packed.length,
      crc: crc32(bytes),
      flags: 0,
      method: part.stored ? 0 : 8,
      offset,
    }
    const told = { ...truth, ...part.lie }
    const { said, extra } = form.wide ? widened(told) : { said: told, extra: Buffer.alloc(0) }
    const name = Buffer.from(part.name)
    const local = Buffer.from(part.localName ?? part.name)
    const head = header(0x04034b50, said, local, extra, false)
    pieces.push(head, packed)
    directory.push(header(0x02014b50, said, name, extra, true))
    if (part.twice !== undefined) {
      directory.push(header(0x02014b50, said, Buffer.from(part.twice), extra, true))
    }
    offset += head.length + packed.length
  }
  const central = Buffer.concat(directory)
  const comment = Buffer.from(form.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...pieces, central, end, comment])
}
