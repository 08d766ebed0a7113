// Stores the rows of a waiting import: all or nothing, one change, in the background.
import { assert, Refusal } from '../../basics/refusal.ts'
import { foldRollups, refreshStatistics } from '../../platform/database/fold.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import type { Actor, Tx, WriteTx } from '../../platform/database/with-org.ts'
import { adoptCurrency, settingsOf, today } from '../team/door.ts'
import { joinAccepted, rememberAccepted } from './accept.ts'
import { discard } from './incoming.ts'
import { kindWork } from './kinds/all.ts'
import { stageAgain } from './prepare.ts'
import { type Deps, rowsChangingPlans } from './stage.ts'
import { type Batch, type BatchChanges, batchById, lockApplication, updateBatch } from './store.ts'
import {
  deleteStaged,
  expectManyRows,
  onlyCurrency,
  resolveNames,
  revisionOf,
  stagedCount,
} from './store-stage.ts'

/** Nothing in the file differs from what is there: then there is no change and no revision. */
class NothingNew extends Error {
  readonly counts: RecordCounts
  constructor(counts: RecordCounts) {
    super('nothing new')
    this.counts = counts
  }
}

class Cancelled extends Error {}
/** Somebody else has stored or cancelled it meanwhile. */
class Settled extends Error {}

const steps = ['names', 'rows', 'follow', 'commit'] as const
type Step = (typeof steps)[number]

/**
 * The task `imports.apply`. Safe to run again at any time: everything it stores and the state
 * "applied" are one transaction, so a batch found "applying" was not stored. Refusals and cancelling
 * end in a state of the batch, other faults as well and are thrown on.
 */
export async function applyBatch(
  deps: Deps,
  payload: Readonly<Record<string, string>>,
): Promise<void> {
  const { orgId, personId, batchId } = payload
  assert(orgId && personId && batchId, 'the job names organisation, person and batch')
  const actor = { orgId, personId }
  const batch = await deps.db.read(actor, (tx) => batchById(tx, batchId))
  if (batch?.state !== 'applying') return
  try {
    const staged = await deps.db.read(actor, (tx) => stagedCount(tx, batchId))
    const { read = 0, rejected = 0 } = batch.counts
    if (staged !== read - rejected) await stageAgain(deps, actor, batch)
    await chooseCurrency(deps, actor, batch)
    const stored = await store(deps, actor, batch)
    if (stored && isMany(batch)) await foldRollups(deps.db, actor)
  } catch (error) {
    if (error instanceof Settled) return
    await settle(deps, actor, batch, error)
    if (!(error instanceof Refusal) && !(error instanceof Cancelled)) throw error
    return
  }
  if (batch.filePath !== null) await discard(deps.dataDir, batch.filePath)
}

/** A change of its own, so that taking the import back leaves the currency of what came after alone. */
async function chooseCurrency(deps: Deps, actor: Actor, batch: Batch): Promise<void> {
  const found = await deps.db.read(actor, async (tx) => {
    const { setUp, baseCurrency } = await settingsOf(tx)
    const currency = setUp ? undefined : await onlyCurrency(tx, batch.id)
    return currency === baseCurrency ? undefined : currency
  })
  if (found === undefined) return
  await deps.db.write(actor, 'organisations.adopt-currency', async (tx) => {
    tx.describe({ currency: found })
    await adoptCurrency(tx, found)
  })
}

/** Whether comparing the rows has shown already that they say nothing new, and nothing has changed since. */
async function isKnown(tx: Tx, { kind, counts, preview }: Batch): Promise<boolean> {
  const { accepted, created, revision } = preview
  return (
    kindWork[kind].nothingElse === true &&
    counts.added === 0 &&
    counts.updated === 0 &&
    accepted.length === 0 &&
    Object.keys(created).length === 0 &&
    revision === (await revisionOf(tx))
  )
}

const isMany = ({ counts }: Batch) => (counts.read ?? 0) > rowsChangingPlans

/** False when there was nothing new. */
async function store(deps: Deps, actor: Actor, batch: Batch): Promise<boolean> {
  const finishedAt = new Date(deps.clock()).toISOString()
  try {
    await deps.db.write(
      actor,
      'imports.apply',
      async (tx) => {
        await lockApplication(tx, batch.id)
        if ((await batchById(tx, batch.id))?.state !== 'applying') throw new Settled('settled')
        if (isMany(batch)) await expectManyRows(tx)
        if (await isKnown(tx, batch))
          throw new NothingNew({ added: 0, updated: 0, unchanged: batch.counts.unchanged ?? 0 })
        const counts = await writeRows(deps, actor, tx, batch)
        // Before anybody sees the rows: the first who looked would wait for plans made for none.
        if (isMany(batch)) await refreshStatistics(tx)
        tx.describe({ file: batch.fileName, kind: batch.kind, ...counts })
        await deleteStaged(tx, batch.id)
        await updateBatch(tx, batch.id, {
          state: 'applied',
          changeId: tx.changeId,
          counts: { ...batch.counts, ...counts },
          filePath: null,
          progress: null,
          finishedAt,
        })
      },
      { long: true },
    )
    return true
  } catch (error) {
    if (!(error instanceof NothingNew)) throw error
    await deps.db.housekeep(
      actor,
      async (tx) => {
        await deleteStaged(tx, batch.id)
        const counts = { ...batch.counts, ...error.counts }
        await updateBatch(tx, batch.id, {
          state: 'applied',
          counts,
          filePath: null,
          progress: null,
          finishedAt,
        })
      },
      { long: true },
    )
    return false
  }
}

async function writeRows(
  deps: Deps,
  actor: Actor,
  tx: WriteTx,
  batch: Batch,
): Promise<RecordCounts> {
  const { id, kind } = batch
  const { accepted } = batch.preview
  const present = new Set(batch.preview.present)
  await report(deps, actor, id, 'names')
  let written = await joinAccepted(tx, kind, accepted)
  await resolveNames(tx, id, kindWork[kind].known)
  await report(deps, actor, id, 'rows')
  const { zone } = await settingsOf(tx)
  const stored = await kindWork[kind].store(tx, {
    batchId: id,
    present,
    today: today(deps.clock, zone),
    follow: () => report(deps, actor, id, 'follow'),
  })
  const { counts } = stored
  written += stored.written
  written += await rememberAccepted(tx, accepted)
  await report(deps, actor, id, 'commit')
  if (counts.added + counts.updated + written === 0) throw new NothingNew(counts)
  return counts
}

/** Says in a transaction of its own how far it is, and hears whether it was cancelled. */
async function report({ db }: Deps, actor: Actor, batchId: string, step: Step): Promise<void> {
  const cancelled = await db.housekeep(actor, async (tx) => {
    await updateBatch(tx, batchId, {
      progress: { step, done: steps.indexOf(step), total: steps.length },
    })
    return (await batchById(tx, batchId))?.cancelRequested ?? true
  })
  if (cancelled) throw new Cancelled('cancelled')
}

async function settle(deps: Deps, actor: Actor, batch: Batch, error: unknown): Promise<void> {
  // Out of reach, the database keeps the state "applying", and the job is tried again.
  if (error instanceof Refusal && error.code === 'database.unreachable') throw error
  const finishedAt = new Date(deps.clock()).toISOString()
  const said =
    error instanceof Refusal
      ? {
          code: error.code,
          message: error.message,
          ...(error.detail.next ? { next: error.detail.next } : {}),
        }
      : {
          code: 'import.failed',
          message: 'The import stopped on a fault of the program; nothing was stored.',
          next: 'Try it once more.',
        }
  const changes: BatchChanges =
    error instanceof Cancelled
      ? { state: 'cancelled', progress: null, cancelRequested: false, finishedAt }
      : { state: 'failed', progress: null, finishedAt, error: said }
  await deps.db.housekeep(actor, async (tx) => {
    if ((await batchById(tx, batch.id, { lock: true }))?.state === 'applying')
      await updateBatch(tx, batch.id, changes)
  })
}
