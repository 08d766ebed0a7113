// `kontor import` and `kontor undo`: files in, with questions instead of guesses, and out again.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { z } from 'zod'
import { Refusal } from '../basics/refusal.ts'
import type { batchDetail, ImportKind, ImportPreset } from '../features/imports/contract.ts'
import { type Connection, connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit, note, table } from './output.ts'

type Batch = z.output<typeof batchDetail>

export interface ImportOptions extends Common {
  as?: ImportKind
  map?: string
  preset?: ImportPreset
  dryRun?: boolean
  fields?: string | true
}

const rejectsShown = 200
const pollMs = 150

/** Imports the files one after the other; stops at the first question. Returns the exit code. */
export async function importFiles(
  files: readonly string[],
  options: ImportOptions,
): Promise<number> {
  const connection = await connect(options)
  try {
    if (options.fields !== undefined) return await showFields(connection, options)
    if (files.length === 0) {
      note('Name at least one file: kontor import FILE --as deals')
      return exit.asked
    }
    const results: unknown[] = []
    let code: number = exit.done
    for (const file of files) {
      const outcome = await importFile(connection, file, options)
      results.push(outcome.result)
      code = Math.max(code, outcome.code)
      if (outcome.code === exit.asked || outcome.code === exit.failed) break
    }
    answer(
      options.json ? (results.length === 1 ? results[0] : results) : results.map(asText).join('\n'),
    )
    return code
  } finally {
    await connection.close()
  }
}

async function importFile(connection: Connection, file: string, options: ImportOptions) {
  const mapping = options.map === undefined ? undefined : await readText(options.map)
  await readable(file)
  note(`Reading ${file} …`)
  let batch = await connection.call(
    'imports.upload',
    {
      fileName: basename(file),
      ...(options.as ? { kind: options.as } : {}),
      ...(options.preset ? { preset: options.preset } : {}),
      ...(mapping === undefined ? {} : { mapping }),
    },
    { file },
  )
  if (batch.state === 'asking') {
    await connection.call('imports.cancel', { id: batch.id })
    for (const question of batch.questions) {
      note(question.text[options.lang])
      for (const { line, value } of question.examples) note(`  line ${line}: ${value}`)
      note(`  ${question.optionForCommandLine}`)
    }
    return {
      result: { batch: batch.id, file: batch.fileName, questions: batch.questions },
      code: exit.asked,
    }
  }
  for (const { text } of batch.notes) note(text[options.lang])
  if (options.dryRun) {
    const rejects = await rejectsOf(connection, batch, options)
    await connection.call('imports.cancel', { id: batch.id })
    return {
      result: resultOf(batch, rejects),
      code: rejects.length > 0 ? exit.someRejected : exit.done,
    }
  }
  await connection.call('imports.apply', { id: batch.id })
  batch = await finished(connection, batch.id)
  if (batch.state !== 'applied') {
    note(batch.error?.message ?? `The import ended as ${batch.state}; nothing of it was stored.`)
    return {
      result: { batch: batch.id, file: batch.fileName, state: batch.state, error: batch.error },
      code: exit.failed,
    }
  }
  const rejects = await rejectsOf(connection, batch, options)
  return {
    result: resultOf(batch, rejects),
    code: (batch.counts.rejected ?? 0) > 0 ? exit.someRejected : exit.done,
  }
}

async function finished(connection: Connection, id: string): Promise<Batch> {
  for (let shown = ''; ; ) {
    const batch = await connection.call('imports.get', { id })
    if (batch.state !== 'applying' && batch.state !== 'ready') return batch
    const line = batch.progress
      ? `${batch.progress.step} ${batch.progress.done}/${batch.progress.total}`
      : ''
    if (line !== shown) note(line)
    shown = line
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

async function rejectsOf(connection: Connection, batch: Batch, { lang }: ImportOptions) {
  const { rows } = await connection.call('imports.rejects', { id: batch.id, limit: rejectsShown })
  return rows.map(({ line, column, value, code, message }) => ({
    line,
    column,
    value,
    code,
    message: message[lang],
  }))
}

function resultOf(batch: Batch, rejects: unknown[]) {
  return {
    batch: batch.id,
    file: batch.fileName,
    fileHash: batch.fileHash,
    revision: batch.revision,
    kind: batch.kind,
    read: batch.counts.read ?? 0,
    added: batch.counts.added ?? 0,
    updated: batch.counts.updated ?? 0,
    unchanged: batch.counts.unchanged ?? 0,
    rejected: batch.counts.rejected ?? 0,
    rejects,
    created: batch.created,
    suggestions: batch.suggestions.map(({ kind, value, like, rows }) => ({
      kind,
      value,
      like,
      rows,
    })),
  }
}

function asText(result: unknown): string {
  const one = result as Partial<ReturnType<typeof resultOf>> & { questions?: unknown[] }
  if (one.read === undefined) {
    return `${one.file}: nothing was stored${one.questions ? '; the questions above need an answer' : ''}.`
  }
  const lines = [
    `${one.file} (${one.kind}): read ${one.read} = added ${one.added} + updated ${one.updated} + unchanged ${one.unchanged} + rejected ${one.rejected}`,
  ]
  for (const [entity, count] of Object.entries(one.created ?? {})) {
    if (count > 0) lines.push(`  made because rows mention them: ${count} ${entity}`)
  }
  for (const { kind, value, like, rows } of one.suggestions ?? []) {
    lines.push(`  ${kind} “${value}” (${rows} rows) looks like “${like}”`)
  }
  lines.push(`  batch ${one.batch}`)
  return lines.join('\n')
}

async function showFields(connection: Connection, options: ImportOptions): Promise<number> {
  const kind = typeof options.fields === 'string' ? options.fields : options.as
  const { rows } = await connection.call('imports.kinds', kind ? { kind: kind as ImportKind } : {})
  if (options.json) answer(rows)
  else {
    for (const one of rows) {
      answer(
        `${one.kind}\n${table(
          ['field', 'type', 'needed', 'example', 'what it is'],
          one.fields.map((field) => [
            field.name,
            field.type,
            field.needed ? 'yes' : '',
            field.example,
            field.sentence[options.lang],
          ]),
        )}\n`,
      )
    }
  }
  return exit.done
}

async function readText(path: string): Promise<string> {
  await readable(path)
  return readFile(path, 'utf8')
}

async function readable(path: string): Promise<void> {
  const { access, constants } = await import('node:fs/promises')
  await access(path, constants.R_OK).catch(() => {
    throw new Refusal({
      code: 'file.not_found',
      message: `There is no readable file ${path}.`,
      next: 'Check the path.',
    })
  })
}

export async function undoBatch(
  id: string,
  options: Common & { refuse?: boolean },
): Promise<number> {
  const connection = await connect(options)
  try {
    const whenChangedSince = options.refuse ? 'refuse' : 'keep'
    const isBatch = await connection.call('imports.get', { id }).then(
      () => true,
      () => false,
    )
    const outcome = await connection.call(isBatch ? 'imports.undo' : 'changes.undo', {
      id,
      whenChangedSince,
    })
    if (options.json) answer(outcome)
    else
      answer(
        `Taken back: ${outcome.restored} rows; ${outcome.kept.length} stay because they changed since.`,
      )
    return exit.done
  } finally {
    await connection.close()
  }
}
