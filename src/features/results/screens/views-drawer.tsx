// Saved views: the question on the screen kept under a name, opened again, pinned to the overview, renamed, removed.
import { useState } from 'react'
import { ScreenLink, useSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer, DrawerPart } from '../../../web/ui/drawer.tsx'
import { Form, TextField } from '../../../web/ui/form.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { exploreTexts } from '../texts-explore.ts'
import { viewInAddress, viewOf } from './question.ts'
import { useQuestion } from './use-question.ts'
import './explore.css'

export type View = Answer<'views.list'>['rows'][number]

export function ViewsDrawer({ close }: DrawerProps) {
  const t = useTexts(exploreTexts)
  const views = useOperation('views.list', {})
  return (
    <Drawer title={t('views_title')} note={t('views_note')} close={close} print={false}>
      <SaveView />
      <Answered query={views} shape="panel">
        {({ rows }) => (
          <div className="explore-views-parts">
            {(['mine', 'shared'] as const).map((whose) => (
              <DrawerPart key={whose} title={t(`views_${whose}`)}>
                <ViewList rows={rows.filter((view) => view.shared === (whose === 'shared'))} />
              </DrawerPart>
            ))}
          </div>
        )}
      </Answered>
    </Drawer>
  )
}

/** Keeps the question on the screen. */
function SaveView() {
  const t = useTexts(exploreTexts)
  const search = useSearch()
  const asking = useQuestion()
  const save = useChange('views.save')
  const undo = useChange('changes.undo')
  const [name, setName] = useState('')
  const [whose, setWhose] = useState<'me' | 'all'>('me')
  const send = async () => {
    if (asking === undefined) return
    const question = viewOf(asking.question, search)
    const written = await save
      .run({ name, question, shared: whose === 'all' })
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('view_saved', { name }), () => undo.run({ id: written.changeId }))
    setName('')
  }
  return (
    <Form submitLabel={t('view_save')} onSubmit={send} busy={save.busy} problem={save.problem}>
      <TextField
        name="name"
        label={t('view_name')}
        hint={t('view_hint')}
        value={name}
        onChange={setName}
        maxLength={200}
        required
        autoFocus
      />
      <Pills
        label={t('view_for')}
        labelled
        value={whose}
        options={(['me', 'all'] as const).map((value) => ({
          value,
          label: t(`view_for_${value}`),
        }))}
        onChange={setWhose}
      />
    </Form>
  )
}

function ViewList({ rows }: { rows: readonly View[] }) {
  const t = useTexts(exploreTexts)
  if (rows.length === 0) return <p className="results-pop-none">{t('views_none')}</p>
  return (
    <ul className="explore-views">
      {rows.map((view) => (
        <ViewLine key={view.id} view={view} />
      ))}
    </ul>
  )
}

function ViewLine({ view }: { view: View }) {
  const t = useTexts(exploreTexts)
  const [renaming, setRenaming] = useState(false)
  const pin = useChange('views.pin')
  const remove = useChange('views.remove')
  const undo = useChange('changes.undo')
  const { id, version, name } = view
  const change = async (run: () => Promise<{ changeId: string }>, said: string) => {
    try {
      const { changeId } = await run()
      toast.undo(said, () => undo.run({ id: changeId }))
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <li>
      <span>
        <ScreenLink to="explore" search={viewInAddress(view.question)}>
          {name}
        </ScreenLink>
        {view.pinned && <span className="k-muted"> · {t('view_on_overview')}</span>}
      </span>
      <fieldset className="explore-views-actions" aria-label={t('view_actions', { name })}>
        <button
          type="button"
          className="k-link"
          onClick={() =>
            void change(
              () => pin.run({ id, pinned: !view.pinned }, { version }),
              t(view.pinned ? 'view_unpinned' : 'view_pinned', { name }),
            )
          }
        >
          {t(view.pinned ? 'view_unpin' : 'view_pin')}
        </button>
        <button
          type="button"
          className="k-link"
          aria-expanded={renaming}
          onClick={() => setRenaming(!renaming)}
        >
          {t('view_rename')}
        </button>
        <button
          type="button"
          className="k-link"
          onClick={() =>
            void change(() => remove.run({ id }, { version }), t('view_removed', { name }))
          }
        >
          {t('view_remove')}
        </button>
      </fieldset>
      {renaming && <RenameView view={view} close={() => setRenaming(false)} />}
    </li>
  )
}

function RenameView({ view, close }: { view: View; close: () => void }) {
  const t = useTexts(exploreTexts)
  const rename = useChange('views.rename')
  const undo = useChange('changes.undo')
  const [name, setName] = useState(view.name)
  const send = async () => {
    const written = await rename
      .run({ id: view.id, name }, { version: view.version })
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('view_renamed', { name }), () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <Form
      submitLabel={t('save')}
      onSubmit={send}
      busy={rename.busy}
      problem={rename.problem}
      cancel={close}
    >
      <TextField
        name="new_name"
        label={t('new_name')}
        value={name}
        onChange={setName}
        maxLength={200}
        required
        autoFocus
      />
    </Form>
  )
}
