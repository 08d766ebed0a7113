// Notes on a record or fact: written in place, shown as text, changed by who wrote them.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer, Given } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, LongField } from '../../../web/ui/form.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { moreTexts } from '../texts-more.ts'
import './records.css'

type Note = Answer<'notes.list'>['rows'][number]
type About = Pick<Given<'notes.write'>, 'entity' | 'entityId'>

export function NotesSection({ entity, entityId }: About) {
  const t = useTexts(moreTexts)
  const list = usePages('notes.list', { entity, entityId })
  const [open, setOpen] = useState<Note | 'new'>()
  return (
    <Section
      title={t('notes')}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setOpen('new')}>
          {t('note_write')}
        </Button>
      }
    >
      <Answered query={list.query} shape="panel">
        {() =>
          list.rows.length === 0 ? (
            <p className="records-none">{t('notes_none')}</p>
          ) : (
            <ul className="records-notes">
              {list.rows.map((note) => (
                <NoteLine key={note.id} note={note} edit={() => setOpen(note)} />
              ))}
            </ul>
          )
        }
      </Answered>
      {list.more.next && (
        <Button variant="subtle" size="compact-sm" onClick={list.more.next}>
          {t('more')}
        </Button>
      )}
      {open && (
        <NoteForm
          about={{ entity, entityId }}
          note={open === 'new' ? undefined : open}
          close={() => setOpen(undefined)}
        />
      )}
    </Section>
  )
}

function NoteLine({ note, edit }: { note: Note; edit: () => void }) {
  const t = useTexts(moreTexts)
  const format = useFormat()
  const remove = useChange('notes.remove')
  const undo = useChange('changes.undo')
  const day = format.date(note.writtenOn)
  const take = () =>
    remove
      .run({ id: note.id }, { version: note.version })
      .then(({ changeId }) => toast.undo(t('note_removed'), () => undo.run({ id: changeId })))
      .catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <li>
      <p>{note.body}</p>
      <div className="records-note-foot">
        <span>
          {note.author.name} · <time dateTime={note.writtenOn}>{day}</time>
        </span>
        {note.mine && (
          <>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('note_edit_of', { day })}
              onClick={edit}
            >
              {t('edit')}
            </Button>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('note_remove_of', { day })}
              loading={remove.busy}
              onClick={() => void take()}
            >
              {t('remove')}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}

function NoteForm(props: { about: About; note: Note | undefined; close: () => void }) {
  const { about, note, close } = props
  const t = useTexts(moreTexts)
  const [body, setBody] = useState(note?.body ?? '')
  const write = useChange('notes.write')
  const edit = useChange('notes.edit')
  const undo = useChange('changes.undo')
  const save = async () => {
    const written = await (note
      ? edit.run({ id: note.id, body }, { version: note.version })
      : write.run({ ...about, body })
    ).catch(() => undefined)
    if (!written) return
    toast.undo(t(note ? 'note_saved' : 'note_written'), () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <Drawer title={t(note ? 'note_edit' : 'note_write')} close={close} print={false}>
      <Form
        submitLabel={t('save')}
        onSubmit={save}
        busy={write.busy || edit.busy}
        problem={write.problem ?? edit.problem}
        cancel={close}
      >
        <LongField
          name="body"
          label={t('note')}
          hint={t('note_hint')}
          value={body}
          onChange={setBody}
          rows={10}
          maxLength={20_000}
          required
          autoFocus
        />
      </Form>
    </Drawer>
  )
}
