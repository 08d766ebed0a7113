// The tree is listed whole, parents first, and circles are not offered.
import { expect, test } from 'vitest'
import { inTreeOrder, isBelow, membersBelow, type Team } from './team-tree.ts'

function team(id: string, parent?: string): Team {
  return {
    id,
    version: 1,
    state: 'active',
    name: id,
    kind: 'team',
    parent: parent === undefined ? null : { id: parent, name: parent },
    lead: null,
    memberCount: 1,
  }
}

const teams = [
  team('firm'),
  team('north', 'firm'),
  team('south', 'firm'),
  team('coast', 'north'),
  team('stray', 'gone'),
]

test('each parent is followed by its children', () => {
  expect(inTreeOrder(teams).map(({ id, depth }) => `${id} ${depth}`)).toEqual([
    'firm 0',
    'north 1',
    'coast 2',
    'south 1',
    'stray 0',
  ])
})

test('what lies below a team', () => {
  expect(isBelow(teams, 'coast', 'firm')).toBe(true)
  expect(isBelow(teams, 'north', 'north')).toBe(true)
  expect(isBelow(teams, 'south', 'north')).toBe(false)
})

test('members are counted with all below', () => {
  expect(membersBelow(teams, 'firm')).toBe(4)
  expect(membersBelow(teams, 'coast')).toBe(1)
})
