// Why revenue differs between two periods: how many sales, how large, and what came back.
import { changeOfProduct } from './contribution.ts'
import { type Counted, counted } from './pieces.ts'
import type { Writer } from './words.ts'

/** What was sold and what came back in one period, in minor units. */
export interface Side {
  /** Number of sales, and what they add up to. */
  sales: number
  sold: number
  /** What came back; 0 or negative. */
  returned: number
}

/** The parts add up to the difference exactly. */
export interface Difference {
  total: number
  /** Because of more or fewer sales, at the mean of both averages. */
  byCount: number
  /** Because of larger or smaller ones, at the mean of both counts. */
  byAverage: number
  byReturns: number
}

export function sideOf(cell: Counted = counted({})): Side {
  const [base, returnBase] = [cell.get('base'), cell.get('returnBase')]
  return {
    sales: cell.get('sold'),
    sold: base - returnBase,
    returned: returnBase,
  }
}

/**
 * Splits the difference of two periods into number, average and returns; where one side has no sales
 * all of it is their number.
 */
export function decompose(before: Side, now: Side): Difference {
  const [total, byReturns] = [now.sold - before.sold, now.returned - before.returned]
  const all = ({ sales, sold }: Side) => [{ cell: '', numerator: sold, denominator: sales }]
  const both = before.sales > 0 && now.sales > 0
  const byCount = both ? changeOfProduct(all(before), all(now)).byVolume : total
  return { total: total + byReturns, byCount, byAverage: total - byCount, byReturns }
}

export type Cause = 'count' | 'average' | 'both' | 'returns'

/** What carries the difference: a part that alone makes most of it, or number and size together. */
export function causeOf({ total, byCount, byAverage, byReturns }: Difference): Cause | undefined {
  if (total === 0) return undefined
  const share = (part: number) => part / total
  const most = 0.6
  if (share(byCount) >= most && share(byCount) >= share(byAverage)) return 'count'
  if (share(byAverage) >= most) return 'average'
  if (share(byReturns) >= most) return 'returns'
  return share(byCount) > 0 && share(byAverage) > 0 && share(byCount + byAverage) >= most
    ? 'both'
    : undefined
}

/** “77 sales fewer, average about the same”: what moved, in one sentence without its end. */
export function changeText(before: Side, now: Side, w: Writer): string {
  const de = w.lang === 'de'
  const sales = (n: number) =>
    `${w.count(n)} ${de ? (n === 1 ? 'Verkauf' : 'Verkäufe') : n === 1 ? 'sale' : 'sales'}`
  const parts: string[] = []
  if (before.sales === 0 || now.sales === 0) {
    parts.push(
      de
        ? `${sales(now.sales)}, davor ${w.count(before.sales)}`
        : `${sales(now.sales)}, ${w.count(before.sales)} before`,
    )
  } else {
    const more = now.sales - before.sales
    parts.push(
      more === 0
        ? de
          ? 'ebenso viele Verkäufe'
          : 'as many sales'
        : `${sales(Math.abs(more))} ${more > 0 ? (de ? 'mehr' : 'more') : de ? 'weniger' : 'fewer'}`,
    )
    parts.push(averageText(before.sold / before.sales, now.sold / now.sales, w))
  }
  const { total, byReturns } = decompose(before, now)
  if (Math.abs(byReturns) > Math.abs(total) / 10) {
    parts.push(
      byReturns < 0
        ? de
          ? 'mehr Rückgaben'
          : 'more came back'
        : de
          ? 'weniger Rückgaben'
          : 'less came back',
    )
  }
  return parts.join(', ')
}

function averageText(before: number, now: number, w: Writer): string {
  const de = w.lang === 'de'
  const relative = before > 0 ? now / before - 1 : Number.NaN
  if (!Number.isFinite(relative)) return de ? 'Durchschnitt verändert' : 'average changed'
  if (Math.abs(relative) < 0.01) return de ? 'Durchschnitt etwa gleich' : 'average about the same'
  const size = w.rate(Math.abs(relative), Math.abs(relative) < 0.1 ? 1 : 0)
  return relative > 0
    ? `${de ? 'Durchschnitt' : 'average'} ${size} ${de ? 'höher' : 'higher'}`
    : `${de ? 'Durchschnitt' : 'average'} ${size} ${de ? 'niedriger' : 'lower'}`
}
