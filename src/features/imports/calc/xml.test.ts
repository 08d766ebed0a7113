// The XML reader: what it tells, what it refuses, and that pieces make no difference.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { attributeOf, attributesOf, XmlFault, xmlEncoding, xmlReader } from './xml.ts'

/** What is told of a document given in pieces: its events as one text, or the kind of the fault. */
function told(pieces: readonly string[]): string {
  let out = ''
  const reader = xmlReader({
    open: (name, attributes) => {
      out += `<${name}|${attributes.trim()}>`
    },
    close: (name) => {
      out += `</${name}>`
    },
    text: (text) => {
      out += text
    },
  })
  try {
    for (const piece of pieces) reader.push(piece)
    reader.end()
    return out
  } catch (error) {
    if (error instanceof XmlFault) return error.kind
    throw error
  }
}

describe('a document', () => {
  test.each([
    ['<a><x:b c="1>2"/>t&amp;&#228;&#x1F600;</a>', '<a|><b|c="1>2"></b>t&ä😀</a>'],
    ['<?xml version="1.0"?><!-- > --><a\n>\n</a\n> ', '<a|>\n</a>'],
    ['<a><![CDATA[<b>&amp;]]]]><!--]]>--></a>', '<a|><b>&amp;]]</a>'],
    ['\ufeff<a/>', '<a|></a>'],
  ])('%j', (xml, events) => {
    expect(told([xml])).toBe(events)
  })

  test.each([
    ['<!DOCTYPE a><a/>', 'forbidden'],
    ['<a>&nbsp;</a>', 'forbidden'],
    ['<a><!ELEMENT b></a>', 'forbidden'],
    [`${'<a>'.repeat(61)}`, 'forbidden'],
    ['<a>&#0;</a>', 'broken'],
    ['<a>&#xD800;</a>', 'broken'],
    ['<a>& b</a>', 'broken'],
    ['<a></b>', 'broken'],
    ['<a>', 'broken'],
    ['<a/><b/>', 'broken'],
    ['<a/>x', 'broken'],
    ['x<a/>', 'broken'],
    ['<a', 'broken'],
    ['<a b="', 'broken'],
    ['< a/>', 'broken'],
    ['<a><b<c/></a>', 'broken'],
    ['<a>\u0001</a>', 'broken'],
    [`<a ${'b'.repeat(70_000)}`, 'broken'],
    ['', 'broken'],
  ])('%j is refused', (xml, kind) => {
    expect(told([xml])).toBe(kind)
  })

  test('tells the same in whatever pieces it comes', () => {
    const parts = [
      '<a>',
      '</a>',
      '<b c="1"/>',
      "<b c='>'>",
      '</b>',
      'x',
      '&amp;',
      '&#65;',
      '&',
      ';',
    ]
    const more = [
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      ']',
      '-',
      '<?p ',
      '?>',
      ' ',
      'ä',
      '<!D',
      '<',
      '>',
    ]
    const document = fc
      .array(fc.constantFrom(...parts, ...more), { maxLength: 25 })
      .map((inside) => `<r>${inside.join('')}</r>`)
    fc.assert(
      fc.property(document, fc.array(fc.nat({ max: 80 }), { maxLength: 8 }), (xml, cuts) => {
        const places = [...new Set(cuts)].sort((a, b) => a - b)
        const pieces = [0, ...places].map((from, i) => xml.slice(from, places[i]))
        const whole = told([xml])
        expect(told(pieces)).toBe(whole)
        expect(told([...xml])).toBe(whole)
      }),
      { seed: testSeed, numRuns: 2000 },
    )
  })
})

test('attributes are found however they are written', () => {
  for (const text of [
    ' r="A1" s="2" t="s"',
    " s='2' r='A1'",
    ' xr="x r=" r = "A1"',
    ' xr="x r=" s="1" r="A1"',
    '\nr="A1"\n',
  ]) {
    expect(attributeOf(text, 'r')).toBe('A1')
  }
  expect(attributeOf(' ar="x"', 'r')).toBeUndefined()
  expect(attributeOf(' n="a &amp; b"', 'n')).toBe('a & b')
  expect([...attributesOf(' r:id="rId1" name="\'"')]).toEqual([
    ['r:id', 'rId1'],
    ['name', "'"],
  ])
  expect(() => attributesOf(' a')).toThrow(XmlFault)
  expect(() => attributesOf(' a="b')).toThrow(XmlFault)
})

test('the encoding is told by the first bytes', () => {
  const bytes = (text: string) => Buffer.from(text)
  expect(xmlEncoding(bytes('<a/>'))).toBe('utf-8')
  expect(xmlEncoding(bytes('<?xml version="1.0" encoding="ISO-8859-1"?>'))).toBe('windows-1252')
  expect(xmlEncoding(Buffer.from('\ufeff<a/>', 'utf16le'))).toBe('utf-16le')
  expect(xmlEncoding(Buffer.from('<a/>', 'utf16le').swap16())).toBe('utf-16be')
  expect(() => xmlEncoding(bytes('<?xml version="1.0" encoding="UTF-7"?>'))).toThrow(XmlFault)
})
