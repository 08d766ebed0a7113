// Public holidays where they are known: regions differ, names come in both languages, nights do not count.
import { describe, expect, test } from 'vitest'
import { daysOf, holidaysIn, isPlace, placeName, placesBelow } from './holidays.ts'

const days = async (place: Parameters<typeof holidaysIn>[0], year: number) =>
  (await holidaysIn(place, year)).map(({ day }) => day)

describe('regions differ', () => {
  test('Corpus Christi is a holiday in Bavaria and not in Berlin', async () => {
    const corpusChristi = '2026-06-04'
    expect(await days({ country: 'DE', region: 'BY' }, 2026)).toContain(corpusChristi)
    expect(await days({ country: 'DE', region: 'BE' }, 2026)).not.toContain(corpusChristi)
    // Berlin alone has Women’s Day; Augsburg alone its Peace Festival.
    expect(await days({ country: 'DE', region: 'BE' }, 2026)).toContain('2026-03-08')
    expect(await days({ country: 'DE', region: 'BY' }, 2026)).not.toContain('2026-08-08')
    expect(await days({ country: 'DE', region: 'BY', subregion: 'A' }, 2026)).toContain(
      '2026-08-08',
    )
  })
  test('Germany as a whole has its nine', async () => {
    expect(await days({ country: 'DE' }, 2026)).toEqual([
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-10-03',
      '2026-12-25',
      '2026-12-26',
    ])
  })
  test('Austria and the United States', async () => {
    expect(await days({ country: 'AT' }, 2026)).toEqual(
      expect.arrayContaining(['2026-01-06', '2026-06-04', '2026-10-26', '2026-12-08']),
    )
    const american = await days({ country: 'US' }, 2026)
    expect(american).toContain('2026-11-26')
    // Independence Day is a Saturday: the day before is free.
    expect(american).toEqual(expect.arrayContaining(['2026-07-03', '2026-07-04']))
    expect(american).not.toContain('2026-12-26')
  })
  test('a leap year moves Easter, not the names', async () => {
    expect(await days({ country: 'AT' }, 2028)).toContain('2028-04-17')
  })
})

test('names are in both languages; where German has none it is English', async () => {
  const [newYear] = await holidaysIn({ country: 'DE', region: 'BY' }, 2026)
  expect(newYear?.name).toEqual({ en: 'New Year’s Day'.replace('’', "'"), de: 'Neujahr' })
  const israel = await holidaysIn({ country: 'IL' }, 2026)
  expect(israel.find(({ day }) => day === '2026-09-21')?.name.de).toContain('Yom Kippur')
})

test('a holiday of several days that begins at sunset is the days it holds the noon of', async () => {
  const turkish = await days({ country: 'TR' }, 2026)
  expect(turkish.filter((day) => day.startsWith('2026-03'))).toEqual([
    '2026-03-20',
    '2026-03-21',
    '2026-03-22',
  ])
  expect(daysOf('2026-12-24 14:00:00', 10)).toEqual([])
  expect(daysOf('2026-12-25 00:00:00', 24)).toEqual(['2026-12-25'])
  // A day on which the clocks are changed has 23 or 25 hours.
  expect(daysOf('2026-03-29 00:00:00', 23)).toEqual(['2026-03-29'])
  expect(daysOf('2026-10-25 00:00:00', 25)).toEqual(['2026-10-25'])
  expect(daysOf('nonsense', 24)).toEqual([])
})

test('years without known calendars have none instead of an error', async () => {
  expect(await holidaysIn({ country: 'DE' }, 1492)).toEqual([])
  expect(await holidaysIn({ country: 'SA' }, 2250)).toEqual([])
})

test('places are those of the lists, whatever is asked', async () => {
  expect(await isPlace({ country: 'DE', region: 'BY', subregion: 'A' })).toBe(true)
  for (const place of [
    { country: 'XX' },
    { country: '__proto__' },
    { country: 'DE', region: 'constructor' },
    { country: 'DE', region: 'BY', subregion: 'nowhere' },
    { country: 'DE', subregion: 'A' },
  ])
    expect(await isPlace(place)).toBe(false)
  const { countries, regions, subregions } = await placesBelow(
    { country: 'DE', region: 'BY' },
    'de',
  )
  expect(countries.find(({ code }) => code === 'AT')?.name).toBe('Österreich')
  expect(regions.find(({ code }) => code === 'BY')?.name).toBe('Bayern')
  expect(subregions.map(({ code }) => code)).toContain('A')
  expect(await placeName({ country: 'DE', region: 'BY' })).toMatchObject({
    de: 'Deutschland, Bayern',
  })
})
