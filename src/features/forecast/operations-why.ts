// Why the forecast of one period is what it is: the way from what is known to the number, step by step.
import type { OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { MadeRow } from './calc/make.ts'
import { seasonOf } from './calc/series-models.ts'
import { amountText, methodName, say } from './calc/words.ts'
import type { forecastContract } from './contract.ts'
import { type Forecast, shown } from './operations-made.ts'
import { combinationText, openDealsText, testedText } from './operations-notes.ts'

type Why = OutputOf<(typeof forecastContract)['forecast.why']>
type Step = Why['steps'][number]

/** The explanation. Refuses `forecast.no_such_period`. */
export function whyOf(found: Forecast, period: string): Why {
  const { made, speech } = found
  const forecast = shown(found)
  const row = forecast.rows.find((one) => one.period === period)
  const madeRow = made.rows.find((one) => one.period.id === period)
  if (!row || !madeRow) {
    throw new Refusal({
      code: 'forecast.no_such_period',
      message: `The forecast says nothing of ${period}.`,
      field: 'period',
      next: `It tells of ${forecast.rows.map((one) => one.period).join(', ') || 'nothing yet'}.`,
      status: 404,
    })
  }
  const [low, high] = [amountText(speech, row.low80), amountText(speech, row.high80)]
  const mean = amountText(speech, row.mean)
  const steps = [
    ...methodSteps(found, madeRow),
    ...underWaySteps(found, madeRow),
    ...pipelineSteps(found, madeRow),
  ]
  return {
    period: row.period,
    from: row.from,
    until: row.until,
    row,
    unit: speech.unit,
    currency: speech.currency,
    sentence: say(
      speech,
      `${speech.w.period(madeRow.period)}: about ${mean}; in eight of ten such cases between ${low} and ${high}.`,
      `${speech.w.period(madeRow.period)}: etwa ${mean}; in acht von zehn solchen Fällen zwischen ${low} und ${high}.`,
    ),
    steps,
    // What a step has said already is not said again.
    leftOut: forecast.notes.filter((note) => steps.every(({ text }) => text !== note)),
    revision: forecast.revision,
  }
}

function methodSteps(found: Forecast, row: MadeRow): Step[] {
  const { made, speech, question, facts } = found
  const { seriesMethod: method } = made
  if (method === undefined) return []
  const { lang } = speech.w
  const season = seasonOf(question.by, made.have)
  const name = methodName(method, season, lang)
  const how = {
    seasonal_naive: say(
      speech,
      season === 1
        ? 'The last period that is over stands for those to come; the interval comes from how much it changed from one to the next.'
        : 'The same period of the last year stands for the one to come; the interval comes from how much those differed from year to year.',
      season === 1
        ? 'Der letzte abgeschlossene Zeitraum steht für die kommenden; das Intervall ergibt sich daraus, wie sehr sich die Werte von Zeitraum zu Zeitraum geändert haben.'
        : 'Der gleiche Zeitraum des Vorjahres steht für den kommenden; das Intervall ergibt sich daraus, wie sehr sich diese von Jahr zu Jahr unterschieden.',
    ),
    level: say(
      speech,
      'A level that follows the series, recent periods weighing more; no trend, no seasons.',
      'Ein Niveau, das der Zeitreihe folgt; jüngere Zeiträume zählen mehr. Ohne Trend und ohne Saison.',
    ),
    holt_winters_additive: say(
      speech,
      'Level, trend and seasons that follow the series; each season adds its own amount.',
      'Niveau, Trend und Saison, die der Zeitreihe folgen; die Saison kommt als Betrag hinzu.',
    ),
    holt_winters_multiplicative: say(
      speech,
      'Level, trend and seasons that follow the series; each season multiplies by its own factor. The interval comes from 2,000 simulated futures.',
      'Niveau, Trend und Saison, die der Zeitreihe folgen; die Saison wirkt als Faktor. Das Intervall ergibt sich aus 2.000 simulierten Verläufen.',
    ),
  }[method]
  const naive =
    row.naive === null || method === 'seasonal_naive'
      ? ''
      : say(
          speech,
          ` The baseline says ${amountText(speech, row.naive)}.`,
          ` Die Vergleichslinie liegt bei ${amountText(speech, row.naive)}.`,
        )
  const alone =
    row.method === 'combination' && row.series
      ? say(
          speech,
          ` For this period it says ${amountText(speech, row.series.mean)}.`,
          ` Für diesen Zeitraum ergibt das ${amountText(speech, row.series.mean)}.`,
        )
      : ''
  const test = made.tests.find((one) => one.method === method)
  const count = speech.w.count(facts.series.periods.length)
  return [
    {
      title: say(speech, `From the series: ${name}`, `Aus der Zeitreihe: ${name}`),
      text: `${how}${alone}${naive} ${say(
        speech,
        `It rests on ${count} periods that are over.`,
        `Grundlage sind ${count} abgeschlossene Zeiträume.`,
      )}`,
    },
    ...(test && made.have >= made.needed.tested
      ? [
          {
            title: say(speech, 'Tested on the past', 'An der Vergangenheit geprüft'),
            text: testedText(test, speech, question.by, made.have),
          },
        ]
      : []),
  ]
}

function underWaySteps({ speech }: Forecast, row: MadeRow): Step[] {
  if (row.soFar === null) return []
  const so = amountText(speech, row.soFar)
  return [
    {
      title: say(speech, 'This period is on', 'Dieser Zeitraum läuft'),
      text: say(
        speech,
        `${so} are there already; the forecast is added for the share of its working days that is left.`,
        `Bisher sind es ${so}; hinzu kommt die Prognose für den Anteil der Arbeitstage, der noch aussteht.`,
      ),
    },
  ]
}

function pipelineSteps({ speech, made }: Forecast, row: MadeRow): Step[] {
  if (!row.pipeline || !made.pipeline) return []
  const { outlook, chances } = made.pipeline
  const { w } = speech
  const [mean, low, high] = [row.pipeline.mean, row.pipeline.low80, row.pipeline.high80].map(
    (value) => amountText(speech, value),
  )
  const teams =
    chances.teamWeight === undefined
      ? say(
          speech,
          'The teams cannot be told apart, so that all have the same chances.',
          'Zwischen den Teams ist kein Unterschied zu erkennen; für alle gelten dieselben Wahrscheinlichkeiten.',
        )
      : say(
          speech,
          `A team’s own deals count against ${w.count(Math.round(chances.teamWeight))} of the whole.`,
          `Die Teams unterscheiden sich: Ab ${w.count(Math.round(chances.teamWeight))} eigenen abgeschlossenen Verkaufschancen zählt die Quote eines Teams mehr als die aller.`,
        )
  const tested = openDealsText(made.openDealsTest, speech)
  const steps = [
    {
      title: say(speech, 'From the open deals', 'Aus den offenen Verkaufschancen'),
      text: say(
        speech,
        `${w.count(outlook.deals)} open deals bring about ${mean} in this period, in eight of ten cases between ${low} and ${high}: each by its stage and by what became of deals that had been open for as long and were open still. The interval holds that their chances are estimated too, and what all of them have in common. ${teams}`,
        `${w.count(outlook.deals)} offene Verkaufschancen bringen in diesem Zeitraum etwa ${mean}, in acht von zehn Fällen zwischen ${low} und ${high}: jede nach ihrer Phase und danach, was aus Verkaufschancen wurde, die ebenso lange offen waren. Das Intervall berücksichtigt auch, dass die Wahrscheinlichkeiten nur geschätzt sind und dass alle gemeinsam schwanken. ${teams}`,
      ),
    },
  ]
  if (tested) {
    const title = say(
      speech,
      'The open deals, tested on the past',
      'Offene Verkaufschancen: Prüfung an der Vergangenheit',
    )
    steps.push({ title, text: tested })
  }
  if (!row.combination || row.openShare === null) return steps
  const share = w.rate(row.openShare, 0)
  const both = amountText(speech, row.combination.mean)
  const worth = combinationText(made.openDealsTest, speech)
  return [
    ...steps,
    {
      title: say(speech, 'Both together', 'Beides zusammen'),
      text: say(
        speech,
        `${share} of what is won in such a period used to be open this long before. With that, the open deals stand for the whole period; the mean of them and the series is ${both}.`,
        `${share} dessen, was in einem solchen Zeitraum gewonnen wurde, war bisher so lange vorher schon offen. Damit werden die offenen Verkaufschancen auf den ganzen Zeitraum hochgerechnet; das Mittel aus ihnen und der Zeitreihe ist ${both}.`,
      ),
    },
    ...(worth
      ? [
          {
            title: say(
              speech,
              'Both together, tested on the past',
              'Beides zusammen: Prüfung an der Vergangenheit',
            ),
            text: worth,
          },
        ]
      : []),
  ]
}
