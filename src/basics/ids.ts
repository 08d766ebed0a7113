// Identifiers: UUIDv7, made from a clock and a chance that are passed in.

/** Source of randomness: fills and returns the given bytes. */
export type Chance = (bytes: Uint8Array) => Uint8Array

/** Milliseconds since 1970-01-01 UTC. */
export type Clock = () => number

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/**
 * Maker of UUIDv7 identifiers (RFC 9562), strictly ascending within one maker: a 12-bit counter
 * breaks ties within a millisecond, and a clock set back does not turn the order.
 */
export function idMaker(clock: Clock, chance: Chance): () => string {
  let lastMs = 0
  let counter = 0
  const bytes = new Uint8Array(16)
  return () => {
    const now = Math.floor(clock())
    if (now > lastMs) {
      lastMs = now
      counter = 0
    } else if (++counter > 0xfff) {
      lastMs += 1
      counter = 0
    }
    chance(bytes)
    let rest = lastMs
    for (let i = 5; i >= 0; i--) {
      bytes[i] = rest % 256
      rest = Math.floor(rest / 256)
    }
    bytes[6] = 0x70 | (counter >> 8)
    bytes[7] = counter & 0xff
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
    let text = ''
    for (let i = 0; i < 16; i++) {
      text += hex[bytes[i] ?? 0]
      if (i === 3 || i === 5 || i === 7 || i === 9) text += '-'
    }
    return text
  }
}

/** Whether the text has the form of a UUID. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
}
