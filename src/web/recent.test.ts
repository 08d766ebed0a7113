// What is kept of the records opened last.
import { expect, test } from 'vitest'
import { type Recent, readRecent, withRecent } from './recent.ts'

const one = (id: string): Recent => ({
  id,
  label: `Customer ${id}`,
  path: `customers/${id}`,
  kind: { en: 'Customers', de: 'Kunden' },
})

test('the last one stands first, each once, and no more than six', () => {
  let all: Recent[] = []
  for (const id of ['a', 'b', 'c', 'a', 'd', 'e', 'f', 'g']) all = withRecent(all, one(id))
  expect(all.map(({ id }) => id)).toEqual(['g', 'f', 'e', 'd', 'a', 'c'])
})

test('what was kept is read again; anything else is as if nothing had been kept', () => {
  expect(readRecent(JSON.stringify([one('a')]))).toEqual([one('a')])
  for (const kept of [undefined, '', '{', '{}', 'null', '[null, 1, {"id": "x"}]'])
    expect(readRecent(kept), kept).toEqual([])
})
