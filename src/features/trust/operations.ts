// Operations of the trust feature: the parts put together.
import { fileTypes, type Implements } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import type { trustContract } from './contract.ts'
import { betweenOperations } from './operations-between.ts'
import { checksOperations } from './operations-checks.ts'
import { exportAll, restoreAll } from './operations-export.ts'

export { checkInBackground, recoverChecks } from './operations-checks.ts'
export { sweepArchives } from './receive.ts'

export const trustOperations: Implements<typeof trustContract, Ctx> = {
  ...betweenOperations,
  ...checksOperations,
  'trust.export': async (ctx) => ({
    name: `kontor-${new Date(ctx.clock()).toISOString().slice(0, 10)}.zip`,
    type: fileTypes.zip,
    bytes: exportAll(ctx),
  }),
  'trust.restore': (ctx) => restoreAll(ctx),
}
