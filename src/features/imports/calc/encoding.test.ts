// Tests of telling the encoding from bytes; Node's own check is the slow second opinion.
import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { byteCounter, findEncoding } from './encoding.ts'

function look(bytes: Uint8Array) {
  const counter = byteCounter()
  counter.push(bytes)
  return findEncoding(bytes, counter.end())
}

describe('encoding', () => {
  test('agrees with Node on what is UTF-8, wherever chunks are cut', () => {
    const part = fc.oneof(
      fc
        .constantFrom('a', 'ä', '€', '😀', '\n', '\u07ff', '\ud7ff', '\u{10ffff}')
        .map((text) => new TextEncoder().encode(text)),
      fc.uint8Array({ maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const counter = byteCounter()
        for (const bytes of parts) counter.push(bytes)
        expect(counter.end().invalid === 0).toBe(isUtf8(Buffer.concat(parts)))
      }),
      { seed: testSeed, numRuns: 1000 },
    )
  })

  test('names the line of the first byte that is no UTF-8', () => {
    const counter = byteCounter()
    counter.push(Buffer.from('ä\nb\n'))
    counter.push(Uint8Array.of(0x63, 0xe4, 0x0a))
    expect(counter.end()).toMatchObject({ invalid: 1, firstInvalidLine: 3, multiByte: 1 })
  })

  test('reads marks, patterns of UTF-16, and falls back to Windows-1252', () => {
    expect(look(Buffer.from('\ufeffa,b'))).toMatchObject({ encoding: 'utf-8', how: 'mark' })
    expect(look(Buffer.from('\ufeffä,b', 'utf16le'))).toMatchObject({
      encoding: 'utf-16le',
      how: 'mark',
    })
    expect(look(Buffer.from('Name;Ort', 'utf16le'))).toMatchObject({
      encoding: 'utf-16le',
      how: 'pattern',
    })
    expect(look(Buffer.from('Name;Ort', 'utf16le').swap16())).toMatchObject({
      encoding: 'utf-16be',
    })
    expect(look(Buffer.from('Größe', 'utf8'))).toMatchObject({
      encoding: 'utf-8',
      sure: true,
      damaged: false,
    })
    expect(look(Buffer.from('Größe', 'latin1'))).toMatchObject({
      encoding: 'windows-1252',
      sure: true,
    })
  })

  test('is not sure when sequences of UTF-8 and other bytes stand together', () => {
    expect(look(Buffer.concat([Buffer.from('Größe'), Uint8Array.of(0xe4)]))).toMatchObject({
      sure: false,
    })
    expect(look(Uint8Array.of(0x61, 0x81, 0x62))).toMatchObject({ sure: false })
  })
})
