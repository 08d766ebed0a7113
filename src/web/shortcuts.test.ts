// Keys alone and in pairs find their command.
import { expect, test } from 'vitest'
import type { Command } from './commands.ts'
import { allCommands } from './shell-commands.ts'
import { keyOf, matchKeys } from './shortcuts.ts'

function command(id: string, keys: string): Command {
  return { id, keys, label: { en: id, de: id }, group: 'go', run: () => {} }
}

const commands = [command('deals', 'g d'), command('new', 'n'), command('palette', 'mod+k')]

test('single keys, pairs and the control key', () => {
  expect(matchKeys(commands, undefined, 'n').command?.id).toBe('new')
  expect(matchKeys(commands, undefined, 'g')).toEqual({ pending: 'g' })
  expect(matchKeys(commands, 'g', 'd').command?.id).toBe('deals')
  expect(matchKeys(commands, undefined, 'd')).toEqual({})
  expect(matchKeys(commands, undefined, 'mod+k').command?.id).toBe('palette')
})

test('a pair that is none still lets the second key act alone', () => {
  expect(matchKeys(commands, 'g', 'n').command?.id).toBe('new')
  expect(matchKeys(commands, 'g', 'g')).toEqual({ pending: 'g' })
})

test('keys are written alike on all systems', () => {
  expect(keyOf({ key: 'K', ctrlKey: false, metaKey: true })).toBe('mod+k')
  expect(keyOf({ key: '?', ctrlKey: false, metaKey: false })).toBe('?')
  expect(keyOf({ key: 'Escape', ctrlKey: false, metaKey: false })).toBe('Escape')
})

test('no keys are given to two commands', () => {
  const keys = allCommands().flatMap((one) => one.keys ?? [])
  expect(keys.filter((one, at) => keys.indexOf(one) !== at)).toEqual([])
})
