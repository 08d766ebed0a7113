// What the chain of changes, the entry into an organisation and the search cost, against the bare statements.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { contract, makeHandlers, may } from '../src/app.ts'
import { idMaker } from '../src/basics/ids.ts'
import { createOrganisation } from '../src/features/team/door.ts'
import { systemChance, systemClock } from '../src/platform/clock.ts'
import type { Principal } from '../src/platform/context.ts'
import { prepared } from '../src/platform/database/statement.ts'
import { type Actor, openDatabase, type Tx } from '../src/platform/database/with-org.ts'
import { callOperation, type Handler, type Program } from '../src/platform/operations.ts'
import type { World } from './kontor.ts'
import { type Line, median, medianOf, ratioLine } from './measure.ts'

const writers = 8
const commitsEach = 40
const rounds = 3
const searched = 200_000
const newId = idMaker(systemClock, systemChance)

/** In an organisation of its own, so that the figures of the other areas stay as they are. */
export async function commitsArea(world: World): Promise<Line[]> {
  const db = openDatabase(world.app, { newId, chance: systemChance })
  const { orgId, personId } = await createOrganisation(
    db,
    {
      slug: `bench-${newId()}`,
      kind: 'own',
      name: 'Bench',
      zone: 'UTC',
      baseCurrency: 'EUR',
      fiscalFirstMonth: 1,
      weekStart: 1,
      locale: 'en',
      setUp: true,
      personName: 'Bench',
    },
    { newId, seed: async () => {} },
  )
  const who: Principal = { orgId, personId, sellerId: null, roles: ['admin'] }
  const dataDir = join(world.folder, 'program')
  await mkdir(dataDir)
  const program: Program = {
    contract,
    handlers: makeHandlers() as Record<string, Handler>,
    may,
    db,
    jobs: { add: async () => {} },
    clock: systemClock,
    newId,
    dataDir,
  }
  return [
    await chained(program, who),
    await pointRead(world, program, who),
    await search(world, program, who),
  ]
}

async function insertOne(tx: Tx): Promise<void> {
  const id = newId()
  await tx.run(sql`INSERT INTO customer (org_id, id, name, name_key)
    VALUES (${tx.orgId}, ${id}, ${id}, ${id})`)
}

/** The same row written by eight at once, as a change with its link and as a bare transaction. */
async function chained({ db }: Program, who: Actor): Promise<Line> {
  const rate = async (commit: () => Promise<unknown>) => {
    const begun = performance.now()
    const one = async () => {
      for (let i = 0; i < commitsEach; i++) await commit()
    }
    await Promise.all(Array.from({ length: writers }, one))
    return (1000 * writers * commitsEach) / (performance.now() - begun)
  }
  const withLink = () => rate(() => db.write(who, 'bench.write', insertOne))
  const without = () => rate(() => db.housekeep(who, insertOne))
  await withLink()
  await without()
  const found: { linked: number; bare: number }[] = []
  for (let i = 0; i < rounds; i++) found.push({ linked: await withLink(), bare: await without() })
  const linked = median(found.map((one) => one.linked))
  const bare = median(found.map((one) => one.bare))
  const ratio = linked / bare
  return {
    area: 'commits',
    what: `chained commits of ${writers} writers, against unchained`,
    goal: '≥ 0.3×',
    figure: `${ratio.toFixed(2)}× (${linked.toFixed(0)} : ${bare.toFixed(0)} a second)`,
    verdict: ratio >= 0.3 ? 'kept' : 'missed',
    numbers: { ratio, linked, bare },
    reason:
      'The head of the chain stays locked until the link is on the disk, one flush after another, while bare commits share flushes. The link and COMMIT travel together; committing without waiting for the disk would show others what a power cut takes back.',
  }
}

const readOne = (orgId: string, id: string) =>
  prepared(sql<{ name: string }>`SELECT name FROM customer WHERE org_id = ${orgId} AND id = ${id}`)

async function pointRead(world: World, { db }: Program, who: Actor): Promise<Line> {
  const id = await someCustomer(world, who)
  // As owner: outside an organisation the application role sees no row, which costs nothing.
  const against = await medianOf(
    () =>
      world.owner.query({
        name: 'bench_point',
        text: 'SELECT name FROM customer WHERE org_id = $1 AND id = $2',
        values: [who.orgId, id],
      }),
    1000,
  )
  const ms = await medianOf(() => db.read(who, (tx) => tx.first(readOne(who.orgId, id))), 1000)
  return ratioLine('commits', 'a read within an organisation, against a bare prepared one', {
    ms,
    against,
    most: 1.4,
    reason:
      'All go in one round trip, COMMIT is not waited for, and the statement is prepared like the bare one (unprepared it was twice as much); but they are four statements for the server instead of one, each with its own answer, and entry is a plpgsql call with two SET LOCAL, as a cluster needs it.',
  })
}

async function someCustomer({ owner }: World, { orgId }: Actor): Promise<string> {
  const { rows } = await owner.query('SELECT id FROM customer WHERE org_id = $1 LIMIT 1', [orgId])
  return rows[0].id
}

/** Words with many, few and no finds, so that none of the ways through the index is left out. */
const words = ['werk', 'logistik 777', 'a', 'zzzzq', 'K-1999']

async function search(world: World, program: Program, who: Principal): Promise<Line> {
  await world.owner.query(
    `INSERT INTO customer (org_id, id, name, name_key, external_id)
     SELECT $1, gen_random_uuid(), n, lower(n), 'K-' || i FROM generate_series(1, $2::int) i, LATERAL (
       SELECT initcap(translate(substr(md5((i % 4000)::text), 1, 7), '0123456789', 'ouiaeonstr')) || ' '
         || (ARRAY['Werkzeug','Logistik','Maschinen','Handel','Technik'])[1 + i % 5] || ' ' || i AS n) x`,
    [who.orgId, searched],
  )
  await world.owner.query('VACUUM ANALYZE customer')
  const id = await someCustomer(world, who)
  const against = await medianOf(
    () => program.db.read(who, (tx) => tx.first(readOne(who.orgId, id))),
    500,
  )
  const found: number[] = []
  for (const text of words) {
    const input = { text, kinds: ['customer'] }
    found.push(await medianOf(() => callOperation(program, who, 'search.find', input), 20))
  }
  return ratioLine(
    'commits',
    `search among ${searched} customers (worst of ${words.length} words), against a point read`,
    {
      ms: Math.max(...found),
      against,
      most: 10,
      reason:
        'Two words of which one stands in a fifth of all names: the index of trigrams goes along two lists of 40,000 to find 22 names that have both. Every search also asks for other names and numbers, and the point read it is held against takes a tenth of a millisecond now. Next would be an index of the beginnings of words, which every import would pay for.',
    },
  )
}
