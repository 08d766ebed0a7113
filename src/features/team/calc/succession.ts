// Who follows whom: what an import's "X is in team Y" does to the memberships there are.

/** A span in which a seller has a team, or a team has a lead; half-open days. */
export interface Span {
  id: string
  version: number
  /** The team of a seller, or the person who leads a team. */
  target: string
  from: string
  until: string
}

export interface Succession {
  close: { id: string; version: number }[]
  /** Next versions carry the id of the span they replace; others get a new id. */
  put: { id?: string; version: number; target: string; from: string; until: string }[]
}

export const sinceEver = '0001-01-01'
export const untilFurtherNotice = '9999-12-31'

/**
 * The changes that make `target` hold from a day on until further notice. Without a day it holds since
 * ever: what was undated is corrected in place; where there is a dated history, that history stays and
 * the new span begins today. Nothing changes when it holds already.
 */
export function succeed(
  spans: readonly Span[],
  target: string,
  from: string | null,
  today: string,
): Succession {
  const none: Succession = { close: [], put: [] }
  const last = spans.find((span) => span.until === untilFurtherNotice)
  if (last?.target === target && (from === null || from === last.from)) return none
  if (from === null) {
    if (last && (last.from === sinceEver || last.from >= today)) {
      return { close: [last], put: [{ ...last, version: last.version + 1, target }] }
    }
    const ended = spans.map((span) => span.until).filter((until) => until < untilFurtherNotice)
    // Days compare as text; the largest is the latest end.
    const begin = last ? today : ([sinceEver, ...ended].sort().at(-1) ?? sinceEver)
    return succeed(spans, target, begin, today)
  }
  const reaching = spans.filter((span) => span.until > from)
  return {
    close: reaching,
    put: [
      ...reaching
        .filter((span) => span.from < from)
        .map((span) => ({ ...span, version: span.version + 1, until: from })),
      { version: 1, target, from, until: untilFurtherNotice },
    ],
  }
}
