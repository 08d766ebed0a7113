// The demo's own source of chance: small, seeded, and the same on every machine.

export interface DemoChance {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Integer from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** True with the probability. */
  happens(probability: number): boolean
  /** Exponential with the given mean. */
  wait(mean: number): number
  /** Standard normal. */
  normal(): number
  /** One entry, each as likely as the other. */
  pick<T>(list: readonly T[]): T
  /** One entry, as likely as its weight; weights are at least 0 and not all 0. */
  weighted<T>(list: readonly T[], weightOf: (entry: T) => number): T
  shuffled<T>(list: readonly T[]): T[]
}

/** Turns seed and stream name into four words (xmur3, after MurmurHash3 by A. Appleby). */
function wordsOf(text: string): [number, number, number, number] {
  let hash = 1779033703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3432918353)
    hash = (hash << 13) | (hash >>> 19)
  }
  const word = () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
    hash ^= hash >>> 16
    return hash >>> 0
  }
  return [word(), word(), word(), word()]
}

/** sfc32 (C. Doty-Humphrey, PractRand): 32-bit words, scaled to [0, 1). */
function sfc32([a, b, c, counter]: [number, number, number, number]): () => number {
  return () => {
    const word = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    return (word >>> 0) / 4294967296
  }
}

function entryAt<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new Error('Nothing to choose from')
  return list[index] as T
}

/** A stream of chance; streams of different names are independent of each other. */
export function demoChance(seed: number, stream: string): DemoChance {
  const uniform = sfc32(wordsOf(`${seed}:${stream}`))
  for (let i = 0; i < 12; i++) uniform()
  const between = (least: number, most: number) =>
    least + Math.floor(uniform() * (most - least + 1))
  return {
    uniform,
    between,
    happens: (probability) => uniform() < probability,
    wait: (mean) => -Math.log(1 - uniform()) * mean,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick: (list) => entryAt(list, between(0, list.length - 1)),
    weighted(list, weightOf) {
      let rest = uniform() * list.reduce((sum, entry) => sum + weightOf(entry), 0)
      const index = list.findIndex((entry) => {
        rest -= weightOf(entry)
        return rest < 0
      })
      return entryAt(list, index < 0 ? list.length - 1 : index)
    },
    shuffled(list) {
      const order = [...list]
      for (let i = order.length - 1; i > 0; i--) {
        const other = between(0, i)
        const kept = entryAt(order, i)
        order[i] = entryAt(order, other)
        order[other] = kept
      }
      return order
    },
  }
}
