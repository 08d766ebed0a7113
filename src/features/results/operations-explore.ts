// What changed, cohorts and funnel: each reads one revision.
import type { Implements } from '../../basics/contract.ts'
import { later } from '../../basics/days.ts'
import type { Cell } from '../../basics/figure.ts'
import { parts } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Asking, askAll, checkDimensions, dimensionsOf, shownPeriod } from './asked.ts'
import { cohortGrid, cohortGroups, funnelGroups, funnelOf } from './calc/explore.ts'
import type { DimensionId } from './contract.ts'
import type { exploreContract } from './contract-explore.ts'
import { readChanges } from './operations-changes.ts'
import { cellNames } from './store-cells.ts'
import {
  anonymousSales,
  cohortCells,
  daysInStages,
  daysToWin,
  dealWays,
  openStages,
} from './store-explore.ts'
import { cellsMax, tooManyCells } from './store-sources.ts'

export const exploreOperations: Implements<typeof exploreContract, Asking> = {
  'results.changes': (ctx, input) => ctx.read((tx) => readChanges(ctx, tx, input)),

  'results.cohorts': (ctx, { grain, by, groups: most, ...input }) =>
    ctx.read(async (tx) => {
      checkDimensions(['new-customers'], [...listed(by), ...dimensionsOf(input.where)])
      const about = await askAll(ctx, tx, input, input.where)
      const { scope, period, settings, bounds } = about
      const cells = await cohortCells(tx, scope, period, grain, by)
      if (cells.length > cellsMax) throw tooManyCells()
      // Over is a period that has ended and after which, or in which, something is on record.
      const last = bounds?.last ?? period.from
      const over = parts(
        { ...period, until: later(about.today, period.from) },
        grain,
        settings,
      ).filter(({ from, until }) => until <= about.today && from <= last)
      const groups = by === undefined ? [] : cohortGroups(cells, over)
      return {
        revision: about.known.revision,
        period: shownPeriod(period, about.byDefault),
        grain,
        rows: cohortGrid(cells, over),
        groups: await withNames(tx, by, groups.slice(0, most)),
        groupCount: groups.length,
        anonymous: await anonymousSales(tx, scope, period),
      }
    }),

  'results.funnel': (ctx, { by, groups: most, ...input }) =>
    ctx.read(async (tx) => {
      checkDimensions(['win-rate'], [...listed(by), ...dimensionsOf(input.where)])
      const about = await askAll(ctx, tx, input, input.where)
      const { scope, period, lang, byDefault } = about
      // Everything on record: deals may have been opened before the first one was closed.
      const opened = byDefault ? { from: '0001-01-01', until: '9999-12-31' } : period
      const ways = await dealWays(tx, scope, opened, by)
      if (ways.length > cellsMax) throw tooManyCells()
      const counts = {
        stages: await openStages(tx, scope.orgId),
        ways,
        stays: await daysInStages(tx, scope, opened, by),
        toWin: await daysToWin(tx, scope, opened, by),
      }
      const groups = by === undefined ? [] : funnelGroups(counts, lang)
      return {
        revision: about.known.revision,
        period: shownPeriod(period, about.byDefault),
        ...funnelOf(counts, lang),
        groups: await withNames(tx, by, groups.slice(0, most)),
        groupCount: groups.length,
      }
    }),
}

const listed = (by: DimensionId | undefined) => (by === undefined ? [] : [by])

async function withNames<Group extends { cell: string | null }>(
  tx: Tx,
  by: DimensionId | undefined,
  groups: readonly Group[],
): Promise<(Omit<Group, 'cell'> & { cell: Cell })[]> {
  if (by === undefined) return []
  const ids = groups.map(({ cell }) => cell)
  const nameOf = await cellNames(tx, by, ids)
  return groups.map((group) => ({ ...group, cell: nameOf(group.cell) }))
}
