// What the address filters a list by: the names a list knows, with the values they may take.
import { useSearch, useSetSearch } from './address.tsx'

/** Name in the address → values it may take; `true` stands for every text. */
type Known = Readonly<Record<string, true | readonly string[]>>
type Chosen<F extends Known> = {
  [Name in keyof F]?: F[Name] extends readonly (infer Value extends string)[] ? Value : string
}

export interface ListFilter<F extends Known> {
  /** What is chosen; a value the list does not know counts as none. */
  chosen: Chosen<F>
  /** Whether anything is. */
  filtered: boolean
  /** Takes one of them away, or all. */
  clear: (name?: keyof F & string) => void
}

export function useListFilter<const F extends Known>(known: F): ListFilter<F> {
  const search = useSearch()
  const setSearch = useSetSearch()
  const names = Object.keys(known)
  const fits = (name: string) => {
    const value = search[name]
    const values = known[name]
    return value !== undefined && (values === true || values?.includes(value))
  }
  const chosen = names.filter(fits)
  return {
    chosen: Object.fromEntries(chosen.map((name) => [name, search[name]])) as Chosen<F>,
    filtered: chosen.length > 0,
    clear: (name) =>
      setSearch(Object.fromEntries((name ? [name] : names).map((one) => [one, undefined]))),
  }
}
