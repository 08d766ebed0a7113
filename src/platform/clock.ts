// The machine's clock and randomness, for those who wire the program together; others are given them.
import { randomFillSync } from 'node:crypto'
import type { Chance, Clock } from '../basics/ids.ts'

export const systemClock: Clock = () => Date.now()
export const systemChance: Chance = (bytes) => randomFillSync(bytes)
