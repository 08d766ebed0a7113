// Everything planned and done within reach: what is due first at the top, in groups by urgency.
import { Button } from '@mantine/core'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { Chip, ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { MoreLink } from '../../../web/ui/more-link.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { activitiesTexts } from '../texts.ts'
import { type Activity, kinds } from './activity-form.tsx'
import { ActivityList } from './activity-panel.tsx'
import './activities.css'

const states = ['planned', 'done'] as const
const references = ['sellerId', 'customerId', 'dealId'] as const
const groups = ['late', 'today', 'later', 'done'] as const

const groupOf = (row: Activity, today: string): (typeof groups)[number] => {
  if (row.doneOn !== null) return 'done'
  const due = row.dueOn ?? today
  return due < today ? 'late' : due === today ? 'today' : 'later'
}

export function ActivitiesScreen() {
  const t = useTexts(activitiesTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const today = useOrganisationDay() ?? ''
  const is = states.find((one) => one === search.is)
  const kind = kinds.find((one) => one === search.kind)
  const chosen = references.filter((name) => search[name] !== undefined)
  const list = usePages('activities.list', {
    ...(is ? { is } : {}),
    ...(kind ? { kind } : {}),
    ...Object.fromEntries(chosen.map((name) => [name, search[name]])),
  })
  const filtered = is !== undefined || kind !== undefined || chosen.length > 0
  const plan = () => setSearch({ activity_new: 'plan' })
  const first = list.rows[0]
  const names = {
    sellerId: [t('seller'), first?.seller?.name],
    customerId: [t('customer'), first?.customer?.name],
    dealId: [t('deal'), first?.deal?.name],
  } as const
  return (
    <Page
      finding={findingOf(t, list.rows, today)}
      exports={{ table: 'activities', filter: list.input }}
      note={t('screen_note')}
      actions={
        <>
          <Button onClick={plan}>{t('plan')}</Button>
          <Button variant="default" onClick={() => setSearch({ activity_new: 'log' })}>
            {t('log')}
          </Button>
        </>
      }
      chips={
        <Chips>
          <ChipMenu
            label={t('is')}
            {...(is ? { value: is } : {})}
            options={states.map((value) => ({ value, label: t(`is_${value}`) }))}
            onChoose={(value) => setSearch({ is: value })}
            onClear={() => setSearch({ is: undefined })}
          />
          <ChipMenu
            label={t('kind')}
            {...(kind ? { value: kind } : {})}
            options={kinds.map((value) => ({ value, label: t(`kind_${value}`) }))}
            onChoose={(value) => setSearch({ kind: value })}
            onClear={() => setSearch({ kind: undefined })}
          />
          {chosen.map((name) => (
            <Chip
              key={name}
              label={names[name][0]}
              value={names[name][1] ?? '—'}
              onClear={() => setSearch({ [name]: undefined })}
            />
          ))}
        </Chips>
      }
    >
      <Answered query={list.query} shape="table">
        {() =>
          list.rows.length === 0 ? (
            <Empty
              kind={filtered ? 'nothing-for-filter' : 'nothing-yet'}
              title={t(filtered ? 'nothing_for_filter' : 'nothing_yet')}
              text={t(filtered ? 'nothing_for_filter_text' : 'nothing_yet_text')}
              action={
                filtered
                  ? {
                      label: t('clear'),
                      run: () =>
                        setSearch({
                          is: undefined,
                          kind: undefined,
                          ...Object.fromEntries(references.map((name) => [name, undefined])),
                        }),
                    }
                  : { label: t('plan'), run: plan }
              }
            />
          ) : (
            <>
              {groups.map((group) => {
                const rows = list.rows.filter((row) => groupOf(row, today) === group)
                if (rows.length === 0) return null
                return (
                  <section key={group} className="activities-group">
                    <h2>{t(`group_${group}`)}</h2>
                    <ActivityList rows={rows} />
                  </section>
                )
              })}
              <MoreLink more={list.more}>{t('more')}</MoreLink>
            </>
          )
        }
      </Answered>
    </Page>
  )
}

function findingOf(
  t: ReturnType<typeof useTexts<typeof activitiesTexts>>,
  rows: readonly Activity[],
  today: string,
): string {
  const count = (group: (typeof groups)[number]) =>
    rows.filter((row) => groupOf(row, today) === group).length
  if (count('late') > 0) return t('finding_late', { count: count('late') })
  if (count('today') > 0) return t('finding_today', { count: count('today') })
  if (count('later') > 0) return t('finding', { count: count('later') })
  return t('finding_none')
}
