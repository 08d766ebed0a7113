// Two records side by side: which is kept, whose values stay, what moves; then merged, or said to be different.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer, DrawerPart } from '../../../web/ui/drawer.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { qualityTexts } from '../texts.ts'
import { type Mergeable, wordOf } from './quality-words.ts'
import { writtenValues } from './written-values.ts'

type Preview = Answer<'quality.merge-preview'>
type Side = 'winner' | 'loser'

interface MergeDrawerProps {
  entity: Mergeable
  /** Ids of the one kept and of the other, with a dot between them. */
  pair: string
  mayMend: boolean
  /** Leaves the pair as it is; absent where there is no other. */
  next: (() => void) | undefined
  done: () => void
  close: () => void
}

export function MergeDrawer({ entity, pair, mayMend, next, done, close }: MergeDrawerProps) {
  const t = useTexts(qualityTexts)
  const [turned, setTurned] = useState(false)
  const [one = '', two = ''] = pair.split('.')
  const [winnerId, loserId] = turned ? [two, one] : [one, two]
  const query = useOperation('quality.merge-preview', { entity, winnerId, loserId })
  return (
    <Drawer title={t('merge_title')} note={t('merge_note')} close={close} print={false}>
      <Answered query={query} shape="panel">
        {(preview) => (
          <Sides
            // Choices are about sides: the other way round they begin anew.
            key={preview.winner.id}
            entity={entity}
            preview={preview}
            mayMend={mayMend}
            swap={() => setTurned(!turned)}
            next={next}
            done={done}
          />
        )}
      </Answered>
    </Drawer>
  )
}

interface SidesProps {
  entity: Mergeable
  preview: Preview
  mayMend: boolean
  swap: () => void
  next: (() => void) | undefined
  done: () => void
}

function Sides({ entity, preview, mayMend, swap, next, done }: SidesProps) {
  const t = useTexts(qualityTexts)
  const format = useFormat()
  const { winner, loser, fields } = preview
  const [take, setTake] = useState<Record<string, Side>>({})
  const merge = useChange('quality.merge')
  const differ = useChange('quality.set-different')
  const undo = useChange('changes.undo')
  const choices = fields.filter((field) => field.differs)
  const alike = fields.filter(
    (field) => !field.differs && writtenValues(field.winner, format).some((value) => value !== ''),
  )
  const save = async () => {
    try {
      const { changeId } = await merge.run({
        entity,
        winnerId: winner.id,
        loserId: loser.id,
        winnerVersion: winner.version,
        loserVersion: loser.version,
        take,
      })
      toast.undo(t('merge_done', { name: winner.name, other: loser.name }), () =>
        undo.run({ id: changeId }),
      )
      done()
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const keepApart = async () => {
    try {
      const pairs = [{ winnerId: winner.id, loserId: loser.id }]
      const { count, changeId } = await differ.run({ entity, pairs })
      toast.undo(t('differ_done', { count }), () => undo.run({ id: changeId }))
      done()
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <div className="quality-pair">
      <div className="quality-sides">
        <SideHead role={t('merge_kept')} side={winner} />
        <SideHead role={t('merge_gone')} side={loser} />
      </div>
      {mayMend && (
        <button type="button" className="k-link" onClick={swap}>
          {t('merge_swap')}
        </button>
      )}
      <DrawerPart title={t('merge_choose')}>
        {choices.length === 0 && <p className="k-section-note">{t('merge_same')}</p>}
        {choices.map((field) => (
          <FieldChoice
            key={field.field}
            field={field}
            value={take[field.field] ?? field.from}
            onChange={(side) => setTake((now) => ({ ...now, [field.field]: side }))}
          />
        ))}
        {choices.length > 0 && alike.length > 0 && (
          <p className="k-section-note">
            {t('merge_alike', {
              list: alike.map(({ field }) => wordOf(t, qualityTexts.en, 'field', field)).join(', '),
            })}
          </p>
        )}
      </DrawerPart>
      <Moves moves={preview.moves} />
      {mayMend && (
        <div className="quality-acts">
          <Button loading={merge.busy} onClick={() => void save()}>
            {t('merge_now')}
          </Button>
          <Button variant="default" loading={differ.busy} onClick={() => void keepApart()}>
            {t('differ')}
          </Button>
          {next && (
            <Button variant="subtle" onClick={next}>
              {t('merge_next')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

function SideHead({ role, side }: { role: string; side: Preview['winner'] }) {
  const t = useTexts(qualityTexts)
  return (
    <div className="quality-side">
      <p>{role}</p>
      <p className="quality-side-name">{side.name}</p>
      {side.externalId && <p>{t('merge_number', { number: side.externalId })}</p>}
      {side.state === 'archived' && <p>{t('merge_archived')}</p>}
    </div>
  )
}

interface FieldChoiceProps {
  field: Preview['fields'][number]
  value: Side
  onChange: (side: Side) => void
}

function FieldChoice({ field, value, onChange }: FieldChoiceProps) {
  const t = useTexts(qualityTexts)
  const format = useFormat()
  return (
    <fieldset className="quality-choice">
      <legend>{wordOf(t, qualityTexts.en, 'field', field.field)}</legend>
      {(['winner', 'loser'] as const).map((side) => {
        const words = writtenValues(field[side], format).filter((one) => one !== '')
        return (
          <label key={side}>
            <input
              type="radio"
              name={`take-${field.field}`}
              checked={value === side}
              onChange={() => onChange(side)}
            />
            <span>{words.length > 0 ? words.join(' · ') : '—'}</span>
          </label>
        )
      })}
    </fieldset>
  )
}

function Moves({ moves }: { moves: Preview['moves'] }) {
  const t = useTexts(qualityTexts)
  const format = useFormat()
  const moved = moves.filter((one) => one.loser > 0)
  return (
    <DrawerPart title={t('merge_moves')}>
      {moved.length === 0 ? (
        <p className="k-section-note">{t('merge_moves_none')}</p>
      ) : (
        <ul className="quality-moves">
          {moved.map((one) => (
            <li key={one.what}>
              <span>{wordOf(t, qualityTexts.en, 'what', one.what)}</span>
              <span>{format.count(one.loser)}</span>
            </li>
          ))}
        </ul>
      )}
    </DrawerPart>
  )
}
