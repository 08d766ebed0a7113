// What changed, cohorts and funnel: each reads one revision.
import type { Implements } from '../../basics/contract.ts'
import { parts } from '../../basics/period.ts'
import { type Asking, askAll, checkDimensions, dimensionsOf, latest, shownPeriod } from './asked.ts'
import { cohortGrid, funnelOf } from './calc/explore.ts'
import type { exploreContract } from './contract-explore.ts'
import { readChanges } from './operations-changes.ts'
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

  'results.cohorts': (ctx, { grain, ...input }) =>
    ctx.read(async (tx) => {
      checkDimensions(['new-customers'], dimensionsOf(input.where))
      const about = await askAll(ctx, tx, input, input.where)
      const { scope, period, settings, bounds } = about
      const cells = await cohortCells(tx, scope, period, grain)
      if (cells.length > cellsMax) throw tooManyCells()
      // Over is a period that has ended and after which, or in which, something is on record.
      const last = bounds?.last ?? period.from
      const over = parts(
        { ...period, until: latest(about.today, period.from) },
        grain,
        settings,
      ).filter(({ from, until }) => until <= about.today && from <= last)
      return {
        revision: about.known.revision,
        period: shownPeriod(period, about.byDefault),
        grain,
        rows: cohortGrid(cells, over),
        anonymous: await anonymousSales(tx, scope, period),
      }
    }),

  'results.funnel': (ctx, input) =>
    ctx.read(async (tx) => {
      checkDimensions(['win-rate'], dimensionsOf(input.where))
      const about = await askAll(ctx, tx, input, input.where)
      const { scope, period, lang, byDefault } = about
      // Everything on record: deals may have been opened before the first one was closed.
      const opened = byDefault ? { from: '0001-01-01', until: '9999-12-31' } : period
      const funnel = funnelOf(
        {
          stages: await openStages(tx, scope.orgId),
          ways: await dealWays(tx, scope, opened),
          stays: await daysInStages(tx, scope, opened),
          toWin: await daysToWin(tx, scope, opened),
        },
        lang,
      )
      return {
        revision: about.known.revision,
        period: shownPeriod(period, about.byDefault),
        ...funnel,
      }
    }),
}
