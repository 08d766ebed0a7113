// A seeded generator of CSV files as the world sends them, and worse.
import { gzipSync } from 'node:zlib'

export interface HostileFile {
  name: string
  /** What was done to it, for the message of a failing test. */
  what: string
  bytes: Uint8Array
  /** For files that are only unusual: what must come out, by row. */
  expected?: { external_id: string; seller: string; amount: number }[]
  /** Unpacked bytes to allow; the default of the reader when absent. */
  maxBytes?: number
}

export interface Dice {
  /** 0 … below. */
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
}

/** Chance from a seed (Mulberry32), the same on every machine. */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    pick: (list) => {
      const value = list[below(list.length)]
      if (value === undefined) throw new Error('nothing to pick from')
      return value
    },
    chance: (share) => next() < share,
  }
}

export const header = [
  'Number',
  'Seller',
  'Customer',
  'Stage',
  'Opened on',
  'Closed on',
  'Amount',
  'Currency',
]
const sellers = [
  'Ana Weber',
  'Jörg Groß',
  'Zoë Åkesson',
  'O’Neill "Red"',
  'Multi\nLine',
  'a;b',
  'c,d',
  'Tab\tbed',
  'Pipe|d',
  '=1+1',
  '@SUM(A1)',
  '-x',
  '+49 30',
  "'; DROP TABLE deal;--",
  '<script>alert(1)</script>',
]
const lineEnds = ['\n', '\r\n', '\r'] as const

type Encoding = 'utf-8' | 'utf-8-mark' | 'utf-16le' | 'utf-16be' | 'windows-1252'

function utf16(text: string, big: boolean): Uint8Array {
  const little = Buffer.from(text, 'utf16le')
  return big ? little.swap16() : little
}

const high1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Bytes of a text; what Windows-1252 lacks becomes a question mark. */
function encode(text: string, encoding: Encoding, mark = true): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8')
    case 'utf-8-mark':
      return Buffer.from(`\ufeff${text}`, 'utf8')
    case 'utf-16le':
    case 'utf-16be':
      return utf16(mark ? `\ufeff${text}` : text, encoding === 'utf-16be')
    case 'windows-1252':
      return Uint8Array.from(text, (letter) => {
        const code = letter.codePointAt(0) ?? 63
        if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code
        const at = high1252.indexOf(letter)
        return at >= 0 ? 0x80 + at : 63
      })
  }
}

function cellText(cell: string, delimiter: string, quoteAll: boolean): string {
  return quoteAll ||
    cell.includes('"') ||
    cell.includes('\n') ||
    cell.includes('\r') ||
    cell.includes(delimiter)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell
}

export interface Table {
  rows: string[][]
  expected: NonNullable<HostileFile['expected']>
}

export function table(roll: Dice, count: number): Table {
  const rows: string[][] = []
  const expected: Table['expected'] = []
  for (let i = 0; i < count; i++) {
    const seller = roll.pick(sellers)
    const cents = roll.below(10_000_000)
    const id = `D${i}`
    const whole = Math.floor(cents / 100)
    rows.push([
      id,
      seller,
      `Kunde ${roll.below(20)}`,
      'Won',
      '2024-01-15',
      '2024-02-28',
      `${whole}.${String(cents % 100).padStart(2, '0')}`,
      'EUR',
    ])
    expected.push({ external_id: id, seller: seller.replace(/\s+/g, ' '), amount: cents })
  }
  return { rows, expected }
}

function write(
  roll: Dice,
  rows: readonly string[][],
  delimiter: string,
  mixedEnds = false,
): string {
  const end = roll.pick(lineEnds)
  const quoteAll = roll.chance(0.3)
  let text = ''
  for (const row of [header, ...rows]) {
    text += row.map((cell) => cellText(cell, delimiter, quoteAll)).join(delimiter)
    text += mixedEnds ? roll.pick(lineEnds) : end
    if (roll.chance(0.05)) text += mixedEnds ? '\n' : end
  }
  if (!roll.chance(0.3)) return text
  let shorter = text.length
  while (shorter > 0 && (text[shorter - 1] === '\n' || text[shorter - 1] === '\r')) shorter--
  return text.slice(0, shorter)
}

function unusual(roll: Dice): Omit<HostileFile, 'name'> {
  const encoding = roll.pick([
    'utf-8',
    'utf-8-mark',
    'utf-16le',
    'utf-16be',
    'windows-1252',
  ] as const)
  const delimiter = roll.pick([',', ';', '\t', '|'])
  const { rows, expected } = table(roll, 1 + roll.below(200))
  const text = write(roll, rows, delimiter, roll.chance(0.5))
  const foreign = [...text].some((letter) => letter > '\u00ff' && letter !== '’')
  const mark = roll.chance(0.7)
  const bytes = encode(text, foreign && encoding === 'windows-1252' ? 'utf-8' : encoding, mark)
  const packed = roll.chance(0.3)
  return {
    what: `unusual ${encoding} ${JSON.stringify(delimiter)}${packed ? ' gz' : ''}`,
    bytes: packed ? gzipSync(bytes) : bytes,
    expected,
  }
}

function plainRows(roll: Dice, count = 60): string[][] {
  return table(roll, count).rows
}

function spoilt(roll: Dice, change: (rows: string[][]) => void): string {
  const rows = plainRows(roll)
  change(rows)
  return write(roll, rows, ',')
}

export const oddDates = [
  '0000-00-00',
  '9999-99-99',
  '31/02/2020',
  '2024-02-30',
  '1/1/1',
  '--',
  '٢٠٢٤-٠١-٠١',
  '2024-01-01T25:00',
  'yesterday',
  '20240101',
  '1.2.24',
  '2024-01-15T10:00:00+99:00',
]
export const oddNumbers = [
  '1e999',
  'Infinity',
  'NaN',
  '0x10',
  '١٢٣',
  '1.2.3',
  '--5',
  '9999999999999999999999',
  '1,234',
  '1.234',
  '5-',
  '(5)',
  '€ 5',
  '$5',
  '1 000,5',
  '0.001',
  '.',
  ',',
  '5%',
]

function overlay(roll: Dice, text: string, pieces: readonly string[], times: number): string {
  let out = text
  for (let i = 0; i < times; i++) {
    const at = roll.below(out.length)
    out = out.slice(0, at) + roll.pick(pieces) + out.slice(at)
  }
  return out
}

export function spoilBytes(
  roll: Dice,
  bytes: Uint8Array,
  values: readonly number[],
  times: number,
): Uint8Array {
  const copy = Uint8Array.from(bytes)
  for (let i = 0; i < times; i++) copy[roll.below(copy.length)] = roll.pick(values)
  return copy
}

type Maker = (roll: Dice) => Omit<HostileFile, 'name' | 'what'>
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

const makers: Readonly<Record<string, Maker>> = {
  'ragged rows': (roll) => ({
    bytes: utf8(
      spoilt(roll, (rows) => {
        for (const row of rows) {
          if (roll.chance(0.3)) row.length = roll.below(row.length)
          else if (roll.chance(0.2)) row.push('x', '')
        }
      }),
    ),
  }),
  'NUL bytes': (roll) => ({
    bytes: spoilBytes(roll, utf8(write(roll, plainRows(roll), ',')), [0], 1 + roll.below(30)),
  }),
  'huge cells': (roll) => ({
    bytes: utf8(
      spoilt(roll, (rows) => {
        const row = roll.pick(rows)
        row[roll.below(8)] = roll
          .pick(['x', 'ä', '"', '\n', '😀'])
          .repeat(roll.pick([65_535, 65_536, 65_537, 200_000]))
      }),
    ),
  }),
  'a huge row': (roll) => ({
    bytes: utf8(
      `${write(roll, plainRows(roll), ',')}\n${'y,'.repeat(roll.pick([524_000, 700_000, 2_000_000]))}\n${write(roll, plainRows(roll, 3), ',')}`,
    ),
  }),
  'an unclosed quote': (roll) => ({
    bytes: utf8(
      overlay(
        roll,
        write(roll, plainRows(roll, roll.pick([5, 50, 40_000])), ','),
        ['"', ',"', '\n"'],
        1,
      ),
    ),
  }),
  'stray quotes': (roll) => ({
    bytes: utf8(overlay(roll, write(roll, plainRows(roll), ','), ['"', '""', '"x', ' "'], 20)),
  }),
  'marks in the middle': (roll) => ({
    bytes: utf8(overlay(roll, write(roll, plainRows(roll), ','), ['\ufeff', '\n\ufeff'], 10)),
  }),
  'only headers': (roll) => ({ bytes: utf8(write(roll, [], roll.pick([',', ';', '\t']))) }),
  nothing: (roll) => ({
    bytes: utf8(roll.pick(['', '\ufeff', '\n', '\r\n\r\n', ' ', '\t\t', ',,,,', '""', '\u0000'])),
  }),
  'gz cut off': (roll) => {
    const bytes = gzipSync(utf8(write(roll, plainRows(roll, 3000), ',')))
    return { bytes: bytes.subarray(0, 1 + roll.below(bytes.length - 1)) }
  },
  'gz damaged': (roll) => ({
    bytes: spoilBytes(
      roll,
      gzipSync(utf8(write(roll, plainRows(roll, 3000), ','))),
      [0, 255, 77],
      5,
    ),
  }),
  'gz bomb': (roll) => ({
    bytes: gzipSync(
      Buffer.alloc(roll.pick([20_000_000, 40_000_000]), roll.pick(['0', '"', '\n', ','])),
    ),
    maxBytes: 10_000_000,
  }),
  'broken UTF-8': (roll) => ({
    bytes: spoilBytes(
      roll,
      utf8(write(roll, plainRows(roll), ',')),
      [0xff, 0xc0, 0xe4, 0x80, 0xf8, 0xed],
      1 + roll.below(10),
    ),
  }),
  'lone surrogates': (roll) => {
    const text = overlay(roll, write(roll, plainRows(roll), ','), ['\ud800', '\udc00', '\udbff'], 8)
    const wide = utf16(`\ufeff${text}`, roll.chance(0.5))
    return { bytes: roll.chance(0.5) ? wide : wide.subarray(0, wide.length - 1) }
  },
  'surrogates as UTF-8': (roll) => ({
    bytes: Buffer.concat([
      utf8(write(roll, plainRows(roll, 5), ',')),
      Uint8Array.of(0xed, 0xa0, 0x80, 0x2c, 0x0a),
    ]),
  }),
  formulas: (roll) => ({
    bytes: utf8(
      spoilt(roll, (rows) => {
        for (const row of rows)
          row[roll.below(8)] = roll.pick([
            "=cmd|' /C calc'!A0",
            '+1+1',
            '-2+3',
            '@SUM(1)',
            '\t=1',
            '=HYPERLINK("http://x","y")',
          ])
      }),
    ),
  }),
  'far too many columns': (roll) => {
    const wide = Array.from({ length: roll.pick([501, 5_000, 100_000]) }, (_, i) => `c${i}`).join(
      ',',
    )
    return {
      bytes: utf8(
        roll.chance(0.5)
          ? `${wide}\n${wide}\n`
          : `${write(roll, plainRows(roll, 4), ',')}\n${wide}\n`,
      ),
    }
  },
  'random bytes': (roll) => ({
    bytes: Uint8Array.from({ length: roll.below(50_000) }, () => roll.below(256)),
  }),
  'random signs': (roll) => ({
    bytes: utf8(
      Array.from({ length: roll.below(20_000) }, () =>
        roll.pick(['"', ',', ';', '\n', '\r', '\t', 'a', '1', ' ', '\0', '\ufeff', 'ä', '-', '.']),
      ).join(''),
    ),
  }),
  'another kind of file': (roll) => ({
    bytes: Buffer.concat([
      Uint8Array.from(
        roll.pick([
          [0x50, 0x4b, 3, 4],
          [0x25, 0x50, 0x44, 0x46],
          [0xd0, 0xcf, 0x11, 0xe0],
          [0x1f, 0x8b],
          [0x1f, 0x8b, 8, 0],
        ]),
      ),
      Buffer.alloc(roll.below(2000), 'z'),
    ]),
  }),
  'odd headers': (roll) => {
    const names = [
      '__proto__',
      'constructor',
      'toString',
      '',
      'Seller',
      'seller',
      'Number',
      'x'.repeat(roll.pick([99, 101, 1001])),
      '=1',
      '1',
      'Stage',
      'a\nb',
      'hasOwnProperty',
    ]
    const cells = Array.from({ length: 2 + roll.below(10) }, () =>
      cellText(roll.pick(names), ',', false),
    )
    const rows = Array.from({ length: 20 }, () =>
      cells.map(() => roll.pick(['Won', '1', 'x', ''])).join(','),
    )
    return { bytes: utf8([cells.join(','), ...rows].join('\n')) }
  },
  'odd values': (roll) => ({
    bytes: utf8(
      spoilt(roll, (rows) => {
        for (const row of rows) {
          if (roll.chance(0.3)) row[4 + roll.below(2)] = roll.pick(oddDates)
          if (roll.chance(0.3)) row[6] = roll.pick(oddNumbers)
          if (roll.chance(0.1)) row[7] = roll.pick(['€', 'XXX', 'eur', 'Dollar', 'JPY', ''])
          if (roll.chance(0.05)) row[3] = ''
        }
      }),
    ),
  }),
  'files put together': (roll) => ({
    bytes: utf8(
      `${write(roll, plainRows(roll, 5), ',')}\n\ufeff${write(roll, plainRows(roll, 5), ',')}`,
    ),
  }),
  'one endless line': (roll) => ({
    bytes: utf8(roll.pick(['a', '"', ',', ' ', '"a",']).repeat(roll.pick([1_000_000, 1_500_000]))),
  }),
}

/** One hostile file; the same seed gives the same bytes. */
export function hostileCsv(seed: number): HostileFile {
  const roll = dice(seed)
  if (roll.chance(0.3)) return { name: `hostile-${seed}.csv`, ...unusual(roll) }
  const [what, make] = roll.pick(Object.entries(makers))
  return { name: `hostile-${seed}.csv`, what, ...make(roll) }
}
