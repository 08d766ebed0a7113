// Defaults of the first start fit the person's country, and what is sent is complete after one name.
import { expect, test } from 'vitest'
import { assumedValues, inputOfStart, zoneChoices } from './start-values.ts'

test.each([
  ['de-DE', 'EUR', '1'],
  ['de', 'EUR', '1'],
  ['de-CH', 'CHF', '1'],
  ['en-US', 'USD', '7'],
  ['en-GB', 'GBP', '1'],
  ['en', 'EUR', '1'],
])('%s reckons in %s and begins the week on day %s', (tag, currency, weekStart) => {
  expect(assumedValues(tag, 'Europe/Berlin')).toEqual({
    zone: 'Europe/Berlin',
    currency,
    month: '1',
    weekStart,
  })
})

test('one name is enough: it also signs', () => {
  const values = {
    name: ' Hanse Hardware ',
    person: '',
    seller: 'self',
    ...assumedValues('de-DE', 'Europe/Berlin'),
  }
  expect(inputOfStart(values, 'de')).toEqual({
    name: 'Hanse Hardware',
    personName: 'Hanse Hardware',
    zone: 'Europe/Berlin',
    baseCurrency: 'EUR',
    fiscalFirstMonth: 1,
    weekStart: 1,
    locale: 'de',
    sellerIs: 'self',
  })
})

test('the browser’s own zone can be chosen even where the list lacks it', () => {
  expect(zoneChoices('Etc/Unheard').some((one) => one.value === 'Etc/Unheard')).toBe(true)
  expect(zoneChoices('UTC').filter((one) => one.value === 'UTC')).toHaveLength(1)
})
