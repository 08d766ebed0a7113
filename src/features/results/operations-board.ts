// Sellers, teams, managers or offices side by side, in groups that the data can tell apart.
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import { Remembered } from '../../basics/remembered.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Asked, type Asking, ask, checkDimensions, madeOnce, shownPeriod } from './asked.ts'
import { bandsOf, shrunkenRates } from './calc/board.ts'
import { metrics } from './calc/metrics.ts'
import { counted, type PieceId } from './calc/pieces.ts'
import type { DimensionId, MetricId, resultsContract } from './contract.ts'
import { cellNames, standingCells } from './store-cells.ts'
import { countPieceList } from './store-figures.ts'

type Board = (typeof resultsContract)['results.board']

const shown: readonly MetricId[] = ['revenue', 'deals-won', 'win-rate', 'average-deal']

const latest = new Remembered<OutputOf<Board>>(100)

export async function readBoard(
  ctx: Asking,
  tx: Tx,
  input: InputOf<Board>,
): Promise<OutputOf<Board>> {
  checkDimensions(shown, Object.keys(input.where) as DimensionId[])
  const about = await ask(ctx, tx, input, input.where)
  return madeOnce(latest, ctx, about, input, () => makeBoard(about, input))
}

async function makeBoard(about: Asked, input: InputOf<Board>): Promise<OutputOf<Board>> {
  const { tx, scope, period, lang, figure } = about
  const needed = new Set<PieceId>(shown.flatMap((id) => metrics[id].pieces))
  const frames = [period]
  const [whole] = await countPieceList(tx, scope, { by: [], frames }, needed)
  if (input.on === 'revenue') needed.add('squares')
  const cells = await countPieceList(tx, scope, { by: [input.by], frames }, needed)
  const found = new Map(cells.map((cell) => [cell.cells[0] ?? null, cell.counted]))
  for (const id of await standingCells(tx, scope, input.by, frames)) {
    if (!found.has(id)) found.set(id, counted({}))
  }
  // Facts of nobody are in the whole, but nobody can be ahead or behind with them.
  found.delete(null)
  const named = await cellNames(tx, input.by, [...found.keys()])
  const entries = [...found].map(([id, pieces]) => ({
    cell: named(id),
    pieces,
    sortedBy: figure(input.on, pieces).value ?? Number.NEGATIVE_INFINITY,
  }))
  entries.sort(
    (a, b) => b.sortedBy - a.sortedBy || (JSON.stringify(a.cell) < JSON.stringify(b.cell) ? -1 : 1),
  )
  const bands = bandsOf(
    entries.map(({ pieces }) => pieces),
    input.on,
    lang,
  )
  const shrunken = shrunkenRates(
    entries.map(({ pieces }) => pieces),
    lang,
  )
  const all = whole?.counted ?? counted({})
  return {
    revision: about.known.revision,
    period: shownPeriod(period, about.byDefault),
    currency: about.settings.baseCurrency,
    on: input.on,
    whole: {
      revenue: figure('revenue', all),
      winRate: figure('win-rate', all),
      averageDeal: figure('average-deal', all),
    },
    grouped: bands.grouped,
    note: bands.note,
    rows: entries.map(({ cell, pieces }, i) => ({
      cell,
      group: bands.groups[i] ?? null,
      revenue: figure('revenue', pieces),
      dealsWon: figure('deals-won', pieces),
      winRate: figure('win-rate', pieces),
      averageDeal: figure('average-deal', pieces),
      shrunkenWinRate: shrunken[i] ?? { unit: 'rate' },
    })),
  }
}
