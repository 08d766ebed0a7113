// Every refusal that a screen can meet is said in German too.
import { expect, test } from 'vitest'
import { contract } from '../src/app.ts'
import type { Contract } from '../src/basics/contract.ts'
import { inGerman, refusalsInGerman } from '../src/web/refusals-de.ts'

const all: Contract = contract
/** Only the command line and other programs meet these. */
const elsewhere = new Set(['import.unknown_kind', 'period_lock.not_found'])

test('every code of every contract has a German sentence', () => {
  const codes = new Set(Object.values(all).flatMap((one) => one.refusals))
  const missing = [...codes].filter((code) => !refusalsInGerman[code] && !elsewhere.has(code))
  expect(missing).toEqual([])
})

test('a sentence the server gives in both languages goes first', () => {
  const particulars = { text: { en: 'Line 3 is broken.', de: 'Zeile 3 ist beschädigt.' } }
  const given = {
    code: 'import.unreadable',
    message: 'Line 3 is broken.',
    status: 422,
    particulars,
  }
  expect(inGerman(given).message).toBe('Zeile 3 ist beschädigt.')
  expect(inGerman({ code: 'deal.backwards', message: 'x', next: 'y', status: 422 })).toMatchObject({
    message: 'Der Abschluss liegt vor der Eröffnung.',
  })
})
