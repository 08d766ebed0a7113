// What a change was about, from what was kept with it.

/** What the change was about, in the words that were kept with it. */
export function subjectOf(subject: Readonly<Record<string, unknown>>): string {
  const said = subject.name ?? subject.file ?? subject.reason
  if (typeof said === 'string') return said
  if (typeof subject.currency === 'string' && typeof subject.day === 'string')
    return `${subject.currency} ${subject.day}`
  // What has no number of its own is named by its id, which tells a reader nothing.
  const number = subject.deal ?? subject.order ?? subject.case ?? subject.answer
  return typeof number === 'string' && number.length < 36 ? number : ''
}
