// The bar of a list whose rows can be changed many at once, with its drawer and its undo.
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Answer, Given } from '../client.ts'
import { useTexts } from '../language.ts'
import { useChange } from '../queries.ts'
import { partTexts } from '../texts.ts'
import { BulkEditDrawer, type BulkField } from './bulk-edit.tsx'
import { type Selection, SelectionBar } from './selection.tsx'
import { toast } from './toast.tsx'

type BulkName = 'customers.bulk-edit' | 'products.bulk-edit' | 'deals.bulk-edit'

type Chosen<Name extends BulkName> = Pick<Given<Name>, 'ids' | 'filter'>

interface BulkBarProps<Name extends BulkName> {
  operation: Name
  selection: Selection
  /** The list's filter: what "all that fit" means. Absent: only rows that were fetched can be chosen. */
  filter?: NonNullable<Given<Name>['filter']> | undefined
  /** What the button says instead of "Change many at once". */
  label?: string
  fields: readonly BulkField[]
  total: number | undefined
  shown: number
  /** Further buttons for what is chosen; `done` ends the choosing. */
  beside?: (chosen: Chosen<Name>, done: () => void) => ReactNode
}

export function BulkBar<Name extends BulkName>(props: BulkBarProps<Name>) {
  const { operation, selection, filter, fields } = props
  const t = useTexts(partTexts)
  const [open, setOpen] = useState(false)
  const change = useChange(operation)
  const undo = useChange('changes.undo')
  const chosen = (selection.all ? { filter } : { ids: [...selection.ids] }) as Chosen<Name>
  const run = (set: Record<string, string | null>, preview: boolean) =>
    change
      .run({ ...chosen, set, preview } as unknown as Given<Name>)
      .then((answer) => answer as Answer<BulkName>)
      .catch(() => undefined)
  return (
    <>
      <SelectionBar
        selection={selection}
        total={filter === undefined ? props.shown : props.total}
        shown={props.shown}
      >
        <Button size="compact-sm" onClick={() => setOpen(true)}>
          {props.label ?? t('bulk_title')}
        </Button>
        {props.beside?.(chosen, selection.clear)}
      </SelectionBar>
      {open && (
        <BulkEditDrawer
          fields={fields}
          run={run}
          busy={change.busy}
          problem={change.problem}
          close={() => setOpen(false)}
          done={({ changed, changeId }) => {
            setOpen(false)
            selection.clear()
            if (changeId !== undefined)
              toast.undo(t('bulk_done', { count: changed }), () => undo.run({ id: changeId }))
          }}
        />
      )}
    </>
  )
}
