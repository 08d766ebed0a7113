// The demo's chance is repeatable, its streams are apart, and it keeps its probabilities.
import { describe, expect, test } from 'vitest'
import { demoChance } from './chance.ts'

const many = <T>(draw: () => T, count = 20_000) => Array.from({ length: count }, draw)
const meanOf = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length

describe('chance', () => {
  test('repeats itself for the same seed and stream only', () => {
    const five = (seed: number, stream: string) => many(demoChance(seed, stream).uniform, 5)
    expect(five(1, 'a')).toEqual(five(1, 'a'))
    expect(five(1, 'a')).not.toEqual(five(1, 'b'))
    expect(five(1, 'a')).not.toEqual(five(2, 'a'))
  })

  test('stays the same from version to version', () => {
    const words = many(demoChance(1, 'a').uniform, 3).map((each) => Math.floor(each * 2 ** 32))
    expect(words).toMatchInlineSnapshot(`
      [
        198785442,
        3723820375,
        3421491215,
      ]
    `)
  })

  test('is uniform, normal and exponential as asked', () => {
    const chance = demoChance(7, 'moments')
    const uniform = many(chance.uniform)
    expect(uniform.every((each) => each >= 0 && each < 1)).toBe(true)
    expect(meanOf(uniform)).toBeCloseTo(0.5, 1)
    const normal = many(chance.normal)
    expect(Math.abs(meanOf(normal))).toBeLessThan(0.03)
    expect(Math.abs(meanOf(normal.map((each) => each ** 2)) - 1)).toBeLessThan(0.05)
    expect(Math.abs(meanOf(many(() => chance.wait(3))) - 3)).toBeLessThan(0.1)
    expect(Math.abs(meanOf(many(() => (chance.happens(0.2) ? 1 : 0))) - 0.2)).toBeLessThan(0.012)
  })

  test('chooses by weight, and never what weighs nothing', () => {
    const chance = demoChance(7, 'choice')
    const drawn = many(() => chance.weighted([0, 1, 3, 0], (weight) => weight))
    expect(new Set(drawn)).toEqual(new Set([1, 3]))
    expect(Math.abs(drawn.filter((each) => each === 3).length / drawn.length - 0.75)).toBeLessThan(
      0.015,
    )
    expect(new Set(many(() => chance.between(2, 4)))).toEqual(new Set([2, 3, 4]))
    expect(() => chance.pick([])).toThrow('Nothing')
  })

  test('shuffles without loss', () => {
    const chance = demoChance(7, 'shuffle')
    const list = ['a', 'b', 'c']
    const firsts = many(() => chance.shuffled(list).toSorted().join(''), 50)
    expect(new Set(firsts)).toEqual(new Set(['abc']))
    expect(new Set(many(() => chance.shuffled(list).join(''), 500)).size).toBe(6)
    expect(list).toEqual(['a', 'b', 'c'])
  })
})
