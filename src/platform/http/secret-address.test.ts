// Guessing an address is made slow, and counting callers does not fill the memory.
import { expect, test } from 'vitest'
import { makeLimit } from './secret-address.ts'

test('sixty a minute, ten of them in vain, and a new minute begins anew', () => {
  let now = 0
  const limit = makeLimit(() => now)
  for (let i = 0; i < 60; i++) expect(limit.allows('a')).toBe(true)
  expect(limit.allows('a')).toBe(false)
  expect(limit.allows('b')).toBe(true)
  for (let i = 0; i < 10; i++) limit.inVain('b')
  expect(limit.allows('b')).toBe(false)
  now = 60_000
  expect(limit.allows('a')).toBe(true)
  expect(limit.allows('b')).toBe(true)
})
