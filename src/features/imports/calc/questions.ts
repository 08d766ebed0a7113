// Questions that are asked instead of guessing, and notes about what was decided.
import type { Sentence } from './kinds.ts'
import type { Mapping } from './mapping.ts'
import type { AnswerCode, NoteCode, Params, QuestionCode } from './messages.ts'
import { sentence } from './messages.ts'

export interface Example {
  line: number
  value: string
}

interface Answer {
  /** Part of a mapping that answers the question. */
  value: Mapping
  label: Sentence
  example?: string
}

export interface Question {
  code: QuestionCode
  column?: string
  params: Params
  text: Sentence
  examples: Example[]
  /** Of dates: how the cells are written, and how often. */
  forms?: { form: string; rows: number; patterns: string[]; examples: Example[] }[]
  options: Answer[]
  /** What to write into a mapping file. */
  optionForCommandLine: string
}

export interface Note {
  code: NoteCode
  params: Params
  text: Sentence
}

export function note(code: NoteCode, params: Params): Note {
  return { code, params, text: sentence(code, params) }
}

/** One value for all rows, named in both languages. */
export function answerForAll(value: Mapping, meaning: Sentence): Answer {
  const { en } = sentence('all_are', { meaning: meaning.en })
  return { value, label: { en, de: sentence('all_are', { meaning: meaning.de }).de } }
}

export function answer(value: Mapping, code: AnswerCode, params: Params, example?: string): Answer {
  const label = sentence(code, params)
  return example === undefined ? { value, label } : { value, label, example }
}

interface Asking {
  column?: string
  params: Params
  examples?: Example[]
  forms?: NonNullable<Question['forms']>
  options: Answer[]
  /** Instead of the first option, where there is none. */
  commandLine?: string
}

export function ask(code: QuestionCode, asking: Asking): Question {
  const [first] = asking.options
  return {
    code,
    ...(asking.column === undefined ? {} : { column: asking.column }),
    params: asking.params,
    text: sentence(code, asking.params),
    examples: asking.examples ?? [],
    ...(asking.forms ? { forms: asking.forms } : {}),
    options: asking.options,
    optionForCommandLine: asking.commandLine ?? `--map with ${JSON.stringify(first?.value ?? {})}`,
  }
}
