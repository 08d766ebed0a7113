// The record of a list that the address names: from the rows shown, or asked for where it is not among them.
import type { ReactNode } from 'react'
import { useSearch, useSetSearch } from '../address.tsx'
import type { Answer } from '../client.ts'
import { type Asked, useOperation } from '../queries.ts'
import { Drawer } from './drawer.tsx'
import { Answered } from './states.tsx'

type Name = 'cases.get' | 'contracts.get' | 'surveys.get'

interface OpenedRecordProps<Of extends Name> {
  of: Of
  rows: readonly Answer<Of>[]
  /** Of the drawer while there is no record to name. */
  title: string
  children: (record: Answer<Of>, close: () => void) => ReactNode
}

/** `?open=ID`, also far down the list or outside of what it is narrowed to. */
export function OpenedRecord<Of extends Name>(props: OpenedRecordProps<Of>) {
  const { of, rows, title, children } = props
  const id = useSearch().open
  const setSearch = useSetSearch()
  const shown = rows.find((row) => row.id === id)
  const asked = useOperation(
    of as Name,
    { id: id ?? '' },
    { enabled: id !== undefined && shown === undefined },
  ) as Asked<Answer<Of>>
  if (id === undefined) return null
  const close = () => setSearch({ open: undefined })
  const record = shown ?? (asked.data?.id === id ? asked.data : undefined)
  if (record !== undefined) return children(record, close)
  return (
    <Drawer title={title} close={close} print={false}>
      <Answered query={{ ...asked, data: undefined }} shape="panel">
        {() => null}
      </Answered>
    </Drawer>
  )
}
