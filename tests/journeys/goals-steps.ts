// Goals of the demo organisation, as its people would set them: for pages, pictures and journeys.
export interface Kontor {
  address: string
  key: string
}

export async function send<Answer>(kontor: Kontor, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${kontor.address}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'kontor-key': kontor.key,
      'kontor-org': 'demo',
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as Answer
}

interface Rows {
  rows: { id: string; name: string; kind?: string }[]
}

/** Sets goals of sellers, a team and by hand; answers their ids. */
export async function setDemoGoals(kontor: Kontor): Promise<Record<string, string>> {
  const sellers = (await send<Rows>(kontor, '/sellers?limit=12')).rows
  const team = (await send<Rows>(kontor, '/teams')).rows.find(({ kind }) => kind === 'team')
  const year = { from: '2026-01-01', until: '2027-01-01' }
  const add = (input: object) => send<{ id: string }>(kontor, '/goals', input)
  const help = (input: object) =>
    send<{ proposals: { target: number }[] }>(
      kontor,
      `/goal-help?${new URLSearchParams(Object.entries(input))}`,
    )
  const made: Record<string, string> = {}
  for (const [i, seller] of sellers.entries()) {
    const measure = { kind: 'metric', metric: 'revenue', sellerId: seller.id, ...year }
    const { proposals } = await help(measure)
    const target = (proposals[i % 3] ?? proposals[0])?.target ?? 50_000_000
    const { id } = await add({
      ...measure,
      name: `Year of ${seller.name}`,
      target,
      why: 'A year that carries the next one.',
      reward: 'A week of sailing',
      milestones: [
        { on: '2026-03-31', value: Math.round(target / 4) },
        { on: '2026-06-30', value: Math.round(target / 2) },
        { on: '2026-09-30', value: Math.round((target * 3) / 4) },
      ],
    })
    made[`seller${i}`] = id
  }
  const ofTeam = { kind: 'metric', metric: 'deals-won', teamId: team?.id, ...year }
  made.team = (await add({ ...ofTeam, name: 'Team: deals won', target: 200 })).id
  const rate = { kind: 'metric', metric: 'win-rate', sellerId: sellers[2]?.id, ...year }
  made.rate = (await add({ ...rate, name: 'Win more of them', target: 0.5 })).id
  const discount = { kind: 'metric', metric: 'discount', name: 'Less discount', target: 0.07 }
  made.discount = (await add({ ...discount, ...year })).id
  made.talks = (
    await add({
      kind: 'activity',
      activities: ['meeting', 'visit'],
      name: 'Talks in the quarter',
      sellerId: sellers[0]?.id,
      from: '2026-10-01',
      until: '2027-01-01',
      target: 40,
      repeats: 'quarter',
    })
  ).id
  made.steps = (
    await add({
      kind: 'steps',
      name: 'Finish the closing book',
      private: true,
      ...year,
      steps: [
        { name: 'Read it' },
        { name: 'Use it in a talk' },
        { name: 'Use it in a second talk' },
      ],
    })
  ).id
  made.missed = (
    await add({
      kind: 'metric',
      metric: 'revenue',
      name: 'First quarter',
      sellerId: sellers[1]?.id,
      from: '2026-01-01',
      until: '2026-04-01',
      target: 10_000_000_000,
    })
  ).id
  made.reached = (
    await add({
      kind: 'metric',
      metric: 'deals-won',
      name: 'Ten deals',
      sellerId: sellers[1]?.id,
      ...year,
      target: 10,
      reward: 'A new fishing rod',
    })
  ).id
  return made
}
