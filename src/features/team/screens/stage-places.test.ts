// Moving stages writes as little as possible and always brings about the wanted order.
import { expect, test } from 'vitest'
import { placesAfter } from './stage-places.ts'

const stage = (name: string, position: number, outcome: 'open' | 'won' | 'lost' = 'open') => ({
  id: name,
  version: 1,
  name,
  position,
  outcome,
})
const positions = (moved: { stage: { name: string }; position: number }[]) =>
  moved.map((one) => [one.stage.name, one.position])

test('two neighbours swap their positions, and stages of another outcome stay out of it', () => {
  const [a, b, c] = [stage('a', 10), stage('b', 20), stage('c', 20, 'won')]
  expect(positions(placesAfter([a, b, c], b, -1))).toEqual([
    ['b', 10],
    ['a', 20],
  ])
})

test('equal positions are numbered anew, because a swap would change nothing', () => {
  const [a, b, c] = [stage('a', 5), stage('b', 5), stage('c', 30)]
  expect(positions(placesAfter([a, b, c], b, -1))).toEqual([
    ['b', 10],
    ['a', 20],
  ])
})
