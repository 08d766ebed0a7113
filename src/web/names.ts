// Names that fit what is being typed: of customers, products and sellers, for fields that find or make them.
import { useState } from 'react'
import { useOperation } from './queries.ts'

type Named = 'customers.list' | 'products.list' | 'sellers.list'

/** Offered once something is typed: a list over the untouched field would hide the form. */
export function useNames(operation: Named, typed: string): readonly string[] {
  const [first] = useState(typed)
  const touched = typed !== '' && typed !== first
  const found = useOperation(
    operation,
    { limit: 12, ...(typed ? { search: typed } : {}) },
    { enabled: touched },
  )
  return touched ? (found.data?.rows ?? []).map((row) => row.name) : []
}

/** What is sent for a name: the known record's id while its name stands, else the name; nothing for nothing. */
export function nameReference(
  typed: string,
  before: { id: string; name: string } | null | undefined,
): { id: string } | { name: string } | null {
  const name = typed.trim()
  if (name === '') return null
  return before && before.name === name ? { id: before.id } : { name }
}
