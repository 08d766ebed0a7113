// What became of a fact and its parts (a deal with its sellers, an order with its lines), revision by revision.
import { type Content, changesBetween, type FieldChanges } from './history.ts'

/** One version of a fact or of a part of it. */
export interface Version {
  id: string
  version: number
  /** Revision that put it in. */
  since: number
  /** Revision that closed it; null while it holds. */
  until: number | null
  content: Content
}

export interface Versions {
  main: readonly Version[]
  /** The name under which parts are told, and their versions. */
  parts?: { name: 'sellers' | 'lines'; versions: readonly Version[] }
}

export interface FactState {
  version: number
  content: Content
}

export interface FactEvent {
  revision: number
  version: number
  fields: FieldChanges
}

/** The fact as a revision left it, its parts among its columns; undefined while there is none. */
export function stateAt({ main, parts }: Versions, revision: number): FactState | undefined {
  const holds = (one: Version) =>
    one.since <= revision && (one.until === null || one.until > revision)
  const found = main.find(holds)
  if (!found) return undefined
  const held = parts?.versions.filter(holds).map(({ id, content }) => ({ id, ...content }))
  return {
    version: found.version,
    content: { ...found.content, ...(parts && held ? { [parts.name]: held } : {}) },
  }
}

/** All that happened, newest first; a removal is the state going to `removed`. */
export function eventsOf(versions: Versions): FactEvent[] {
  const all = [...versions.main, ...(versions.parts?.versions ?? [])]
  const revisions = new Set(all.flatMap(({ since, until }) => [since, until ?? since]))
  const events: FactEvent[] = []
  let last: FactState | undefined
  for (const revision of [...revisions].sort((a, b) => a - b)) {
    const now = stateAt(versions, revision)
    const fields = told(last, now, events.length > 0)
    const version = now?.version ?? last?.version
    if (version !== undefined && Object.keys(fields).length > 0)
      events.push({ revision, version, fields })
    last = now
  }
  return events.reverse()
}

function told(
  before: FactState | undefined,
  after: FactState | undefined,
  wasThere: boolean,
): FieldChanges {
  if (before && !after) return { state: [before.content.state ?? 'active', 'removed'] }
  if (!before && after && wasThere) return { state: ['removed', after.content.state ?? 'active'] }
  return changesBetween(before?.content, after?.content)
}
