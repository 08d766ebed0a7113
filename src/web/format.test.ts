// What people read: amounts, rates, changes and periods in both languages, in any time zone.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { formatter, minorDigits, plain, plainMoney } from './format.ts'
import { parseMoney } from './parse.ts'

const en = formatter('en')
const de = formatter('de')

describe('amounts', () => {
  test('carry the digits of their currency', () => {
    expect(minorDigits('EUR')).toBe(2)
    expect(minorDigits('JPY')).toBe(0)
    expect(minorDigits('KWD')).toBe(3)
    expect(en.money(280_068_400, 'USD')).toBe('2,800,684.00')
    expect(de.money(280_068_400, 'EUR')).toBe('2.800.684,00')
    expect(en.money(5411, 'JPY', { currency: true })).toBe('5,411\u00a0JPY')
    expect(en.money(1234, 'KWD')).toBe('1.234')
    expect(de.money(-17_975_900, 'EUR', { digits: 'whole' })).toBe('−179.759')
    expect(en.money(4_490_500, 'USD', { digits: 'whole', signed: true })).toBe('+44,905')
    expect(en.money(0, 'USD', { signed: true })).toBe('0.00')
  })

  test('are compact only when asked, with three digits', () => {
    expect(en.compactMoney(280_068_400, 'USD')).toBe('2.80\u202fM')
    expect(de.compactMoney(280_068_400, 'EUR')).toBe('2,80\u202fMio.')
    expect(en.compactMoney(1_234_500, 'USD')).toBe('12.3\u202fK')
    expect(de.compactMoney(1_234_500, 'EUR')).toBe('12.345')
    expect(en.compactMoney(99_900, 'USD')).toBe('999')
  })

  test('are exact to the last unit and read back as the same number', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        fc.constantFrom('en' as const, 'de' as const),
        (minor, currency, language) => {
          const text = formatter(language).money(minor, currency, { currency: true })
          expect(parseMoney(text, currency, language)).toEqual({ ok: true, value: minor })
        },
      ),
      { seed: testSeed },
    )
  })

  test('leave for machines with a point and without grouping', () => {
    expect(plainMoney(-5, 'EUR')).toBe('-0.05')
    expect(plain({ value: 280_068_499, currency: 'USD', unit: 'money' })).toBe('2800684.99')
    expect(plain({ value: 0.603, unit: 'rate' })).toBe('0.603')
    expect(plain({ missing: { code: 'undefined', text: 'x' } })).toBe('')
  })
})

describe('rates and changes', () => {
  test('show per cent with a narrow space', () => {
    expect(en.rate(0.603)).toBe('60\u202f%')
    expect(de.rate(0.603, 1)).toBe('60,3\u202f%')
    expect(en.interval(0.581, 0.624, 'rate')).toBe('58–62\u202f%')
    expect(de.interval(0.581, 0.624, 'rate', { digits: 1 })).toBe('58,1–62,4\u202f%')
    expect(en.interval(0.6312, 0.6341, 'rate')).toBe('63.1–63.4\u202f%')
    expect(en.interval(0, 0, 'rate')).toBe('0.0\u202f%')
    expect(de.interval(210_000, 250_000, 'money', { currency: 'EUR' })).toBe('2.100–2.500')
  })

  test('carry a true minus and no sign at zero', () => {
    expect(en.relative(-0.06)).toBe('−6.0\u202f%')
    expect(de.relative(0.123)).toBe('+12,3\u202f%')
    expect(en.relative(-0.0001)).toBe('0.0\u202f%')
    expect(en.points(-0.031)).toBe('−3.1\u00a0pp')
    expect(de.points(0.02)).toBe('+2,0\u00a0PP')
    expect(en.signed(-61)).toBe('−61')
    expect(en.signed(0)).toBe('0')
    expect([en.number(12.5), de.number(1234), en.number(1, 2)]).toEqual(['12.5', '1.234', '1.00'])
  })

  test('figures know how they are written', () => {
    expect(
      en.figure({ value: 280_068_400, currency: 'USD', unit: 'money' }, { compact: true }),
    ).toEqual({
      text: '2.80\u202fM',
      unit: 'USD',
      exact: '2,800,684.00\u00a0USD',
    })
    expect(de.figure({ value: 1196, unit: 'count' }).text).toBe('1.196')
    expect(en.figure({ value: 52.5, unit: 'days' }).text).toBe('53 days')
    expect(de.figure({ value: 1, unit: 'days' }).text).toBe('1 Tag')
    expect(en.figure({ missing: { code: 'not_measured', text: 'Not measured yet.' } })).toEqual({
      text: '—',
      exact: 'Not measured yet.',
    })
  })
})

describe.each(['UTC', 'America/St_Johns', 'Pacific/Kiritimati'])('days in %s', (zone) => {
  const before = process.env.TZ
  beforeAll(() => {
    process.env.TZ = zone
  })
  afterAll(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })

  test('are the same days everywhere', () => {
    expect(en.date('2017-12-31')).toBe('31 December 2017')
    expect(de.date('2017-03-01')).toBe('1. März 2017')
    expect(en.shortDate('2017-12-31')).toBe('31 Dec')
    expect(de.shortDate('2024-02-29')).toBe('29. Feb.')
    expect([en.shortMonth('2017-09'), de.shortMonth('2017-03-31')]).toEqual(['Sep', 'Mär'])
    expect(de.instant('2026-11-25T23:30:00Z', 'Europe/Berlin')).toBe('26. November 2026 um 00:30')
  })

  test('periods have the names people use', () => {
    const name = (from: string, until: string, fiscal?: number) => [
      en.period({ from, until }, fiscal),
      de.period({ from, until }, fiscal),
    ]
    expect(name('2017-10-01', '2018-01-01')).toEqual(['Q4 2017', '4. Quartal 2017'])
    expect(name('2017-01-01', '2018-01-01')).toEqual(['2017', '2017'])
    expect(name('2013-01-01', '2018-01-01')).toEqual(['2013–2017', '2013–2017'])
    expect(name('2017-03-01', '2017-04-01')).toEqual(['March 2017', 'März 2017'])
    expect(name('2017-03-01', '2018-01-01')).toEqual([
      'March to December 2017',
      'März bis Dezember 2017',
    ])
    expect(name('2026-09-14', '2026-09-21')).toEqual(['Week 38, 2026', 'KW 38 2026'])
    expect(name('2024-12-30', '2025-01-06')).toEqual(['Week 1, 2025', 'KW 1 2025'])
    expect(name('2017-12-31', '2018-01-01')).toEqual(['31 December 2017', '31. Dezember 2017'])
    expect(name('2017-12-20', '2018-01-03')).toEqual([
      '20 December 2017 to 2 January 2018',
      '20. Dezember 2017 bis 2. Januar 2018',
    ])
    expect(name('2017-07-01', '2018-07-01', 7)).toEqual(['FY 2017/18', 'GJ 2017/18'])
    expect(name('2018-01-01', '2018-04-01', 7)).toEqual(['Q3 FY 2017/18', '3. Quartal GJ 2017/18'])
  })

  test('a fiscal period is known by its id', () => {
    expect(en.period({ id: 'FY2018', from: '2017-07-01', until: '2018-07-01' })).toBe('FY 2017/18')
    expect(de.period({ id: 'FY2018-Q3', from: '2018-01-01', until: '2018-04-01' })).toBe(
      '3. Quartal GJ 2017/18',
    )
    expect(en.period({ id: 'FY2018-Q1', from: '2018-01-01', until: '2018-04-01' })).toBe('Q1 2018')
  })

  test('the exact range is told', () => {
    expect(en.range({ from: '2017-10-01', until: '2018-01-01' })).toBe(
      '1 October to 31 December 2017',
    )
    expect(de.range({ from: '2017-10-01', until: '2018-01-01' })).toBe(
      '1. Oktober bis 31. Dezember 2017',
    )
  })
})
