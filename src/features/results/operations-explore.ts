// Cohorts and funnel: each reads one revision.
import type { Implements } from '../../basics/contract.ts'
import { parts } from '../../basics/period.ts'
import { type Asking, askAll, checkDimensions, dimensionsOf, latest, shownPeriod } from './asked.ts'
import { cohortGrid, funnelOf } from './calc/explore.ts'
import type { exploreContract } from './contract-explore.ts'
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
      const { scope, period, lang } = about
      const funnel = funnelOf(
        {
          stages: await openStages(tx, scope.orgId),
          ways: await dealWays(tx, scope, period),
          stays: await daysInStages(tx, scope, period),
          toWin: await daysToWin(tx, scope, period),
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
