// The text of a calendar reads back as what was put in, whatever somebody wrote into a subject.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { calendarText, escaped, folded } from './ics.ts'

/** Reads a calendar as a client does: unfolds, then takes each property of each event. */
function read(text: string): Record<string, string>[] {
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const events: Record<string, string>[] = []
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') events.push({})
    const [, name, value] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/s.exec(line) ?? []
    const event = events.at(-1)
    if (event && name && value !== undefined)
      event[name] ??= value.replace(/\\([\\;,nN])/g, (_, sign: string) =>
        sign.toLowerCase() === 'n' ? '\n' : sign,
      )
  }
  return events
}

const of = (summary: string, description = '') =>
  calendarText({
    name: 'Inga',
    at: '2026-11-25T09:30:00.000Z',
    events: [{ uid: 'a-1@kontor', day: '2026-12-31', summary, description, sequence: 3 }],
  })

test('a whole day with its end on the day after', () => {
  expect(read(of('Call: Nordlicht'))).toEqual([
    {
      BEGIN: 'VEVENT',
      UID: 'a-1@kontor',
      DTSTAMP: '20261125T093000Z',
      DTSTART: '20261231',
      DTEND: '20270101',
      SUMMARY: 'Call: Nordlicht',
      SEQUENCE: '3',
      TRANSP: 'TRANSPARENT',
      END: 'VEVENT',
    },
  ])
})

test('reminds so many minutes into the day, where it is told to', () => {
  const event = { uid: 'a', day: '2026-12-31', summary: 'Call; now', sequence: 0, remindAt: 510 }
  const text = calendarText({ name: 'Inga', at: '2026-11-25T09:30:00.000Z', events: [event] })
  const lines = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Call\\; now', 'TRIGGER:PT510M']
  expect(text).toContain([...lines, 'END:VALARM', 'END:VEVENT'].join('\r\n'))
})

test('nobody writes a line of the calendar by what they write into a subject', () => {
  const hostile = 'x\r\nEND:VEVENT\nBEGIN:VEVENT\rATTACH:file:///etc/passwd; a, b \\ c\u0000\u001b'
  expect(read(of(hostile))).toHaveLength(1)
  expect(of(hostile).match(/^(BEGIN|END|ATTACH)/gm)).toHaveLength(4)
  expect(escaped('a;b,c\\d\ne')).toBe('a\\;b\\,c\\\\d\\ne')
})

test('lines have at most 75 octets and come together again, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const clean = text.replace(/\r\n?/g, '\n').replace(/(?!\n)\p{Cc}/gu, '')
      for (const line of of(text, text).split('\r\n'))
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(read(of(text, text || 'x'))[0]?.SUMMARY).toBe(clean)
    }),
    { seed: testSeed },
  )
  expect(folded('é'.repeat(40)).split('\r\n')).toHaveLength(2)
})
