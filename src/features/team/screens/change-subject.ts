// What a change was about, from what was kept with it.

/** What the change was about, in the words that were kept with it. */
export function subjectOf(subject: Readonly<Record<string, unknown>>): string {
  const said = subject.name ?? subject.file ?? subject.reason
  if (typeof said === 'string') return said
  // A deal without a number of its own is named by its id, which tells a reader nothing.
  return typeof subject.deal === 'string' && subject.deal.length < 36 ? subject.deal : ''
}
