// Mending many records at once where no other feature does: several spellings of a value become one.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { nameKey } from '../../platform/database/tables.ts'
import { writeAlias } from '../imports/door.ts'
import type { qualityContract } from './contract.ts'
import { replaceValues, spellingsOf } from './store-values.ts'

type Contract = typeof qualityContract

export const mendOperations: Implements<Pick<Contract, 'quality.unify-values'>, Ctx> = {
  'quality.unify-values': (ctx, { field, values, to }) =>
    ctx.write(
      async (tx) => {
        const others = values.filter((value) => value !== to)
        if (others.length === 0) {
          throw new Refusal({
            code: 'quality.same_value',
            message: 'These are the same value already.',
            field: 'to',
            next: 'Choose another value to stay.',
            status: 422,
          })
        }
        const changed = await replaceValues(tx, field, others, to)
        // A file that still has the old spelling is read as the new one from now on.
        const spellings = await spellingsOf(tx, field, others)
        for (const key of new Set([...others.map(nameKey), ...spellings]))
          await writeAlias(tx, field, key, { value: to })
        tx.describe({ name: to, field, count: changed })
        return { changed, changeId: tx.changeId }
      },
      { long: true },
    ),
}
