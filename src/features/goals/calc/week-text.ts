// The week of the running goals as plain text, to paste into a mail.
import { addDays, type Day } from '../../../basics/period.ts'
import { inDanger, type Language } from './chance-words.ts'

export interface WeekGoal {
  goal: {
    name: string
    unit: 'money' | 'count' | 'rate' | 'days' | 'score'
    target: number
    state: 'upcoming' | 'running' | 'reached' | 'missed'
    until: Day
    seller: { name: string } | null
    team: { name: string } | null
    steps: readonly { doneOn: Day | null }[]
    kind: string
    atMost: boolean
    outlook: {
      attained: { value?: number | undefined }
      seasonal: number | null
      chance: number | null
      chanceText: string
      requiredPerDay: number | null
    }
  }
  thisWeek: number
  /** The check-in of the week. */
  said?: { moved: string | null; blocks: string | null; nextStep: string | null } | undefined
}

export interface WeekSetting {
  currency: string
  lang: Language
  today: Day
}

export function weekText(
  goals: readonly WeekGoal[],
  setting: WeekSetting,
  week: { from: Day; until: Day },
): string {
  const { lang } = setting
  const say = (en: string, de: string) => (lang === 'de' ? de : en)
  const locale = lang === 'de' ? 'de-DE' : 'en-GB'
  const date = (day: Day) =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
      new Date(`${day}T00:00:00Z`),
    )
  const head = say(`Goals, week of ${date(week.from)}`, `Ziele, Woche ab ${date(week.from)}`)
  if (goals.length === 0) return `${head}\n\n${say('No goal is running.', 'Kein Ziel läuft.')}\n`
  const lines = goals.flatMap(({ goal, thisWeek, said }) => {
    const write = (value: number) => written(value, goal.unit, setting, locale)
    const owner = goal.seller?.name ?? goal.team?.name
    const name =
      owner === undefined || goal.name.includes(owner) ? goal.name : `${goal.name} (${owner})`
    const attained = goal.outlook.attained.value
    const parts = [
      attained === undefined
        ? say(`target ${write(goal.target)}`, `Zielwert ${write(goal.target)}`)
        : goal.kind === 'metric' && goal.outlook.seasonal === null
          ? say(
              `${write(attained)}, ${goal.atMost ? 'at most' : 'at least'} ${write(goal.target)}`,
              `${write(attained)}, ${goal.atMost ? 'höchstens' : 'mindestens'} ${write(goal.target)}`,
            )
          : say(
              `${write(attained)} of ${write(goal.target)}`,
              `${write(attained)} von ${write(goal.target)}`,
            ),
      ...(thisWeek > 0
        ? [say(`this week ${write(thisWeek)}`, `diese Woche ${write(thisWeek)}`)]
        : []),
      ...(goal.state === 'reached'
        ? [say('reached', 'erreicht')]
        : goal.outlook.chanceText === ''
          ? []
          : [say(`chance: ${goal.outlook.chanceText}`, `Chance: ${goal.outlook.chanceText}`)]),
      ...(goal.state === 'running' && goal.outlook.requiredPerDay
        ? [
            say(
              `needed per working day ${write(goal.outlook.requiredPerDay)}`,
              `je Arbeitstag nötig ${write(goal.outlook.requiredPerDay)}`,
            ),
          ]
        : []),
      say(`until ${date(addDays(goal.until, -1))}`, `bis ${date(addDays(goal.until, -1))}`),
    ]
    const words = [
      [say('Moved', 'Bewegt'), said?.moved],
      [say('Blocks', 'Hält auf'), said?.blocks],
      [say('Next', 'Als Nächstes'), said?.nextStep],
    ].flatMap(([label, text]) => (text ? `  ${label}: ${text.replaceAll(/\s+/g, ' ')}` : []))
    return [`- ${name}: ${parts.join('; ')}.`, ...words]
  })
  return `${head}\n${standing(goals, lang)}\n\n${lines.join('\n')}\n`
}

/** How many run, and how many of them more likely fail than not. */
function standing(goals: readonly WeekGoal[], lang: Language): string {
  const states = goals.map(({ goal }) => goal.state)
  const running = states.filter((state) => state === 'running').length
  const reached = states.filter((state) => state === 'reached').length
  const risk = goals.filter(({ goal }) => inDanger(goal)).length
  return lang === 'de'
    ? `${running} laufen, davon ${risk} mit einer Chance unter eins zu zwei; ${reached} erreicht.`
    : `${running} running, ${risk} of them with a chance below one in two; ${reached} reached.`
}

function written(
  value: number,
  unit: WeekGoal['goal']['unit'],
  { currency }: WeekSetting,
  locale: string,
): string {
  if (unit === 'money') {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      maximumFractionDigits: 0,
    }).format(value / 10 ** digits)
  }
  if (unit === 'rate') {
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
      value,
    )
  }
  return new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
}
