// Which answers may still be shown while the next one is on its way.

/** The key of a question: organisation, operation and input. */
export type Asking = readonly [org: string, name: string, input: unknown, ...more: unknown[]]

/**
 * Whether an answer may stay while another question is asked: about another period or order it may, about
 * another organisation or record never. Its buttons would do to this one what was meant for that one.
 */
export function sameRecords(before: Asking, now: Asking): boolean {
  return before[0] === now[0] && idsIn(before[2]) === idsIn(now[2])
}

/** The answer before as placeholder of this question, where it may stay. */
export function stillShown(now: Asking) {
  return <T>(before: T | undefined, asked: { queryKey: Asking } | undefined): T | undefined =>
    asked && sameRecords(asked.queryKey, now) ? before : undefined
}

function idsIn(input: unknown): string {
  const ids = Object.entries(input ?? {}).filter(
    ([name, value]) => value !== undefined && (name === 'id' || /Ids?$/.test(name)),
  )
  return JSON.stringify(ids.sort(([a], [b]) => (a < b ? -1 : 1)))
}
