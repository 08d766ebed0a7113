// The texts that the cells of a spreadsheet share: kept as bytes, so that a million of them stay small.
import type { XmlEvents } from './xml.ts'

/** Longest text kept: one more than a cell may have, so that a longer one is seen to be. */
export const textMost = 65_537
const blockBytes = 4 * 1024 * 1024
export const sharedTextsMost = 8_000_000
export const sharedBytesMost = 256 * 1024 * 1024

const escaped = /_x([0-9a-fA-F]{4})_/g

/** Text with its escapes resolved: `_x000D_` is a carriage return. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text
    .replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .toWellFormed()
}

/** Positions that grow by doubling. */
class Numbers {
  private values = new Uint32Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const more = new Uint32Array(this.length * 2)
      more.set(this.values)
      this.values = more
    }
    this.values[this.length++] = value
  }

  at(index: number): number {
    return this.values[index] ?? 0
  }
}

export class SharedStrings {
  private readonly blocks: Uint8Array[] = []
  private used = 0
  private readonly starts = new Numbers()
  private readonly lengths = new Numbers()
  private readonly encoder = new TextEncoder()
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true })

  get length(): number {
    return this.starts.length
  }

  /** Bytes kept. */
  get bytes(): number {
    return this.blocks.length * blockBytes
  }

  add(text: string): void {
    // A UTF-16 unit takes at most three bytes.
    const most = text.length * 3
    let block = this.blocks.at(-1)
    if (!block || this.used + most > blockBytes) {
      block = new Uint8Array(blockBytes)
      this.blocks.push(block)
      this.used = 0
    }
    const { written } = this.encoder.encodeInto(text, block.subarray(this.used))
    this.starts.push((this.blocks.length - 1) * blockBytes + this.used)
    this.lengths.push(written)
    this.used += written
  }

  /** Undefined when there are not that many. */
  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.length)) return undefined
    const start = this.starts.at(index)
    const block = this.blocks[Math.floor(start / blockBytes)]
    const from = start % blockBytes
    return this.decoder.decode(block?.subarray(from, from + this.lengths.at(index)))
  }
}

/** Reads the shared texts; of a text with parts in several styles all parts, but no reading aids. */
export function sharedStringReader(full: () => never): XmlEvents & { strings: SharedStrings } {
  const strings = new SharedStrings()
  let text = ''
  let inText = false
  let inAid = false
  return {
    strings,
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') inAid = true
      else if (name === 't') inText = !inAid
    },
    text: (piece) => {
      if (inText && text.length < textMost) text += piece.slice(0, textMost - text.length)
    },
    close: (name) => {
      if (name === 't') inText = false
      else if (name === 'rPh') inAid = false
      else if (name === 'si') {
        strings.add(unescaped(text))
        if (strings.length > sharedTextsMost || strings.bytes > sharedBytesMost) full()
      }
    },
  }
}
