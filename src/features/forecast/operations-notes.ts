// What has to be known to read a forecast: what was tested, what is missing, what stands for what.
import type { Day } from '../../basics/period.ts'
import { combinationEarned, type OpenDealsTest } from './calc/open-deals-test.ts'
import { type BackTest, type SeriesGrain, seasonOf } from './calc/series-models.ts'
import {
  amountText,
  backTestText,
  insideText,
  methodName,
  missingText,
  type Speech,
  say,
} from './calc/words.ts'
import type { Forecast } from './operations-made.ts'

/** What has to be known to read the forecast. */
export function notesOf(forecast: Forecast): string[] {
  const { facts, made, speech, question } = forecast
  const { series } = facts
  const { w } = speech
  const notes: string[] = []
  if (series.recordsEnded) {
    const day = w.date(dayBefore(series.today))
    notes.push(
      say(
        speech,
        `The records end on ${day}; the forecast begins on the day after.`,
        `Die Daten enden am ${day}; die Prognose beginnt am Tag danach.`,
      ),
    )
  }
  if (made.rows.length > 0 && made.have < made.needed.tested) {
    notes.push(missingText(speech, question.by, made.have, made.needed))
  }
  const test = made.tests.find(({ method }) => method === made.seriesMethod)
  if (test && made.have >= made.needed.tested)
    notes.push(testedText(test, speech, question.by, made.have))
  const together = combinationText(made.openDealsTest, speech)
  if (together) notes.push(together)
  notes.push(...unlikeNotes(forecast))
  notes.push(...pipelineNotes(forecast))
  return notes
}

export function testedText(
  test: BackTest,
  speech: Speech,
  grain: SeriesGrain,
  have: number,
): string {
  const name = methodName(test.method, seasonOf(grain, have), speech.w.lang)
  return backTestText(speech, name, {
    summary: test.summary,
    baseline: test.method === 'seasonal_naive',
  })
}

/** What both together were worth, and whether they are shown for it. */
export function combinationText(
  test: OpenDealsTest | undefined,
  speech: Speech,
): string | undefined {
  const { combination, alone } = test ?? {}
  if (!combination || !alone) return undefined
  const { origins, mae, naiveMae, inside80 } = combination.summary
  const [both, series, naive] = [mae, alone.mae, naiveMae].map((one) => amountText(speech, one))
  const held = insideText(speech, inside80)
  const what = say(
    speech,
    `Over ${origins} earlier points both together were off by ${both} on average, the series alone by ${series}, the baseline by ${naive}; ${held}.`,
    `An ${origins} früheren Zeitpunkten lag beides zusammen im Mittel um ${both} daneben, die Zeitreihe allein um ${series}, die Vergleichslinie um ${naive}; ${held}.`,
  )
  const shown = combinationEarned(test)
    ? say(speech, 'That is why it is shown.', 'Deshalb wird es verwendet.')
    : say(
        speech,
        'It is told beside, and not shown first.',
        'Es wird deshalb nur daneben angezeigt.',
      )
  return `${what} ${shown}`
}

/** Both together would be shown, but the open deals are not what they were when that was tested. */
function unlikeNotes({ made, speech }: Forecast): string[] {
  const unlike =
    combinationEarned(made.openDealsTest) &&
    made.rows.some(({ combination, method }) => combination && method !== 'combination')
  return unlike
    ? [
        say(
          speech,
          'In some periods the open deals bring far more or less than they ever did at the points tested; there the series alone is shown.',
          'In manchen Zeiträumen bringen die offenen Verkaufschancen weit mehr oder weniger als je an den geprüften Zeitpunkten; dort gilt die Zeitreihe allein.',
        ),
      ]
    : []
}

/** How far forecasts of the open deals were off what those deals brought, and what the deals had in common. */
export function openDealsText(test: OpenDealsTest | undefined, speech: Speech): string | undefined {
  if (!test?.summary) return undefined
  const { origins, mae, inside80 } = test.summary
  const [common] = test.common
  const [off, held] = [amountText(speech, mae), insideText(speech, inside80)]
  return say(
    speech,
    `At ${origins} earlier points what the open deals would bring in a period was off by ${off} on average; ${held}. ${common ? `They rise and fall together: by ${speech.w.rate(common, 0)} more or less than chance of single deals explains. That is in the interval.` : 'That they rise and fall together cannot be seen.'}`,
    `An ${origins} früheren Zeitpunkten lag die Prognose aus den offenen Verkaufschancen je Zeitraum im Mittel um ${off} daneben; ${held}. ${common ? `Sie schwanken gemeinsam: um ${speech.w.rate(common, 0)} mehr, als sich durch Zufall bei den einzelnen erklären lässt. Das ist im Intervall enthalten.` : 'Ein gemeinsames Schwanken ist nicht zu erkennen.'}`,
  )
}

function pipelineNotes({ facts, made, speech, question, testNeedsJob }: Forecast): string[] {
  if (question.metric === 'revenue' && !facts.series.dealsCount) {
    return [
      say(
        speech,
        'Revenue is counted from orders here, so that the open deals say nothing of it.',
        'Der Umsatz stammt hier aus Aufträgen; die offenen Verkaufschancen sagen darüber nichts aus.',
      ),
    ]
  }
  if (!made.pipeline) return []
  const { withoutAmount } = made.pipeline.outlook
  const notes = [
    say(
      speech,
      'The open deals bring only what is open today: what will be opened later is missing from it, the more the further ahead.',
      'Die offenen Verkaufschancen enthalten nur, was heute offen ist: Was erst später hinzukommt, fehlt, und zwar umso mehr, je weiter ein Zeitraum in der Zukunft liegt.',
    ),
    openDealsText(made.openDealsTest, speech) ?? untestedText(speech, testNeedsJob),
  ]
  if (withoutAmount > 0 && question.metric === 'revenue') {
    const mean = amountText(speech, made.pipeline.meanAmount)
    const count = speech.w.count(withoutAmount)
    notes.push(
      say(
        speech,
        `Open deals without an amount count as much as the average won deal, ${mean} (${count} deals).`,
        `Offene Verkaufschancen ohne Betrag zählen mit dem Durchschnitt der gewonnenen, ${mean} (betrifft ${count}).`,
      ),
    )
  }
  return notes
}

/** The interval of open deals that were not tested is too narrow, and why. */
function untestedText(speech: Speech, needsJob: boolean): string {
  return needsJob
    ? say(
        speech,
        'These open deals have not been tested on the past yet. What deals have in common is not in their interval, which is therefore too narrow.',
        'Diese offenen Verkaufschancen wurden noch nicht an der Vergangenheit geprüft. Dass sie gemeinsam schwanken, ist im Intervall nicht enthalten; es ist deshalb zu schmal.',
      )
    : say(
        speech,
        'There are too few earlier points to test the open deals on. What deals have in common is not in their interval, which is therefore too narrow.',
        'Für eine Prüfung der offenen Verkaufschancen gibt es noch zu wenige frühere Zeitpunkte. Dass sie gemeinsam schwanken, ist im Intervall nicht enthalten; es ist deshalb zu schmal.',
      )
}

function dayBefore(day: Day): Day {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}
