// Kept forecasts, listed.
import type { Implements } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { MetricId } from '../results/contract.ts'
import { settingsOf, today } from '../team/door.ts'
import type { forecastContract } from './contract.ts'
import { shownScope } from './operations-made.ts'
import { type KeptForecast, keptForecasts } from './store.ts'

export const keptOperations: Implements<Pick<typeof forecastContract, 'forecast.list'>, Ctx> = {
  'forecast.list': (ctx, { metric, cursor, limit }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { madeOn: String(place[0]), id: String(place[1]) }
      const { zone } = await settingsOf(tx)
      const asked = { metric, after, limit: limit + 1 }
      const rows = await keptForecasts(ctx, tx, today(ctx.clock, zone), asked)
      const page = pageOfRows(rows, limit, (row) => [row.made_on, row.id])
      return { ...page, rows: page.rows.map(listed) }
    }),
}

function listed(row: KeptForecast) {
  const { scope: kind, scope_id: id, scope_name: name } = row
  return {
    id: row.id,
    at: row.at,
    madeOn: row.made_on,
    by: { id: row.owner_id, name: row.owner },
    metric: row.metric as MetricId,
    grain: row.grain,
    horizon: row.horizon,
    scope: shownScope({ kind, id, name, covered: true }),
    method: row.method,
    revision: row.revision,
    asIf: row.as_if,
  }
}
