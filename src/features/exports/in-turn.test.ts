// No more at a time than are let, in the order in which they came, also when one fails.
import { expect, test } from 'vitest'
import { inTurn } from './in-turn.ts'

test('two at a time, first come first served, and a failure makes room', async () => {
  const turn = inTurn(2)
  const begun: number[] = []
  const ends: PromiseWithResolvers<void>[] = []
  const all = [0, 1, 2, 3].map((one) => {
    const end = Promise.withResolvers<void>()
    ends.push(end)
    return turn(async () => {
      begun.push(one)
      await end.promise
      return one
    })
  })
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[1]?.reject(new Error('broken'))
  await expect(all[1]).rejects.toThrow('broken')
  await new Promise(setImmediate)
  expect(begun).toEqual([0, 1, 2])
  for (const end of ends) end.resolve()
  expect(await Promise.all([all[0], all[2], all[3]])).toEqual([0, 2, 3])
  expect(begun).toEqual([0, 1, 2, 3])
  expect(await turn(async () => 'free again')).toBe('free again')
})
