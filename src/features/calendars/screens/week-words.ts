// A working week in as few words as it takes: “Mon–Thu, Fri 50 %”, “Mon–Fri 09:00–17:00”.

interface Named {
  name: string
}

/** Neighbouring days that are alike, as first and last index with what they share. */
function runs<T>(
  days: readonly T[],
  key: (day: T) => string,
): { first: number; last: number; day: T }[] {
  const found: { first: number; last: number; day: T }[] = []
  for (const [at, day] of days.entries()) {
    const before = found.at(-1)
    if (before && key(before.day) === key(day)) before.last = at
    else found.push({ first: at, last: at, day })
  }
  return found
}

const span = (names: readonly Named[], first: number, last: number) =>
  first === last
    ? (names[first]?.name ?? '')
    : `${names[first]?.name ?? ''}–${names[last]?.name ?? ''}`

/** Days that are worked; a share is said where it is not the whole day. Names begin with Monday. */
export function weekWords(
  shares: readonly number[],
  names: readonly Named[],
  percent: (share: number) => string,
): string {
  return runs(shares, String)
    .filter(({ day }) => day > 0)
    .map(({ first, last, day }) =>
      day === 1 ? span(names, first, last) : `${span(names, first, last)} ${percent(day)}`,
    )
    .join(', ')
}

export function hoursWords(
  hours: readonly ({ from: string; until: string } | null)[],
  names: readonly Named[],
): string {
  return runs(hours, (day) => JSON.stringify(day))
    .flatMap(({ first, last, day }) =>
      day ? [`${span(names, first, last)} ${day.from}–${day.until}`] : [],
    )
    .join(', ')
}
