// The history of one record, and the way back to how it was: an edit like any other, through the same operations.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { changedSince } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { type FactState, stateAt, type Versions } from './calc/fact-history.ts'
import { asContent, type Content, changesBetween } from './calc/history.ts'
import {
  chosenOf,
  type Difference,
  differencesOf,
  type Entity,
  inputsOf,
  type Stays,
  type Way,
  ways,
} from './calc/restore.ts'
import type { teamContract } from './contract.ts'
import { todayIn } from './door.ts'
import type { Injected } from './operations-organisation.ts'
import {
  columnsThen,
  factHistory,
  factVersions,
  ownFieldsGone,
  recordHistory,
  recordNow,
  referred,
  revisionOf,
} from './store-history.ts'
import { withinReach } from './store-reach.ts'

type Team = typeof teamContract
type Contract = Pick<Team, 'history.list' | 'history.restore'>
type Asked = InputOf<Team['history.restore']>
type Restored = OutputOf<Team['history.restore']>
type Fact = 'deal' | 'order' | 'case'

const isFact = (entity: string): entity is Fact => ['deal', 'order', 'case'].includes(entity)
const newest = Number.POSITIVE_INFINITY

export function makeHistoryOperations({
  perform,
  reachesGoal,
}: Pick<Injected, 'perform' | 'reachesGoal'>): Implements<Contract, Ctx> {
  return {
    'history.list': (ctx, { entity, id, ...query }) =>
      ctx.read(async (tx) => {
        if (isFact(entity)) return factHistory(tx, await reachedFact(ctx, tx, entity, id), query)
        if (entity === 'activity') await reachedRecord(ctx, tx, entity, id)
        if (entity === 'goal' && !(await reachesGoal(ctx, tx, id))) throw unknown()
        // Other records are visible to the whole organisation, and so is what became of them.
        const page = await recordHistory(tx, entity, id, query)
        if (page.rows.length === 0 && query.cursor === undefined) throw unknown()
        return page
      }),
    'history.restore': (ctx, input) =>
      input.preview
        ? ctx.read(async (tx) => {
            await refuseUnseen(ctx, tx, input)
            const { now, differences } = await compare(ctx, tx, input)
            return { version: now.version, currency: currencyOf(now), fields: differences }
          })
        : ctx.write((tx) => restore(ctx, tx, input)),
  }

  async function refuseUnseen(ctx: Ctx, tx: Tx, { entity, id }: Asked): Promise<void> {
    if (entity === 'goal' && !(await reachesGoal(ctx, tx, id))) throw unknown()
  }

  async function restore(ctx: Ctx, tx: WriteTx, input: Asked): Promise<Restored> {
    const { entity, id, changeId, version } = input
    await refuseUnseen(ctx, tx, input)
    const { now, was, differences } = await compare(ctx, tx, input)
    if (version !== undefined && version !== now.version)
      throw changedSince({ version: now.version, fields: { ...now.content } }, { ...was })
    const chosen = chosenOf(differences, input.fields)
    refuseWhatStays(differences, input.fields)
    if (chosen.length === 0) throw nothingChanges()
    const way: Way = ways[entity]
    const { edit, sellers, state } = inputsOf(way, { now: now.content, was }, chosen)
    let subject: Record<string, unknown> = {}
    const told = { ...tx, describe: (said: Record<string, unknown>) => (subject = said) }
    let reached = now.version
    const run = async (name: string, given: object) => {
      const answer = await perform(ctx, told, name, { id, version: reached, ...given })
      reached = (answer as { version: number }).version
    }
    if (Object.keys(edit).length > 0) await run(way.edit, edit)
    if (sellers) await run('deals.set-sellers', sellers)
    if (state !== undefined && way.setState) await run(way.setState, { state })
    tx.describe({ ...subject, restored: changeId, fields: chosen.map(({ name }) => name) })
    return { version: reached, currency: currencyOf(now), fields: chosen, changeId: tx.changeId }
  }
}

const currencyOf = ({ content: { currency } }: FactState) =>
  typeof currency === 'string' ? currency : null

/** The record as it is, the columns of it that were different once, and what that means field by field. */
async function compare(
  ctx: Ctx,
  tx: Tx,
  { entity, id, changeId }: Asked,
): Promise<{ now: FactState; was: Content; differences: Difference[] }> {
  const { now, was } = isFact(entity)
    ? await factThen(ctx, tx, entity, id, changeId)
    : await recordThen(ctx, tx, entity, id, changeId)
  const changes = changesBetween(now.content, was)
  const { names, there } = await referred(tx, [changes])
  const keys = (changes.traits ?? []).flatMap((traits) => Object.keys(asContent(traits)))
  const keysGone = keys.length > 0 ? await ownFieldsGone(tx, entity, keys) : new Set<string>()
  return {
    now,
    was,
    differences: differencesOf(ways[entity], changes, { names, there, keysGone }),
  }
}

async function factThen(ctx: Ctx, tx: Tx, entity: Fact, id: string, changeId: string) {
  const versions = await reachedFact(ctx, tx, entity, id)
  const now = stateAt(versions, newest)
  if (!now) throw unknown()
  const revision = await revisionOf(tx, changeId)
  const touched = [...versions.main, ...(versions.parts?.versions ?? [])]
  if (!touched.some(({ since, until }) => since === revision || until === revision))
    throw noSuchChange()
  const was = revision === undefined ? undefined : stateAt(versions, revision)
  if (!was) throw noSuchChange()
  return { now, was: was.content }
}

async function recordThen(
  ctx: Ctx,
  tx: Tx,
  entity: Exclude<Entity, Fact>,
  id: string,
  changeId: string,
) {
  const now = await reachedRecord(ctx, tx, entity, id)
  const columns = await columnsThen(tx, entity, id, changeId)
  // How it was when it was removed is no state to go back to.
  if (!columns || columns.state === 'removed') throw noSuchChange()
  return { now, was: { ...now.content, ...columns } }
}

/** Versions of a fact within reach, on the day on which it counts. */
async function reachedFact(ctx: Ctx, tx: Tx, entity: Fact, id: string): Promise<Versions> {
  const versions = await factVersions(tx, entity, id)
  const last = versions?.main.at(-1)?.content
  if (!versions || !last) throw unknown()
  const day = last[entity === 'deal' ? 'closed_on' : 'on_day']
  await refuseOthers(ctx, tx, last.seller_id, day ?? (entity === 'order' ? '0001-01-01' : null))
  return versions
}

async function reachedRecord(
  ctx: Ctx,
  tx: Tx,
  entity: Exclude<Entity, Fact>,
  id: string,
): Promise<FactState> {
  const now = await recordNow(tx, entity, id)
  if (!now) throw unknown()
  if (entity === 'activity')
    await refuseOthers(ctx, tx, now.content.seller_id, now.content.done_on ?? null)
  return now
}

/** What lies out of reach is not there; what has no day counts today. */
async function refuseOthers(ctx: Ctx, tx: Tx, seller: unknown, day: unknown): Promise<void> {
  const sellerId = typeof seller === 'string' ? seller : null
  const counted = typeof day === 'string' ? day : await todayIn(ctx, tx)
  if (!(await withinReach(ctx, tx, { sellerId, day: counted }))) throw unknown()
}

const whyStays: Record<Stays, { message: string; next: string }> = {
  refers_to_removed: {
    message: 'What stood there then has been removed.',
    next: 'Restore the other fields, or choose another value by hand.',
  },
  field_gone: {
    message: 'This field does not exist any more.',
    next: 'Bring the field back in the settings, or restore the other fields.',
  },
  not_editable: {
    message: 'This field cannot be set by hand.',
    next: 'Restore the other fields, or undo the change in the list of changes.',
  },
}

/** A field that was asked for by name must come back; one of many may stay. */
function refuseWhatStays(differences: readonly Difference[], wanted: readonly string[] = []): void {
  for (const name of wanted) {
    const found = differences.find((one) => one.name === name)
    if (!found) {
      throw new Refusal({
        code: 'restore.unknown_field',
        message: `“${name}” is no field that was different then.`,
        field: 'fields',
        next: 'Look at the preview and choose among its fields.',
        status: 422,
      })
    }
    if (found.stays)
      throw new Refusal({ code: `restore.${found.stays}`, field: name, ...whyStays[found.stays] })
  }
}

function nothingChanges(): Refusal {
  return new Refusal({
    code: 'restore.nothing_changes',
    message: 'Everything that can be restored is as it was then already.',
    next: 'Choose another entry of the history.',
  })
}

function noSuchChange(): Refusal {
  return new Refusal({
    code: 'change.not_found',
    message: 'This change is no part of the history, or it left nothing to restore.',
    next: 'Choose another entry of the history.',
    status: 404,
  })
}

function unknown(): Refusal {
  return new Refusal({
    code: 'record.not_found',
    message: 'There is nothing under this id.',
    next: 'It may have been removed; go back to the list.',
    status: 404,
  })
}
