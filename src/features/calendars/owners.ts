// Whose calendar is meant, and who may look at it and write in it.
import type { Reach } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { teamsLed, todayIn, withinReach } from '../team/door.ts'
import type { Whose } from './calc/calendar-book.ts'
import { nameOfOwner } from './store.ts'

export interface Owner {
  kind: Whose['kind']
  id: string
  name: string
}

export interface Meant {
  teamId?: string | undefined
  sellerId?: string | undefined
}

/** The owner that an input means; refuses what there is not. */
export async function ownerMeant(tx: Tx, { teamId, sellerId }: Meant): Promise<Owner> {
  if (teamId !== undefined && sellerId !== undefined) {
    throw new Refusal({
      code: 'calendar.two_owners',
      message: 'A calendar belongs to a team or to a seller, not to both.',
      next: 'Name one of them; without either it is the calendar of the organisation.',
      field: 'teamId',
      status: 422,
    })
  }
  const owner: Omit<Owner, 'name'> =
    sellerId !== undefined
      ? { kind: 'seller', id: sellerId }
      : teamId !== undefined
        ? { kind: 'team', id: teamId }
        : { kind: 'organisation', id: tx.orgId }
  const name = await nameOfOwner(tx, owner)
  if (name === undefined) throw notFound(owner.kind)
  return { ...owner, name }
}

export function asWhose({ kind, id }: Omit<Owner, 'name'>): Whose {
  return kind === 'organisation' ? { kind } : { kind, id }
}

/** Calendars of the organisation and its teams are everybody's to read, those of sellers within reach. */
export async function mayRead(ctx: Ctx, tx: Tx, owner: Omit<Owner, 'name'>): Promise<boolean> {
  return owner.kind !== 'seller' || reaches(ctx, tx, ctx.reach, owner)
}

/** Whether somebody with this reach in the operation may write in the calendar. */
export async function mayWrite(
  ctx: Ctx,
  tx: Tx,
  reach: Reach | 'none',
  owner: Omit<Owner, 'name'>,
): Promise<boolean> {
  if (reach === 'none' || reach === 'all') return reach === 'all'
  if (owner.kind === 'organisation') return false
  if (owner.kind === 'seller') return reaches(ctx, tx, reach, owner)
  return reach === 'team' && (await teamsLed(ctx, tx)).includes(owner.id)
}

async function reaches(
  ctx: Ctx,
  tx: Tx,
  reach: Reach,
  owner: Omit<Owner, 'name'>,
): Promise<boolean> {
  const day = await todayIn(ctx, tx)
  return withinReach({ ...ctx, reach }, tx, { sellerId: owner.id, day })
}

export function notYours(): Refusal {
  return new Refusal({
    code: 'calendar.not_yours',
    message: 'This calendar is not yours or of your team.',
    next: 'Ask who leads the team, or an administrator.',
    status: 403,
  })
}
