// The tags of one record: given by typing, taken away by their cross.
import { Autocomplete, Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Given } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Chip } from '../../../web/ui/chip.tsx'
import '../../../web/ui/choices.ts'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { moreTexts } from '../texts-more.ts'
import './records.css'

type About = Pick<Given<'tags.set'>, 'entity' | 'entityId'>

export function TagsSection({ entity, entityId }: About) {
  const t = useTexts(moreTexts)
  const own = useOperation('tags.list', { entity, entityId })
  const known = useOperation('tags.list', { entity })
  const set = useChange('tags.set')
  const undo = useChange('changes.undo')
  const [typed, setTyped] = useState('')
  const tags = own.data?.rows.map(({ tag }) => tag) ?? []
  const change = (next: string[], said: string) =>
    set
      .run({ entity, entityId, tags: next })
      .then(({ changeId }) => {
        setTyped('')
        toast.undo(said, () => undo.run({ id: changeId }))
      })
      .catch((thrown) => toast.problem(asProblem(thrown)))
  const add = (event: FormEvent) => {
    event.preventDefault()
    const name = typed.trim()
    if (name !== '') void change([...tags, name], t('tag_given', { name }))
  }
  return (
    <Section title={t('tags')}>
      <Answered query={own} shape="panel">
        {() =>
          tags.length === 0 ? (
            <p className="records-none">{t('tags_none')}</p>
          ) : (
            <div className="records-chips">
              {tags.map((name) => (
                <Chip
                  key={name}
                  label=""
                  value={name}
                  onClear={() =>
                    void change(
                      tags.filter((tag) => tag !== name),
                      t('tag_taken', { name }),
                    )
                  }
                />
              ))}
            </div>
          )
        }
      </Answered>
      <form className="records-tag-form k-no-print" onSubmit={add}>
        <Autocomplete
          aria-label={t('tag_add')}
          placeholder={t('tag_placeholder')}
          data={(known.data?.rows ?? []).map(({ tag }) => tag).filter((tag) => !tags.includes(tag))}
          value={typed}
          limit={8}
          maxLength={60}
          selectFirstOptionOnChange={false}
          onChange={setTyped}
        />
        <Button type="submit" variant="default" loading={set.busy}>
          {t('tag_add')}
        </Button>
      </form>
    </Section>
  )
}
