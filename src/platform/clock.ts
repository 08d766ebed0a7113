// The machine's clock and randomness, for those who wire the program together; others are given them.
import { randomFillSync } from 'node:crypto'
import type { Chance, Clock } from '../basics/ids.ts'

export const systemClock: Clock = () => Date.now()

/** Drawn in stock: an import makes a million ids, and asking the system costs more than the id. */
const stock = new Uint8Array(8192)
let left = 0

export const systemChance: Chance = (bytes) => {
  if (bytes.length > stock.length) return randomFillSync(bytes)
  if (bytes.length > left) {
    randomFillSync(stock)
    left = stock.length
  }
  bytes.set(stock.subarray(left - bytes.length, left))
  // What was given away is not kept.
  stock.fill(0, left - bytes.length, left)
  left -= bytes.length
  return bytes
}
