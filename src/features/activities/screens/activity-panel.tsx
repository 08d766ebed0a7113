// What is planned with a deal, customer or contact, and what was done last; on their pages.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { MoreDots } from '../../../web/ui/icons.tsx'
import { Menu, MenuItem } from '../../../web/ui/menu.tsx'
import { MoreLink } from '../../../web/ui/more-link.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { activitiesTexts } from '../texts.ts'
import { type About, type Activity, ActivityForm } from './activity-form.tsx'
import { CompleteDrawer } from './complete-drawer.tsx'
import './activities.css'

export function ActivityPanel({ about }: { about: About }) {
  const t = useTexts(activitiesTexts)
  const list = usePages('activities.list', { ...about, limit: 8 })
  const [entering, setEntering] = useState<'plan' | 'log'>()
  return (
    <Section
      title={t('next_steps')}
      note={t('next_steps_note')}
      actions={
        <>
          <Button variant="default" size="compact-sm" onClick={() => setEntering('plan')}>
            {t('plan')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => setEntering('log')}>
            {t('log')}
          </Button>
        </>
      }
    >
      <Answered query={list.query} shape="panel">
        {() =>
          list.rows.length === 0 ? (
            <p className="k-muted activities-none">{t('none_here')}</p>
          ) : (
            <>
              <ActivityList rows={list.rows} about={about} />
              <MoreLink more={list.more}>{t('more')}</MoreLink>
            </>
          )
        }
      </Answered>
      {entering && (
        <ActivityForm mode={entering} about={about} close={() => setEntering(undefined)} />
      )}
    </Section>
  )
}

/** Activities line by line, with the way to complete, change and take away each. */
export function ActivityList(props: { rows: readonly Activity[]; about?: About }) {
  const { rows, about = {} } = props
  const [completing, setCompleting] = useState<Activity>()
  const [editing, setEditing] = useState<Activity>()
  return (
    <>
      <ul className="activities">
        {rows.map((row) => (
          <ActivityLine
            key={row.id}
            row={row}
            about={about}
            complete={() => setCompleting(row)}
            edit={() => setEditing(row)}
          />
        ))}
      </ul>
      {completing && (
        <CompleteDrawer activity={completing} close={() => setCompleting(undefined)} />
      )}
      {editing && (
        <ActivityForm mode="plan" activity={editing} close={() => setEditing(undefined)} />
      )}
    </>
  )
}

function ActivityLine(props: {
  row: Activity
  about: About
  complete: () => void
  edit: () => void
}) {
  const { row, about, complete, edit } = props
  const t = useTexts(activitiesTexts)
  const format = useFormat()
  const today = useOrganisationDay() ?? ''
  const remove = useChange('activities.remove')
  const undo = useChange('changes.undo')
  const planned = row.doneOn === null
  const day = row.doneOn ?? row.dueOn ?? ''
  const take = () =>
    void remove
      .run({ id: row.id }, { version: row.version })
      .then(({ changeId }) => toast.undo(t('removed'), () => undo.run({ id: changeId })))
      .catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <li data-planned={planned || undefined}>
      <span className="activities-day">
        {format.date(day)}
        {planned && day < today && <b className="activities-late">{t('overdue')}</b>}
        {planned && day === today && <b>{t('today')}</b>}
      </span>
      <span className="activities-what">
        <span>
          <span className="k-muted">{t(`kind_${row.kind}`)}</span> {row.subject}
        </span>
        {row.outcome && <span className="activities-text">{row.outcome}</span>}
        {row.note && <span className="activities-text k-muted">{row.note}</span>}
        <With row={row} about={about} />
      </span>
      <span className="activities-acts k-no-print">
        {planned && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('complete_of', { subject: row.subject })}
            onClick={complete}
          >
            {t('complete')}
          </Button>
        )}
        <Menu
          place="end"
          width={200}
          button={(opens) => (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('edit_of', { subject: row.subject })}
              {...opens}
            >
              <MoreDots />
            </Button>
          )}
        >
          <MenuItem onClick={edit}>{t('edit')}</MenuItem>
          <MenuItem onClick={take}>{t('remove')}</MenuItem>
        </Menu>
      </span>
    </li>
  )
}

/** Whom it is with, where the page does not say so itself. */
function With({ row, about }: { row: Activity; about: About }) {
  const t = useTexts(activitiesTexts)
  const deal = about.dealId === undefined ? row.deal : null
  const customer = about.dealId || about.customerId ? null : row.customer
  if (!deal && !customer && !row.contact && !row.seller) return null
  return (
    <span className="activities-with">
      {customer && <ScreenLink to={`customers/${customer.id}`}>{customer.name}</ScreenLink>}
      {row.contact && <span>{row.contact.name}</span>}
      {deal && <ScreenLink to={`deals/${deal.id}`}>{deal.name || t('deal')}</ScreenLink>}
      {row.seller && <span className="k-muted">{row.seller.name}</span>}
    </span>
  )
}
