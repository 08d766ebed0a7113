// Reads the inputs of a golden case and writes results under the names of the golden files.

import type { Estimate } from '../src/methods/estimate.ts'
import type { GoldenCase } from './golden-compare.ts'

/** Answers a case; undefined where the program has no such method. */
export type Adapter = (
  inputs: Inputs,
  goldenCase: GoldenCase,
) => Record<string, unknown> | undefined

/** Typed reading of a case's inputs; a missing or misshapen input is an error of the file. */
export class Inputs {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  number(name: string): number {
    const value = this.#values[name]
    if (typeof value !== 'number') throw new TypeError(`Input ${name} is not a number`)
    return value
  }

  text(name: string): string {
    const value = this.#values[name]
    if (typeof value !== 'string') throw new TypeError(`Input ${name} is not a text`)
    return value
  }

  list(name: string): readonly unknown[] {
    const value = this.#values[name]
    if (!Array.isArray(value)) throw new TypeError(`Input ${name} is not a list`)
    return value
  }

  numbers(name: string): number[] {
    return this.list(name).map((value) => {
      if (typeof value !== 'number') throw new TypeError(`Input ${name} is not a list of numbers`)
      return value
    })
  }

  /** A list of names with their counts. */
  counted(name: string): { name: string; count: number }[] {
    return this.list(name).map((item) => {
      if (typeof item === 'object' && item !== null && 'name' in item && 'count' in item) {
        return { name: String(item.name), count: Number(item.count) }
      }
      throw new TypeError(`Input ${name} is not a list of names with counts`)
    })
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined
  }

  /** A list of objects, as they stand in the file. */
  records(name: string): Readonly<Record<string, unknown>>[] {
    return this.list(name).map((item) => {
      if (typeof item !== 'object' || item === null) {
        throw new TypeError(`Input ${name} is not a list of records`)
      }
      return item as Readonly<Record<string, unknown>>
    })
  }

  /** Lists of numbers by name; none where the input is absent. */
  columns(name: string): Record<string, number[]> {
    const value = this.#values[name] ?? {}
    if (typeof value !== 'object') throw new TypeError(`Input ${name} is not a set of columns`)
    const columns = new Inputs(value as Readonly<Record<string, unknown>>)
    return Object.fromEntries(Object.keys(value).map((one) => [one, columns.numbers(one)]))
  }

  /** Two lists of equal length, read side by side. */
  pairs(first: string, second: string): [number, number][] {
    const right = this.numbers(second)
    return this.numbers(first).map((value, i) => [value, right[i] ?? Number.NaN])
  }
}

/** Status and limits under the golden files' names. */
export function limits(
  estimate: Pick<Estimate, 'status'> & { readonly low?: number; readonly high?: number },
): Record<string, unknown> {
  return { status: estimate.status, lower: estimate.low, upper: estimate.high }
}

/** The functions of one golden file. */
export type Adapters = Readonly<Record<string, Adapter>>
