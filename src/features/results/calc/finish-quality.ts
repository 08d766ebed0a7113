// Satisfaction, recommendation and complaint rate: figure and explanation.
import { poissonExact } from '../../../methods/count-rate.ts'
import { meanFromMoments } from '../../../methods/mean-ci.ts'
import { type NetPromoterScore, netPromoterScore } from '../../../methods/nps.ts'
import {
  count,
  counts,
  type Explained,
  type Finisher,
  type Given,
  limits,
  missing,
  plural,
  sales,
  share,
} from './finish-words.ts'

function answersText({ w, say }: Given, n: number): string {
  return `${w.count(n)} ${say(plural(n, 'answer', 'answers'), plural(n, 'Antwort', 'Antworten'))}`
}

/** No answer at all, or fewer than a figure needs; undefined when there are enough. */
function tooFew(given: Given, n: number): Explained | undefined {
  const { say, metric } = given
  if (n >= metric.minimum) return undefined
  const none = say(
    'No survey answer in this period. Import or enter answers to measure it.',
    'Keine Umfrageantwort in diesem Zeitraum. Importieren oder erfassen Sie Antworten, um dies zu messen.',
  )
  const few = say(
    `${answersText(given, n)} so far; a figure needs ${metric.minimum}.`,
    `Bisher ${answersText(given, n)}; eine Zahl braucht ${metric.minimum}.`,
  )
  const figure =
    n === 0
      ? missing(given, 'not_measured', none)
      : missing(given, 'not_enough_data', few, { n, more: metric.minimum - n })
  return {
    figure,
    explain: () => ({
      text: figure.missing?.text ?? '',
      parts: [{ label: say('Answers', 'Antworten'), figure: count(n) }],
      method: null,
      leftOut: [],
    }),
  }
}

export const satisfaction: Finisher = (counted, given) => {
  const { w, say } = given
  const [n, satisfied, other] = [
    counted.get('answers'),
    counted.get('satisfied'),
    counted.get('otherScale'),
  ]
  const few = tooFew(given, n)
  if (few) return few
  const { figure, method } = share(satisfied, n, given, '')
  return {
    figure,
    explain: () => {
      // Where on its scale each score lies, put onto 1 to 5, so that scales can be put together.
      const mean = meanFromMoments({
        n,
        sum: n + 4 * counted.get('satisfaction'),
        squaredDeviations: 16 * counted.get('satisfactionDeviations'),
      })
      return {
        text: say(
          `${w.count(satisfied)} satisfied ÷ ${answersText(given, n)} = ${w.rate(figure.value ?? 0)}`,
          `${w.count(satisfied)} zufrieden ÷ ${answersText(given, n)} = ${w.rate(figure.value ?? 0)}`,
        ),
        parts: [
          {
            label: say(
              'Satisfied: upper quarter of the scale',
              'Zufrieden: oberes Viertel der Skala',
            ),
            figure: count(satisfied),
          },
          { label: say('Answers', 'Antworten'), figure: count(n) },
          {
            label: say('Mean on a scale of 1 to 5', 'Mittelwert auf einer Skala von 1 bis 5'),
            figure: { unit: 'score', n, ...limits(mean) },
          },
        ],
        method,
        leftOut: counts([
          other,
          say(
            `${answersText(given, other)} on another scale than 1 to 5: satisfied in its upper quarter, put onto 1 to 5 for the mean.`,
            `${answersText(given, other)} auf einer anderen Skala als 1 bis 5: zufrieden im oberen Viertel, für den Mittelwert auf 1 bis 5 umgerechnet.`,
          ),
        ]),
      }
    },
  }
}

export const nps: Finisher = (counted, given) => {
  const { w, say } = given
  const [n, promoters, detractors] = [
    counted.get('recommendations'),
    counted.get('promoters'),
    counted.get('detractors'),
  ]
  const few = tooFew(given, n)
  if (few) return few
  const score = netPromoterScore({ promoters, detractors, passives: n - promoters - detractors })
  const points = (value: number | undefined) => w.number(value ?? 0, 1)
  return {
    figure: { unit: 'score', n, ...limits(score) },
    explain: () => ({
      text: say(
        `${w.rate(promoters / n)} promoters − ${w.rate(detractors / n)} detractors = ${points(score.value)}`,
        `${w.rate(promoters / n)} Empfehlende − ${w.rate(detractors / n)} Kritische = ${points(score.value)}`,
      ),
      parts: [
        { label: say('Promoters (9 and 10)', 'Empfehlende (9 und 10)'), figure: count(promoters) },
        {
          label: say('Passives (7 and 8)', 'Passive (7 und 8)'),
          figure: count(n - promoters - detractors),
        },
        { label: say('Detractors (0 to 6)', 'Kritische (0 bis 6)'), figure: count(detractors) },
      ],
      method: npsMethod(score, given, points),
      leftOut: [],
    }),
  }
}

function npsMethod(
  { n, low, high, alike }: NetPromoterScore,
  { w, say }: Given,
  points: (value: number | undefined) => string,
): string {
  if (alike) {
    return say(
      `All answers alike: the Wilson interval of this one category, 95 %, leaves between ${points(low)} and ${points(high)}, n = ${w.count(n)}.`,
      `Alle Antworten gleich: Das Wilson-Intervall dieser einen Gruppe, 95 %, lässt ${points(low)} bis ${points(high)} zu, n = ${w.count(n)}.`,
    )
  }
  return say(
    `Normal interval, 95 %: between ${points(low)} and ${points(high)} points, n = ${w.count(n)}.`,
    `Normalintervall, 95 %: zwischen ${points(low)} und ${points(high)} Punkten, n = ${w.count(n)}.`,
  )
}

export const complaintRate: Finisher = (counted, given) => {
  const { w, say } = given
  const [complaints, watched, unwatched] = [
    counted.get('complaints'),
    counted.get('watched'),
    counted.get('unwatched'),
  ]
  const rate = poissonExact(complaints, watched)
  const [low, high] = [w.rate(rate.low ?? 0), w.rate(rate.high ?? 0)]
  const none =
    complaints > 0
      ? missing(
          given,
          'undefined',
          say(
            `${w.count(complaints)} ${plural(complaints, 'complaint', 'complaints')}, but no sale to set against ${plural(complaints, 'it', 'them')}.`,
            `${w.count(complaints)} ${plural(complaints, 'Reklamation', 'Reklamationen')}, aber kein Verkauf, auf den sie zu beziehen ${plural(complaints, 'wäre', 'wären')}.`,
          ),
        )
      : missing(
          given,
          'not_measured',
          say(
            'No complaint was on record yet. Import or enter cases to measure it.',
            'Noch war keine Reklamation erfasst. Importieren oder erfassen Sie Vorgänge, um dies zu messen.',
          ),
        )
  const figure = watched === 0 ? none : { unit: 'rate' as const, n: watched, ...limits(rate) }
  return {
    figure,
    explain: () => ({
      text:
        watched === 0
          ? (none.missing?.text ?? '')
          : say(
              `${w.count(complaints)} ${plural(complaints, 'complaint', 'complaints')} ÷ ${sales(given, watched)} = ${w.rate(rate.value ?? 0)}`,
              `${w.count(complaints)} ${plural(complaints, 'Reklamation', 'Reklamationen')} ÷ ${sales(given, watched)} = ${w.rate(rate.value ?? 0)}`,
            ),
      parts: [
        { label: say('Complaints', 'Reklamationen'), figure: count(complaints) },
        { label: say('Sales', 'Verkäufe'), figure: count(watched) },
      ],
      method:
        watched === 0
          ? null
          : say(
              `Exact Poisson interval, 95 %: between ${low} and ${high}.`,
              `Exaktes Poisson-Intervall, 95 %: zwischen ${low} und ${high}.`,
            ),
      leftOut: [
        say(
          'Concerns, disputes and returns are no complaints.',
          'Anliegen, Streitfälle und Rückgaben sind keine Reklamationen.',
        ),
        ...counts([
          unwatched,
          say(
            `${sales(given, unwatched)} from before the first complaint on record ${plural(unwatched, 'is', 'are')} left out.`,
            `${sales(given, unwatched)} aus der Zeit vor der ersten erfassten Reklamation ${plural(unwatched, 'bleibt', 'bleiben')} außen vor.`,
          ),
        ]),
      ],
    }),
  }
}
