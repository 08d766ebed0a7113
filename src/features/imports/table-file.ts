// A file as a table, whatever it is written in: what it looks like, and its records one after the other.
import type { ReadPlan } from './calc/convert.ts'
import type { Mapping } from './calc/mapping.ts'
import type { Layout } from './calc/plan.ts'
import type { Note, Question } from './calc/questions.ts'
import type { RawRecord } from './calc/split.ts'

interface Progress {
  /** Of the file as it lies on disk. */
  bytes: number
  fileBytes: number
  line: number
}

export interface ReadOptions {
  /** Name to show instead of the file's own. */
  name?: string
  /** Most bytes after unpacking. */
  maxBytes?: number
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

/** What the first look at a file tells. */
export interface Look {
  sha256: string
  bytes: number
  layout: Layout
  questions: Question[]
  notes: Note[]
}

export type RecordLayout = Pick<ReadPlan, 'encoding' | 'delimiter' | 'skipLines' | 'sheet'>

export interface TableFile {
  file: string
  fileBytes: number
  gzip: boolean
  look(mapping: Mapping): Promise<Look>
  /** Records a piece at a time; refuses where the rest cannot be trusted. */
  records(layout: RecordLayout): AsyncGenerator<RawRecord[]>
  /** What was decided about cells while the records were read last. */
  notes(): Note[]
  close(): Promise<void>
}
