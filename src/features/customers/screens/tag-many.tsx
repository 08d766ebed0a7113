// Tags for many customers at once: given, taken away, or both; one change that can be taken back.
import { Button, TagsInput } from '@mantine/core'
import '@mantine/core/styles/Pill.layer.css'
import '@mantine/core/styles/PillsInput.layer.css'
import { useState } from 'react'
import type { Given } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import '../../../web/ui/choices.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { moreTexts } from '../texts-more.ts'

interface TagManyProps {
  chosen: Pick<Given<'customers.bulk-tag'>, 'ids' | 'filter'>
  done: () => void
}

export function TagMany({ chosen, done }: TagManyProps) {
  const t = useTexts(moreTexts)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t('tag_many')}
      </Button>
      {open && <TagDrawer chosen={chosen} close={() => setOpen(false)} done={done} />}
    </>
  )
}

function TagDrawer({ chosen, close, done }: TagManyProps & { close: () => void }) {
  const t = useTexts(moreTexts)
  const known = useOperation('tags.list', { entity: 'customer' })
  const set = useChange('customers.bulk-tag')
  const undo = useChange('changes.undo')
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  const names = known.data?.rows.map(({ tag }) => tag) ?? []
  const submit = () =>
    set
      .run({ ...chosen, add, remove })
      .then(({ changed, changeId }) => {
        close()
        done()
        toast.undo(t('tagged', { count: changed }), () => undo.run({ id: changeId }))
      })
      // The form shows why it was refused.
      .catch(() => undefined)
  const fields = [
    { label: t('tags_give'), tags: add, setTags: setAdd },
    { label: t('tags_take'), tags: remove, setTags: setRemove },
  ]
  return (
    <Drawer title={t('tag_many')} close={close} print={false}>
      <Form
        submitLabel={t('tag_many_do')}
        onSubmit={submit}
        busy={set.busy}
        problem={set.problem}
        cancel={close}
      >
        {fields.map(({ label, tags, setTags }) => (
          <TagsInput
            key={label}
            label={label}
            description={t('tags_hint')}
            data={names}
            value={tags}
            onChange={setTags}
            maxTags={20}
            maxLength={60}
            limit={8}
            data-autofocus={setTags === setAdd || undefined}
          />
        ))}
      </Form>
    </Drawer>
  )
}
