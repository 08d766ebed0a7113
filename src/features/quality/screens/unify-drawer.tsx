// Several spellings of a value become one of the list, or are taken into the list themselves.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Given } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { qualityTexts } from '../texts.ts'

type Field = Given<'quality.unify-values'>['field']

interface UnifyDrawerProps {
  field: string
  values: readonly string[]
  close: () => void
  done: () => void
}

export function UnifyDrawer({ field, values, close, done }: UnifyDrawerProps) {
  const t = useTexts(qualityTexts)
  const [to, setTo] = useState<string>()
  const isAdmin = useOrganisation().data?.me.roles.includes('admin') ?? false
  const listed = useOperation('demographics.list', { field: field as Field })
  const unify = useChange('quality.unify-values')
  const add = useChange('demographics.add')
  const undo = useChange('changes.undo')
  const save = async () => {
    if (to === undefined) return
    try {
      const given = { field: field as Field, values: [...values], to }
      const { changed, changeId } = await unify.run(given)
      toast.undo(t('unify_done', { count: changed }), () => undo.run({ id: changeId }))
      done()
    } catch {
      // The form says what was refused.
    }
  }
  const take = async () => {
    try {
      const { added, changeId } = await add.run({ field: field as Field, values: [...values] })
      toast.undo(t('unify_listed', { count: added }), () => undo.run({ id: changeId }))
      done()
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <Drawer
      title={t('unify_title', { count: values.length })}
      note={values.join(' · ')}
      close={close}
      print={false}
    >
      <Form
        submitLabel={t('unify')}
        onSubmit={save}
        busy={unify.busy}
        problem={unify.problem}
        cancel={close}
        extra={
          isAdmin && (
            <Button variant="default" loading={add.busy} onClick={() => void take()}>
              {t('unify_list')}
            </Button>
          )
        }
      >
        <PickField
          name="to"
          label={t('unify_to')}
          hint={t('unify_note')}
          value={to}
          onChange={setTo}
          options={(listed.data?.rows ?? []).map(({ value }) => ({ value, label: value }))}
          required
          autoFocus
        />
      </Form>
    </Drawer>
  )
}
