// What changed, said in sentences.
import type { Figure } from '../../../basics/figure.ts'
import type { Period } from '../../../basics/period.ts'
import type { DimensionId } from '../contract.ts'
import type { ChangeParts, DivisibleId } from './changes.ts'
import { becauseOf } from './changes-parts.ts'
import type { Language, Metric } from './metric.ts'
import type { NotEnoughMonths, Ordinary } from './out-of-ordinary.ts'
import { type Writer, writer } from './words.ts'

/** A difference as people say it: “1,200 EUR”, “3.4 points”, “12”; without its sign. */
function sizeText(
  metric: Metric,
  value: number,
  steps: number,
  currency: string,
  w: Writer,
): string {
  const size = Math.abs(value)
  if (metric.unit === 'money') return w.money(size, currency)
  if (metric.unit !== 'rate') return w.count(size)
  const points = w.number((size * 100) / steps, 1)
  return w.lang === 'de' ? `${points} Prozentpunkte` : `${points} percentage points`
}

export interface Told {
  id: DivisibleId
  metric: Metric
  /** Dimension of the cells. */
  by: DimensionId
  lang: Language
  currency: string
  steps: number
  now: Figure
  before: Figure
  against: Period
}

/** “Revenue fell by 1,200 EUR against Q3 2017 (−4.1 %).” */
export function changeSentence(
  { metric, lang, currency, steps, now, before, against }: Told,
  whole: ChangeParts | undefined,
): string {
  const w = writer(lang)
  const de = lang === 'de'
  const name = metric.name[lang]
  if (!whole || now.value === undefined || before.value === undefined) {
    return de
      ? `${name}: Ein Vergleich mit ${w.period(against)} ist nicht möglich.`
      : `${name} cannot be compared with ${w.period(against)}.`
  }
  if (whole.total === 0) {
    return de
      ? `${name} wie im Vergleichszeitraum ${w.period(against)}.`
      : `${name} as in ${w.period(against)}.`
  }
  const size = sizeText(metric, whole.total, steps, currency, w)
  const relative =
    metric.unit === 'rate' || before.value <= 0
      ? ''
      : ` (${whole.total < 0 ? '\u2212' : '+'}${w.rate(Math.abs(now.value / before.value - 1))})`
  const up = whole.total > 0
  return de
    ? `${name}: ${size} ${up ? 'mehr' : 'weniger'} als ${w.period(against)}${relative}.`
    : `${name} ${up ? 'rose' : 'fell'} by ${size} against ${w.period(against)}${relative}.`
}

/** What the change is made of, largest part first: “+900 EUR because there were more sales; …”. */
export function partsSentence(
  { id, metric, by, lang, currency, steps }: Told,
  whole: ChangeParts | undefined,
): string {
  if (!whole) return ''
  const w = writer(lang)
  const parts = (['byVolume', 'byRate', 'byMix', 'byReturns'] as const)
    .flatMap((part) => {
      const value = whole[part]
      return value === undefined || value === 0 ? [] : [{ part, value }]
    })
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  if (parts.length < 2) return ''
  return `${parts
    .map(
      ({ part, value }) =>
        `${value < 0 ? '\u2212' : '+'}${sizeText(metric, value, steps, currency, w)}${lang === 'de' ? ',' : ''} ${becauseOf(id, part, value > 0, by, lang)}`,
    )
    .join('; ')}.`
}

/** Of one noteworthy place: how much of the change lies there, and what says the same. */
export function placeSentence(
  { metric, lang, currency, steps }: Told,
  place: { name: string; change: number; share: number | null; alike: string[]; within?: string },
): string {
  const w = writer(lang)
  const de = lang === 'de'
  const size = `${place.change < 0 ? '\u2212' : '+'}${sizeText(metric, place.change, steps, currency, w)}`
  const share =
    place.share === null || place.share <= 0 || place.share > 1
      ? ''
      : de
        ? `, ${w.rate(place.share, 0)} der Veränderung`
        : `, ${w.rate(place.share, 0)} of the change`
  const alike =
    place.alike.length === 0
      ? ''
      : de
        ? `; dieselbe Veränderung, anders betrachtet: ${place.alike.join(', ')}`
        : `; the same change seen from another side: ${place.alike.join(', ')}`
  const within =
    place.within === undefined
      ? ''
      : de
        ? `; zum größten Teil in ${place.within} enthalten`
        : `; nearly all of it within ${place.within}`
  return `${place.name}: ${size}${share}${alike}${within}.`
}

/** Whether the last whole month is ordinary variation or a signal. */
export function ordinarySentence(
  metric: Metric,
  found: Ordinary | NotEnoughMonths,
  nameOf: (month: string) => string,
  lang: Language,
): string {
  const de = lang === 'de'
  const w = writer(lang)
  const name = metric.name[lang]
  if (found.status === 'not_enough_data') {
    return de
      ? `Was üblich ist, lässt sich noch nicht sagen: ${w.count(found.more)} ganze Monate fehlen.`
      : `What is normal cannot be said yet: ${w.count(found.more)} more whole months are needed.`
  }
  const month = nameOf(found.last.period)
  if (found.status === 'steady') {
    return de ? `${name}: in allen Monaten gleich.` : `${name}: the same in all months.`
  }
  const provisional =
    found.provisionalFor === 0
      ? ''
      : de
        ? ` Die Grenzen sind vorläufig, bis ${w.count(found.provisionalFor)} weitere Monate vorliegen.`
        : ` The limits are provisional until ${w.count(found.provisionalFor)} more months are there.`
  if (found.last.verdict === 'ordinary') {
    return de
      ? `${month} liegt in der üblichen Schwankung: kein Anlass, einzelnen Monaten nachzugehen.${provisional}`
      : `${month} is within normal variation: no reason to chase single months.${provisional}`
  }
  const outside = found.last.rules.includes('outside')
  const above = found.last.side === 'above'
  return de
    ? `${month} liegt ${outside ? `${above ? 'über' : 'unter'} der üblichen Schwankung` : `wie die Monate davor ${above ? 'über' : 'unter'} dem Mittel`}: Hier hat sich etwas geändert.${provisional}`
    : `${month} is ${outside ? `${above ? 'above' : 'below'} normal variation` : `${above ? 'above' : 'below'} the mean, as the months before it`}: something has changed here.${provisional}`
}
