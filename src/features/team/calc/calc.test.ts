// Who may do what, which zones days can be reckoned by, how a stored change reads.
import { describe, expect, test } from 'vitest'
import { adminsOnly, byReach, everybody, writesByReach } from '../../../basics/contract.ts'
import { fieldsForReading, referencesIn } from './history.ts'
import { may } from './may.ts'
import { isZone } from './zone.ts'

describe('may', () => {
  test.each([
    [['seller'], byReach, 'own'],
    [['manager'], byReach, 'team'],
    [['seller', 'manager'], byReach, 'team'],
    [['auditor', 'seller'], byReach, 'all'],
    [['auditor'], writesByReach, 'none'],
    [['auditor', 'seller'], writesByReach, 'own'],
    [['manager'], adminsOnly, 'none'],
    [['seller'], everybody, 'all'],
    [[], everybody, 'none'],
  ] as const)('%j', (roles, policy, reach) => {
    expect(may(roles, policy)).toBe(reach)
  })
})

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Etc/GMT+5', true],
  ['+02:00', false],
  ['Europe/Atlantis', false],
  ['', false],
  ['Europe/Berlin; DROP', false],
])('zone %s: %s', (zone, known) => {
  expect(isZone(zone)).toBe(known)
})

test('a stored change reads in the words of the contract, records by name', () => {
  const stored = {
    hired_on: [null, '2020-01-01'],
    name_key: ['a', 'b'],
    seller_id: ['s1', 's2'],
    parent_id: ['t1', null],
    traits: [{}, { a: 'b' }],
  } satisfies Record<string, [unknown, unknown]>
  expect(referencesIn([stored])).toEqual(
    new Map([
      ['seller', new Set(['s1', 's2'])],
      ['team', new Set(['t1'])],
    ]),
  )
  expect(fieldsForReading(stored, new Map([['s1', 'Ana']]))).toEqual({
    hiredOn: [null, '2020-01-01'],
    seller: ['Ana', 's2'],
    parent: ['t1', null],
    'traits.a': [null, 'b'],
  })
})
