// Why a whole file cannot be read, said with file, line and column.
import { Refusal } from '../../basics/refusal.ts'
import type { FileFault, Params } from './calc/messages.ts'
import { sentence } from './calc/messages.ts'

export interface Place {
  line: number
  column: number | string
}

const tooLarge: readonly FileFault[] = [
  'too_large',
  'too_large_packed',
  'too_many_rows',
  'too_many_texts',
]

export function fileRefusal(
  file: string,
  fault: FileFault,
  place: Place,
  more: Params = {},
): Refusal {
  const text = sentence(fault, { file, ...place, ...more })
  const large = tooLarge.includes(fault)
  return new Refusal({
    code: large ? 'import.too_large' : 'import.unreadable',
    message: text.en,
    next: 'Correct the file, or save it again as CSV, and import it once more.',
    status: large ? 413 : 422,
    particulars: { reason: fault, file, ...place, text },
  })
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' ? code : ''
}

/** What a failed unpacking or reading means for the file; anything else is thrown on as it is. */
export function refuseBroken(error: unknown, file: string, place: Place): never {
  const code = codeOf(error)
  if (error instanceof Refusal || !(error instanceof Error)) throw error
  if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE') {
    throw fileRefusal(file, 'damaged_archive', place, { why: error.message })
  }
  if (typeof (error as NodeJS.ErrnoException).syscall === 'string') {
    throw fileRefusal(file, 'not_readable', place, { why: code || error.message })
  }
  throw error
}
