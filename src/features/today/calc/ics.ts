// Calendars as text (RFC 5545): escaped, folded at 75 octets, ended by CRLF. Whole days only.
import { addDays, type Day } from '../../../basics/period.ts'

export interface CalendarEvent {
  /** Stays the same for the same event. */
  uid: string
  day: Day
  summary: string
  description?: string
  url?: string
  /** Rises with each change. */
  sequence: number
  /** Minutes after the day begins at which the calendar program reminds; absent: it does not. */
  remindAt?: number
}

export interface CalendarText {
  name: string
  /** Instant at which it was written, ISO 8601 in UTC. */
  at: string
  events: readonly CalendarEvent[]
}

const octetsMost = 75
const encoder = new TextEncoder()

/** A text value: backslash, semicolon, comma and line breaks are escaped; other controls are no text. */
export function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, '')
}

/** One content line in lines of at most 75 octets, never cut within a character. */
export function folded(line: string): string {
  const lines: string[] = []
  let part = ''
  let octets = 0
  for (const sign of line) {
    const length = encoder.encode(sign).length
    if (octets + length > octetsMost) {
      lines.push(part)
      // A continued line begins with a space, which counts.
      part = ' '
      octets = 1
    }
    part += sign
    octets += length
  }
  return [...lines, part].join('\r\n')
}

const plain = (text: string) => text.replaceAll('-', '')

export function calendarText({ name, at, events }: CalendarText): string {
  const stamp = `${at.slice(0, 19).replace(/[-:]/g, '')}Z`
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Kontor//Kontor//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escaped(event.uid)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${plain(event.day)}`,
      `DTEND;VALUE=DATE:${plain(addDays(event.day, 1))}`,
      `SUMMARY:${escaped(event.summary)}`,
      ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
      ...(event.url ? [`URL:${event.url}`] : []),
      `SEQUENCE:${event.sequence}`,
      'TRANSP:TRANSPARENT',
      ...(event.remindAt === undefined
        ? []
        : [
            'BEGIN:VALARM',
            'ACTION:DISPLAY',
            `DESCRIPTION:${escaped(event.summary)}`,
            `TRIGGER:PT${event.remindAt}M`,
            'END:VALARM',
          ]),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}
