// The question behind a figure as it stands in the address: metric | narrowing as JSON | period.

export interface WhyQuestion {
  metric: string
  /** Dimension → cells, as the results operations take it. */
  where?: Readonly<Record<string, readonly string[]>>
  /** Id of a period (`2017-Q4`, `2017-10-01..2018-01-01`); absent: the last with data. */
  period?: string
}

export function whyValue(question: WhyQuestion): string {
  return [question.metric, JSON.stringify(question.where ?? {}), question.period ?? ''].join('|')
}

/** Reads the address back; undefined when somebody has mangled it. */
export function parseWhy(value: string): WhyQuestion | undefined {
  const first = value.indexOf('|')
  const last = value.lastIndexOf('|')
  if (first < 1) return /^[a-z][a-z-]*$/.test(value) ? { metric: value } : undefined
  const metric = value.slice(0, first)
  if (!/^[a-z][a-z-]*$/.test(metric)) return undefined
  const middle = last > first ? value.slice(first + 1, last) : value.slice(first + 1)
  const period = last > first ? value.slice(last + 1) : ''
  const where = narrowing(middle)
  if (where === undefined) return undefined
  return { metric, where, ...(period === '' ? {} : { period }) }
}

function narrowing(json: string): Record<string, string[]> | undefined {
  if (json === '') return {}
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const pairs = Object.entries(value)
    const fits = pairs.every(
      ([, cells]) => Array.isArray(cells) && cells.every((cell) => typeof cell === 'string'),
    )
    if (!fits) return undefined
    return Object.fromEntries(pairs)
  } catch {
    return undefined
  }
}
