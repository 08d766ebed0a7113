// Reads the XML inside of spreadsheet files piece by piece: no document types, no entities, nothing nested deeply.
// Own work, because the files come from strangers: what is not needed here cannot be misused.

/** Of elements and attributes, names are told without their prefix. */
export interface XmlEvents {
  open(name: string, attributes: string): void
  close(name: string): void
  /** May come in several pieces. */
  text(text: string): void
}

export class XmlFault extends Error {
  /** Something that no spreadsheet needs and that is refused, or not well-formed. */
  readonly kind: 'forbidden' | 'broken'

  constructor(kind: XmlFault['kind'], why: string) {
    super(why)
    this.name = 'XmlFault'
    this.kind = kind
  }
}

const broken = (why: string) => new XmlFault('broken', why)

const depthMost = 60
const tagMost = 65_536
/** Longest reference with its signs. */
const entityMost = 14

const lt = 60
const gt = 62
const slash = 47
const bang = 33
const question = 63
const doubleQuote = 34
const singleQuote = 39
const equals = 61

/** Signs that XML does not allow at all. */
const illegalCodes = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff'
const illegal = new RegExp(`[${illegalCodes}]`)

const namedEntities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

function characterOf(reference: string): string {
  const code = /^#x[0-9a-f]{1,6}$/i.test(reference)
    ? Number.parseInt(reference.slice(2), 16)
    : /^#\d{1,7}$/.test(reference)
      ? Number(reference.slice(1))
      : Number.NaN
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) throw broken('a bad reference')
  const character = String.fromCodePoint(code)
  if (illegal.test(character)) throw broken('a character that XML does not allow')
  return character
}

/** Text with its references resolved; the five names that every XML knows, and numbers. */
function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,12})(;?)/g, (_, reference: string, end: string) => {
    if (end === '') throw broken('an “&” without its end')
    if (reference.startsWith('#')) return characterOf(reference)
    const character = Object.hasOwn(namedEntities, reference) ? namedEntities[reference] : undefined
    if (character === undefined) throw new XmlFault('forbidden', `the entity “${reference}”`)
    return character
  })
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

/** All attributes of a tag, by their names with prefix. Goes over the text once, whatever it holds. */
export function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let at = 0
  const skipSpace = () => {
    while (isSpace(text.charCodeAt(at))) at++
  }
  for (skipSpace(); at < text.length; skipSpace()) {
    const from = at
    while (at < text.length && text.charCodeAt(at) !== equals && !isSpace(text.charCodeAt(at))) at++
    const name = text.slice(from, at)
    skipSpace()
    if (text.charCodeAt(at) !== equals) throw broken('an attribute without value')
    at++
    skipSpace()
    const sign = text.charAt(at)
    const end = sign === '"' || sign === "'" ? text.indexOf(sign, at + 1) : -1
    if (end < 0) throw broken('an attribute without value')
    found.set(name, decoded(text.slice(at + 1, end)))
    at = end + 1
  }
  return found
}

/** One attribute of a tag, by its name with prefix. */
export function attributeOf(text: string, name: string): string | undefined {
  return text === '' ? undefined : attributesOf(text).get(name)
}

/** The work of {@link xmlReader}. */
class Reader {
  private readonly events: XmlEvents
  private buffer = ''
  private readonly open: string[] = []
  private rootSeen = false
  /** What is being skipped or told until its end sign. */
  private within: '-->' | ']]>' | '?>' | undefined

  constructor(events: XmlEvents) {
    this.events = events
  }

  push(text: string): void {
    if (illegal.test(text)) throw broken('a character that XML does not allow')
    this.buffer = this.buffer === '' ? text : this.buffer + text
    let at = 0
    for (;;) {
      const next = this.step(at)
      if (next < 0) break
      at = next
    }
    this.buffer = this.buffer.slice(this.held)
  }

  end(): void {
    if (this.within !== undefined || this.buffer.includes('<') || this.open.length > 0) {
      throw broken('it ends too early')
    }
    if (this.buffer !== '') this.tell(this.buffer)
    if (!this.rootSeen) throw broken('it is empty')
  }

  /** From where on the buffer is needed again, when a step gave -1. */
  private held = 0

  private hold(from: number): -1 {
    this.held = from
    return -1
  }

  /** One piece of markup or text from `at` on; gives where it ended, or -1 when more is needed. */
  private step(at: number): number {
    const { buffer } = this
    if (this.within !== undefined) return this.inside(at, this.within)
    if (at >= buffer.length) return this.hold(at)
    if (buffer.charCodeAt(at) !== lt) return this.textFrom(at)
    const sign = buffer.charCodeAt(at + 1)
    if (sign === slash) return this.closing(at)
    if (sign === bang) return this.special(at)
    if (sign === question) {
      this.within = '?>'
      return at + 2
    }
    return this.opening(at)
  }

  private textFrom(at: number): number {
    const { buffer } = this
    const end = buffer.indexOf('<', at)
    if (end >= 0) {
      this.tell(buffer.slice(at, end))
      return end
    }
    // A reference may go on in the next piece.
    const and = buffer.lastIndexOf('&')
    const cut = and >= at && and >= buffer.length - entityMost && !buffer.includes(';', and)
    const whole = cut ? and : buffer.length
    if (whole > at) this.tell(buffer.slice(at, whole))
    return this.hold(whole)
  }

  private tell(text: string): void {
    if (this.open.length > 0) this.events.text(decoded(text))
    else if (text.replace(/^\ufeff/, '').trim() !== '') throw broken('text outside of its element')
  }

  private inside(at: number, endSign: '-->' | ']]>' | '?>'): number {
    const { buffer } = this
    const end = buffer.indexOf(endSign, at)
    const upTo = end >= 0 ? end : Math.max(at, buffer.length - endSign.length + 1)
    if (endSign === ']]>' && upTo > at) this.events.text(buffer.slice(at, upTo))
    if (end < 0) return this.hold(upTo)
    this.within = undefined
    return end + endSign.length
  }

  private special(at: number): number {
    const { buffer } = this
    const start = buffer.slice(at, at + 9)
    if (start.startsWith('<!--')) {
      this.within = '-->'
      return at + 4
    }
    if (start === '<![CDATA[') {
      if (this.open.length === 0) throw broken('text outside of its element')
      this.within = ']]>'
      return at + 9
    }
    if (start.length < 9 && ('<![CDATA['.startsWith(start) || '<!--'.startsWith(start))) {
      return this.hold(at)
    }
    throw new XmlFault('forbidden', 'a document type')
  }

  private closing(at: number): number {
    const { buffer } = this
    const end = buffer.indexOf('>', at)
    if (end < 0) return this.unfinished(at)
    const name = buffer.slice(at + 2, end).trimEnd()
    if (this.open.pop() !== name) throw broken(`“${name.slice(0, 40)}” ends but is not open`)
    this.events.close(localName(name))
    return end + 1
  }

  private unfinished(at: number): -1 {
    if (this.buffer.length - at > tagMost) throw broken('a tag without end')
    return this.hold(at)
  }

  private opening(at: number): number {
    const { buffer } = this
    let quote = 0
    let nameEnd = 0
    let end = at + 1
    for (; end < buffer.length; end++) {
      const code = buffer.charCodeAt(end)
      if (quote !== 0) {
        if (code === quote) quote = 0
      } else if (code === gt) break
      else if (code === doubleQuote || code === singleQuote) quote = code
      else if (code === lt) throw broken('“<” within a tag')
      else if (nameEnd === 0 && (isSpace(code) || code === slash)) nameEnd = end
    }
    if (end >= buffer.length) return this.unfinished(at)
    const empty = buffer.charCodeAt(end - 1) === slash
    const name = buffer.slice(at + 1, nameEnd === 0 ? end : nameEnd)
    if (!/^[\p{L}_]/u.test(name)) throw broken('a tag without name')
    if (this.open.length === 0) {
      if (this.rootSeen) throw broken('a second document')
      this.rootSeen = true
    }
    if (this.open.length >= depthMost) throw new XmlFault('forbidden', 'too many levels')
    const local = localName(name)
    const attributes = nameEnd === 0 ? '' : buffer.slice(nameEnd, empty ? end - 1 : end)
    this.events.open(local, attributes)
    if (empty) this.events.close(local)
    else this.open.push(name)
    return end + 1
  }
}

/** Reader of one XML document given in pieces; throws {@link XmlFault}. Holds one tag at most. */
export function xmlReader(events: XmlEvents): Pick<Reader, 'push' | 'end'> {
  return new Reader(events)
}

const knownEncodings = new Map([
  ['utf-8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['utf-16', 'utf-16le'],
  ['iso-8859-1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
])

/** Encoding of an XML document from its first bytes, as a decoder knows it. */
export function xmlEncoding(head: Uint8Array): string {
  const [a, b] = head
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be'
  if (a === 0xef && b === 0xbb) return 'utf-8'
  const start = new TextDecoder('windows-1252').decode(head.subarray(0, 200))
  const said = /^<\?xml[^>]*?encoding\s*=\s*["']([^"']{1,40})["']/.exec(start)?.[1] ?? 'utf-8'
  const known = knownEncodings.get(said.toLowerCase())
  if (known === undefined || known === 'utf-16le') throw broken(`the encoding “${said}”`)
  return known
}
