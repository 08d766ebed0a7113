// A chance in words: nobody knows it to two decimals.

export type Language = 'en' | 'de'

/** Below 2 % and above 98 % words; else so many in ten. */
export function chanceWords(chance: number, lang: Language): string {
  if (chance < 0.02) return lang === 'de' ? 'unwahrscheinlich' : 'unlikely'
  if (chance > 0.98) return lang === 'de' ? 'sehr wahrscheinlich' : 'very likely'
  const tenths = Math.round(chance * 10)
  if (tenths === 0) return lang === 'de' ? 'weniger als 1 von 10' : 'less than 1 in 10'
  if (tenths === 10) return lang === 'de' ? 'mehr als 9 von 10' : 'more than 9 in 10'
  return lang === 'de' ? `etwa ${tenths} von 10` : `about ${tenths} in 10`
}

/** How a goal stands by its chance; on course from one in two on. */
export type Risk = 'on-course' | 'at-risk' | 'behind'

export function riskOf(chance: number): Risk {
  return chance >= 0.5 ? 'on-course' : chance >= 0.2 ? 'at-risk' : 'behind'
}

/** Whether a goal runs and is less likely reached than not; where no chance is told, nobody says so. */
export function inDanger({
  state,
  outlook: { chance },
}: {
  state: 'upcoming' | 'running' | 'reached' | 'missed'
  outlook: { chance: number | null }
}): boolean {
  return state === 'running' && chance !== null && riskOf(chance) !== 'on-course'
}
