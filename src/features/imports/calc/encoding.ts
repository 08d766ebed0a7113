// Which character encoding a file is written in, told from its bytes alone.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What one pass over all bytes of a file tells about them. */
interface ByteFacts {
  bytes: number
  /** Line feeds seen; a rough place when the text itself cannot be read. */
  lineFeeds: number
  nuls: number
  /** Complete multi-byte sequences of UTF-8. */
  multiByte: number
  /** Bytes that cannot be UTF-8. */
  invalid: number
  /** Line (by line feeds, from 1) of the first byte that cannot be UTF-8. */
  firstInvalidLine?: number
  /** Bytes that Windows-1252 leaves undefined. */
  undefined1252: number
}

interface ByteCounter {
  push(bytes: Uint8Array): void
  /** Line reached, by line feeds. */
  lines(): number
  end(): ByteFacts
}

/**
 * Counts over a stream of bytes whether they are UTF-8 (RFC 3629: no overlong forms, no surrogates,
 * nothing beyond U+10FFFF). Works across chunk borders.
 */
export function byteCounter(): ByteCounter {
  const facts: ByteFacts = {
    bytes: 0,
    lineFeeds: 0,
    nuls: 0,
    multiByte: 0,
    invalid: 0,
    undefined1252: 0,
  }
  let expected = 0
  let low = 0x80
  let high = 0xbf
  const bad = () => {
    facts.invalid++
    facts.firstInvalidLine ??= facts.lineFeeds + 1
    expected = 0
  }
  const lead = (byte: number) => {
    low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
    if (byte >= 0xc2 && byte <= 0xdf) expected = 1
    else if (byte >= 0xe0 && byte <= 0xef) expected = 2
    else if (byte >= 0xf0 && byte <= 0xf4) expected = 3
    else bad()
  }
  const push = (bytes: Uint8Array) => {
    facts.bytes += bytes.length
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0
      if (byte < 0x80) {
        if (expected > 0) bad()
        if (byte === 10) facts.lineFeeds++
        else if (byte === 0) facts.nuls++
        continue
      }
      if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) {
        facts.undefined1252++
      }
      if (expected === 0) {
        lead(byte)
      } else if (byte >= low && byte <= high) {
        low = 0x80
        high = 0xbf
        if (--expected === 0) facts.multiByte++
      } else {
        bad()
        lead(byte)
      }
    }
  }
  return {
    push,
    lines: () => facts.lineFeeds + 1,
    end: () => {
      if (expected > 0) bad()
      return facts
    },
  }
}

interface EncodingFinding {
  encoding: Encoding
  /** Said aloud, or asked when `sure` is false. */
  how: 'mark' | 'pattern' | 'valid' | 'not_utf8'
  sure: boolean
  /** Some bytes do not belong to the encoding: rows with U+FFFD are damaged. */
  damaged: boolean
}

function startsWith(head: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte)
}

/** UTF-16 without a mark: text of Latin letters has a NUL in every second place. */
function utf16ByPattern(head: Uint8Array): Encoding | undefined {
  const pairs = Math.min(head.length, 65_536) >> 1
  if (pairs < 2) return undefined
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++
    if (head[2 * i + 1] === 0) odd++
  }
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be'
  return undefined
}

/**
 * The encoding of a file from its first bytes and the facts of all its bytes. A file that is not
 * UTF-8 throughout but has sequences of it is either damaged or something else: not `sure`.
 */
export function findEncoding(
  head: Uint8Array,
  facts: ByteFacts,
  given?: Encoding,
): EncodingFinding {
  const mark = startsWith(head, 0xef, 0xbb, 0xbf)
    ? 'utf-8'
    : startsWith(head, 0xff, 0xfe)
      ? 'utf-16le'
      : startsWith(head, 0xfe, 0xff)
        ? 'utf-16be'
        : undefined
  const finding = (
    encoding: Encoding,
    how: EncodingFinding['how'],
    sure: boolean,
  ): EncodingFinding => ({
    encoding,
    how,
    sure,
    damaged: encoding.startsWith('utf-16') || (encoding === 'utf-8' && facts.invalid > 0),
  })
  if (given) return finding(given, 'mark', true)
  if (mark) return finding(mark, 'mark', true)
  const pattern = utf16ByPattern(head)
  if (pattern) return finding(pattern, 'pattern', true)
  if (facts.invalid === 0) return finding('utf-8', 'valid', true)
  return finding('windows-1252', 'not_utf8', facts.multiByte === 0 && facts.undefined1252 === 0)
}

/** What a file that is no text calls itself by its first bytes, or undefined. */
export function binaryKind(head: Uint8Array): string | undefined {
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return 'Excel/ZIP'
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return 'Excel (.xls)'
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46)) return 'PDF'
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47)) return 'PNG'
  if (startsWith(head, 0xff, 0xfe, 0x00, 0x00)) return 'UTF-32'
  if (startsWith(head, 0x00, 0x00, 0xfe, 0xff)) return 'UTF-32'
  return undefined
}
