// Chance that can be repeated: the same seed gives the same numbers on every machine.

/**
 * Uniform numbers in [0, 1) with 32 random bits, from a whole-number seed that is stored with the
 * result it helped to find. Generator: sfc32 (Doty-Humphrey, 2010, PractRand), its state filled by
 * a counter and a mixing step (after Steele, Lea & Flood, 2014, SplitMix; constants by Wellons, 2018,
 * hash-prospector).
 */
export function randomNumbers(seed: number): () => number {
  if (!Number.isSafeInteger(seed)) throw new RangeError('A seed is a whole number')
  // Signed words throughout: they are small integers, for which nothing is allocated.
  let filling = (seed ^ Math.floor(seed / 2 ** 32)) | 0
  const word = (): number => {
    filling = (filling + 0x9e3779b9) | 0
    let mixed = Math.imul(filling ^ (filling >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
  let [a, b, c, counter] = [word(), word(), word(), 1]
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // The first words still show the seed.
  for (let i = 0; i < 15; i += 1) next()
  return next
}

/** Courses drawn where nobody says how many. */
export const drawsUsually = 2000
/** So that courses of neighbouring seeds have nothing in common. */
const stride = 1_000_003

/** The numbers of one of many courses that are drawn from one seed. */
export function randomCourse(seed: number, course: number): () => number {
  return randomNumbers(seed * stride + course)
}
