// Rows set aside in words: their columns, their reasons, the cell at fault.
import { useMemo } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import type { Translate } from '../../../web/translator.ts'
import { quarantineTexts } from '../texts-quarantine.ts'
import type { BatchDetail } from './batch-words.ts'

export type SetAside = Answer<'imports.rejects'>['rows'][number]
export type Reasons = Answer<'imports.reasons'>
export type Reason = Reasons['reasons'][number]
export type QuarantineTexts = Translate<typeof quarantineTexts>

export function useQuarantineTexts(): QuarantineTexts {
  const t = useTexts(quarantineTexts)
  return useMemo(() => t, [t])
}

const codes = Object.keys(quarantineTexts.en).flatMap((key) =>
  key.startsWith('reason_') ? [key as `reason_${string}` & keyof typeof quarantineTexts.en] : [],
)

/** “no date · closed on”. */
export function reasonWords(t: QuarantineTexts, { code, column }: Pick<Reason, 'code' | 'column'>) {
  const wanted = `reason_${code.replaceAll('.', '_')}`
  const reason = t(codes.find((key) => key === wanted) ?? 'reason_unnamed')
  return column === null ? reason : t('reason_in', { reason, column })
}

/** Names of the file's columns, and of cells beyond them as far as rows have any. */
export function columnNames(
  t: QuarantineTexts,
  batch: BatchDetail,
  rows: readonly SetAside[],
): string[] {
  const named = batch.columns.map(
    ({ column }, at) => column || t('column_number', { number: at + 1 }),
  )
  const width = Math.max(named.length, ...rows.map(({ cells }) => Math.min(cells.length, 100)))
  return Array.from({ length: width }, (_, at) => named[at] ?? t('beyond', { number: at + 1 }))
}

/** Index of the cell at fault; of columns with the same name the one that holds the value. */
export function faultAt(batch: BatchDetail, row: SetAside): number {
  if (row.column === null) return -1
  const holds = batch.columns.findIndex(
    ({ column }, at) => column === row.column && row.cells[at]?.trim() === row.value,
  )
  if (holds >= 0) return holds
  const byName = batch.columns.findIndex(({ column }) => column === row.column)
  // Columns without a header, and cells beyond them, are told by their number.
  return byName >= 0 ? byName : /^\d+$/.test(row.column) ? Number(row.column) - 1 : -1
}
