// A seeded generator of spreadsheet files as the world sends them, and worse.
import { type BookSource, bookOf, type Changes, sheetXml } from './book.ts'
import type { Dice, HostileFile } from './csv.ts'
import { dice, header, oddDates, oddNumbers, spoilBytes, table } from './csv.ts'
import { type Hand, hand, rowsXml } from './xlsx-hand.ts'

const sheetPart = 'xl/worksheets/sheet1.xml'
const stringsPart = 'xl/sharedStrings.xml'

interface Made {
  by: Hand
  book: BookSource
  rows: string[][]
  expected: NonNullable<HostileFile['expected']>
}

function made(roll: Dice, count = 1 + roll.below(60), change?: (rows: string[][]) => void): Made {
  const by = hand(roll)
  const { rows, expected } = table(roll, count)
  change?.(rows)
  const titles = roll.chance(0.2) ? [['Sales of the year'], []] : []
  const xml = rowsXml(by, [...titles, header, ...rows], by.places ? 1 + roll.below(3) : 1)
  const book: BookSource = {
    sheets: [{ name: roll.pick(['Sheet1', 'Tabelle1', 'A & "B"', '漢字', "O'x"]), rows: xml }],
    formats: [0, roll.pick([14, 22, 'dd\\.mm\\.yyyy', '[$-407]d. mmm yy;@']), '#,##0.00\\ "€"'],
    from1904: by.from1904,
    prefix: by.prefix,
    ...(by.strings.length > 0 ? { strings: by.strings } : {}),
  }
  return { by, book, rows, expected }
}

function unusual(roll: Dice): Omit<HostileFile, 'name'> {
  const { by, book, expected } = made(roll)
  if (roll.chance(0.3)) book.sheets.push({ name: 'Empty', rows: '' })
  if (roll.chance(0.3)) {
    const list = '<row><c><v>1</v></c></row>'
    book.sheets.unshift({
      name: 'Lists',
      rows: by.prefix === '' ? list : '',
      state: roll.pick(['hidden', 'veryHidden']),
    })
  }
  const changes: Record<string, string | Uint8Array> = {}
  if (roll.chance(0.3)) changes['xl/vbaProject.bin'] = 'macros never matter'
  if (roll.chance(0.2) && book.sheets.length === 1) {
    const wide = sheetXml(book.sheets[0]?.rows ?? '', '', by.prefix).replace('UTF-8', 'UTF-16')
    const little = Buffer.from(`\ufeff${wide}`, 'utf16le')
    changes[sheetPart] = roll.chance(0.5) ? little : little.swap16()
  }
  const form = {
    wide: roll.chance(0.2),
    ...(roll.chance(0.2) ? { comment: 'PK\u0005\u0006 made by hand' } : {}),
  }
  return {
    what: `unusual ${by.texts} ${by.dates} ${by.prefix}`,
    bytes: bookOf(book, changes, form),
    expected,
  }
}

type Maker = (roll: Dice) => Omit<HostileFile, 'name' | 'what'>

/** A book whose sheet holds other rows than it should. */
function withRows(
  roll: Dice,
  change: (rows: string, made: Made) => string,
  behind = '',
): Uint8Array {
  const all = made(roll)
  const [sheet] = all.book.sheets
  if (sheet) {
    sheet.rows = change(sheet.rows, all)
    sheet.behind = behind
  }
  return bookOf(all.book)
}

function withChanges(roll: Dice, changes: (made: Made) => Changes): Uint8Array {
  const all = made(roll)
  return bookOf(all.book, changes(all))
}

const wholeSheet = ({ book, by }: Made) => sheetXml(book.sheets[0]?.rows ?? '', '', by.prefix)

function spoilt(roll: Dice, change: (row: string[]) => void): Uint8Array {
  return bookOf(made(roll, 40, (rows) => rows.forEach(change)).book)
}

const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${`&a${i > 0 ? i - 1 : ''};`.repeat(10)}">`).join('')}]>`

/** Pieces that break XML, or nearly do. */
const splinters = [
  '<',
  '>',
  '&',
  '&#0;',
  '&#xD800;',
  '&lol;',
  '&#1114112;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?x',
  '?>',
  '"',
  "'",
  '<c>',
  '</row>',
  '<row r="7">',
  '<c r="ZZZZ1"/>',
  '<v>',
  '</sheetData>',
  '\0',
  '\u0007',
  '\ufffe',
  '<!DOCTYPE x>',
  '_x0000_',
  '_xD800_',
]

function overlay(roll: Dice, text: string, times: number): string {
  let out = text
  for (let i = 0; i < times; i++) {
    const at = roll.below(out.length)
    out = out.slice(0, at) + roll.pick(splinters) + out.slice(at)
  }
  return out
}

const inline = (text: string, place = '') => `<c${place} t="inlineStr"><is><t>${text}</t></is></c>`

const makers: Readonly<Record<string, Maker>> = {
  'cut off': (roll) => {
    const bytes = bookOf(made(roll).book)
    return { bytes: bytes.subarray(0, 4 + roll.below(bytes.length - 4)) }
  },
  'damaged bytes': (roll) => ({
    bytes: spoilBytes(roll, bookOf(made(roll).book), [0, 255, 80, 75, 1, 60], 1 + roll.below(8)),
  }),
  'entities of its own': (roll) => ({
    bytes: withChanges(roll, (all) => {
      const part = roll.pick([sheetPart, 'xl/workbook.xml', 'xl/styles.xml', '_rels/.rels'])
      return { [part]: `<?xml version="1.0"?>${laughs}${wholeSheet(all).replace(/^<\?.*\n/, '')}` }
    }),
  }),
  'an entity from elsewhere': (roll) => ({
    bytes: withChanges(roll, () => ({
      [sheetPart]: `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheetXml('<row><c t="inlineStr"><is><t>&e;</t></is></c></row>')}`,
    })),
  }),
  'links to elsewhere': (roll) => ({
    bytes: withChanges(roll, () => ({
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="a/worksheet" Target="${roll.pick(['http://127.0.0.1/x', '../../../../etc/passwd', 'file:///etc/passwd', '\\\\host\\x'])}" ${roll.pick(['TargetMode="External"', ''])}/></Relationships>`,
    })),
  }),
  'missing parts': (roll) => ({
    bytes: withChanges(roll, () => ({
      [roll.pick([
        sheetPart,
        stringsPart,
        'xl/workbook.xml',
        'xl/styles.xml',
        '_rels/.rels',
        'xl/_rels/workbook.xml.rels',
      ])]: null,
    })),
  }),
  'huge cells': (roll) => {
    const text = roll
      .pick(['x', 'ä', '&amp;', '\n', '😀'])
      .repeat(roll.pick([65_535, 65_536, 65_537, 200_000]))
    return { bytes: withRows(roll, (rows) => `${rows}<row r="900">${inline(text)}</row>`) }
  },
  'a huge row': (roll) => ({
    bytes: withRows(
      roll,
      (rows) =>
        `${rows}<row r="900">${inline('y'.repeat(60_000)).repeat(roll.pick([17, 18, 40]))}</row>`,
    ),
  }),
  'far too many columns': (roll) => {
    const cells = inline('z').repeat(roll.pick([501, 5_000, 16_384, 16_385]))
    return {
      bytes: withRows(roll, (rows) =>
        roll.chance(0.5) ? `<row>${cells}</row>` : `${rows}<row r="900">${cells}</row>`,
      ),
    }
  },
  'splinters of XML': (roll) => ({
    bytes: withRows(roll, (rows) => overlay(roll, rows, 1 + roll.below(4))),
  }),
  'splinters in other parts': (roll) => ({
    bytes: withChanges(roll, (all) => ({
      [roll.pick([stringsPart, sheetPart])]: overlay(roll, wholeSheet(all), 1 + roll.below(3)),
    })),
  }),
  'signs that XML cannot hold': (roll) => ({
    bytes: spoilt(roll, (row) => {
      if (roll.chance(0.2))
        row[roll.below(3)] = roll.pick(['\0', 'a\u0001b', '\ud800', '\uffff', '_x0000_', '_xDC00_'])
    }),
  }),
  'escaped signs': (roll) => ({
    bytes: withRows(roll, (rows) =>
      rows.replaceAll('Kunde', () =>
        roll.pick(['_x0000_', '_xD800_', '_x000D_', '_xD83D__xDE00_', '_x005F_x0041_']),
      ),
    ),
  }),
  'odd encodings': (roll) => ({
    bytes: withChanges(roll, (all) => {
      const xml = wholeSheet(all)
      const named = (name: string) => xml.replace('UTF-8', name)
      return {
        [sheetPart]: roll.pick([
          Buffer.from(named('windows-1252'), 'latin1'),
          Buffer.from(named('EBCDIC-CP-US')),
          Buffer.from(named('UTF-7')),
          Buffer.from(named('UTF-16')),
          Buffer.from(xml, 'utf16le'),
          Buffer.from(xml, 'latin1'),
          Buffer.from(`\ufeff${xml}`),
          Buffer.from(`\ufeff${xml}`, 'utf16le').subarray(0, 1001),
          spoilBytes(roll, Buffer.from(xml), [0xff, 0xc0, 0xed, 0xf8], 3),
        ]),
      }
    }),
  }),
  'deep nesting': (roll) => ({
    bytes: withRows(roll, (rows) => `${rows}${'<a>'.repeat(roll.pick([50, 100_000]))}`),
  }),
  'a bomb': (roll) => {
    const size = roll.pick([12_000_000, 20_000_000])
    const bytes = roll.pick([
      Buffer.alloc(size, 'x'),
      Buffer.from(sheetXml(' '.repeat(size))),
      Buffer.from(sheetXml(inline('x').repeat(size / 40))),
    ])
    const part = roll.pick([sheetPart, stringsPart, 'xl/media/image1.png'])
    return { bytes: withChanges(roll, () => ({ [part]: bytes })), maxBytes: 10_000_000 }
  },
  'a bomb that lies': (roll) => ({
    bytes: withChanges(roll, () => ({
      [sheetPart]: {
        bytes: Buffer.from(sheetXml(' '.repeat(20_000_000))),
        lie: { size: 1 + roll.below(100_000) },
      },
    })),
    maxBytes: 10_000_000,
  }),
  'lies in the directory': (roll) => ({
    bytes: withChanges(roll, (all) => ({
      [roll.pick([sheetPart, '_rels/.rels'])]: {
        bytes: wholeSheet(all),
        lie: roll.pick([
          { size: 0 },
          { size: 0xfffffffe },
          { packed: 1 },
          { packed: 0xfffffffe },
          { packed: 0xffffffff },
          { crc: 7 },
          { flags: 1 },
          { flags: 0x2040 },
          { method: 0 },
          { method: 99 },
          { offset: 0 },
          { offset: 0xffffffff },
        ]),
      },
    })),
  }),
  'entries that overlap': (roll) => ({
    bytes: withChanges(roll, (all) => ({
      [sheetPart]: {
        bytes: wholeSheet(all),
        twice: roll.pick(['copy.xml', sheetPart, 'XL/WORKBOOK.XML']),
      },
    })),
  }),
  'a file within the file': (roll) => ({
    bytes: withChanges(roll, ({ book }) => ({
      [roll.pick([sheetPart, 'xl/embedded.xlsx'])]: bookOf(book),
    })),
  }),
  'something before or behind': (roll) => {
    const bytes = bookOf(made(roll).book)
    const more = Buffer.from(
      roll.pick(['x', 'PK\u0003\u0004', 'PK\u0005\u0006', '\0'.repeat(70_000)]),
    )
    return { bytes: Buffer.concat(roll.chance(0.5) ? [bytes, more] : [more, bytes]) }
  },
  'places that are none': (roll) => ({
    bytes: withRows(
      roll,
      (rows) =>
        `${rows}${roll.pick(['<row r="0">', '<row r="-1">', '<row r="1">', '<row r="1048577">', '<row r="x">', '<row r="99999999999">', '<row r="">'])}${inline('a', roll.pick(['', ' r="ZZZZ1"', ' r="a1"', ' r="1A"', ' r="XFE1"', ' r="A2"', ' r=""']))}</row>`,
    ),
  }),
  'cells twice': (roll) => ({
    bytes: withRows(
      roll,
      (rows) => `${rows}<row r="900">${inline('a', ' r="B900"').repeat(2)}</row>`,
    ),
  }),
  'odd cells': (roll) => ({
    bytes: withRows(roll, (rows) => {
      const cell = () =>
        roll.pick([
          '<c t="s"><v>0</v></c>',
          '<c t="s"><v>999999</v></c>',
          '<c t="s"><v>-1</v></c>',
          '<c t="s"><v></v></c>',
          '<c t="s"/>',
          '<c t="b"><v>maybe</v></c>',
          '<c t="e"><v>#DIV/0!</v></c>',
          '<c t="nonsense"><v>1</v></c>',
          '<c><f>NOW()</f></c>',
          '<c><v>1E+400</v></c>',
          '<c><v>abc</v></c>',
          '<c><v>0x10</v></c>',
          '<c s="1"><v>-5</v></c>',
          '<c s="1"><v>1E+15</v></c>',
          '<c s="99999999"><v>1</v></c>',
          '<c s="x"><v>1</v></c>',
          '<c><v>1</v><v>2</v></c>',
          '<c t="d"><v>someday</v></c>',
          '<c t="inlineStr"><is><rPh><t>no</t></rPh><t>yes</t></is></c>',
        ])
      const line = Array.from({ length: 8 }, cell).join('')
      return `${rows}<row r="900">${line}</row><row>${line}</row>`
    }),
  }),
  'odd values': (roll) => ({
    bytes: spoilt(roll, (row) => {
      if (roll.chance(0.3)) row[4 + roll.below(2)] = roll.pick(oddDates)
      if (roll.chance(0.3)) row[6] = roll.pick(oddNumbers)
      if (roll.chance(0.1)) row[7] = roll.pick(['€', 'XXX', 'eur', 'JPY', ''])
      if (roll.chance(0.05)) row[3] = ''
    }),
  }),
  'ragged rows': (roll) => ({
    bytes: spoilt(roll, (row) => {
      if (roll.chance(0.3)) row.length = roll.below(row.length)
      else if (roll.chance(0.2)) row.push('x', '', 'y')
    }),
  }),
  formulas: (roll) => ({
    bytes: spoilt(roll, (row) => {
      row[roll.below(8)] = roll.pick(["=cmd|' /C calc'!A0", '+1+1', '-2+3', '@SUM(1)', '\t=1'])
    }),
  }),
  'odd merges': (roll) => ({
    bytes: withRows(
      roll,
      (rows) => rows,
      `<mergeCells>${Array.from({ length: roll.pick([1, 50, 5000]) }, () => `<mergeCell ref="${roll.pick(['A1:XFD1048576', 'B2:B9', 'B2:B3', 'B3:B2', 'A1', 'x', 'B2:C9:D10', 'ZZZ1:ZZZ9', 'E4:G8'])}"/>`).join('')}</mergeCells>`,
    ),
  }),
  'odd styles': (roll) => ({
    bytes: withChanges(roll, () => ({
      'xl/styles.xml': `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${roll.pick([', '.repeat(30_000), '[', '\\', '&quot;', '0'.repeat(60_000), 'yyyy', '[h', ';;;', '0.00'])}"/><numFmt/><numFmt numFmtId="x"/></numFmts><cellXfs><xf numFmtId="200"/><xf numFmtId="${roll.pick(['200', '-1', 'x', '99999'])}"/></cellXfs></styleSheet>`,
    })),
  }),
  'tags without end': (roll) => ({
    bytes: withRows(
      roll,
      (rows) =>
        `${rows}<row ${roll.pick(['a', 'a="', "a='", ' '])}${'y '.repeat(roll.pick([20_000, 40_000]))}`,
    ),
  }),
  'several sheets': (roll) => {
    const { book } = made(roll)
    const [first] = book.sheets
    for (let i = 0; first && i < roll.pick([1, 60]); i++)
      book.sheets.push({ ...first, name: roll.pick([`S${i}`, first.name, 'x'.repeat(300), '']) })
    return { bytes: bookOf(book) }
  },
  'nothing in it': (roll) => ({
    bytes: bookOf({
      sheets: [
        {
          name: 'Sheet1',
          rows: roll.pick([
            '',
            '<row/>',
            '<row><c/></row>',
            '<row><c><v></v></c></row>',
            '<row><c t="inlineStr"><is><t> </t></is></c></row>',
          ]),
        },
      ],
    }),
  }),
  'only headers': (roll) => ({ bytes: bookOf(made(roll, 0).book) }),
  'no such file': (roll) => ({
    bytes: bookOf(
      { sheets: [] },
      roll.pick<Changes>([
        { mimetype: 'application/vnd.oasis' },
        { '_rels/.rels': null },
        {
          '_rels/.rels':
            '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        },
      ]),
    ),
  }),
  'random bytes behind the sign': (roll) => ({
    bytes: Buffer.concat([
      Buffer.from([0x50, 0x4b, 3, 4]),
      Uint8Array.from({ length: roll.below(20_000) }, () => roll.below(256)),
    ]),
  }),
}

/** One hostile spreadsheet; the same seed gives the same bytes. */
export function hostileXlsx(seed: number): HostileFile {
  const roll = dice(seed)
  if (roll.chance(0.3)) return { name: `hostile-${seed}.xlsx`, ...unusual(roll) }
  const [what, make] = roll.pick(Object.entries(makers))
  return { name: `hostile-${seed}.xlsx`, what, ...make(roll) }
}
