// The start page: what is due and what is at stake, one line each with its reason, done or put off by one key.
import { Button } from '@mantine/core'
import { lazy, Suspense, useRef, useState } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chip, ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { places } from '../calc/rank.ts'
import { todayTexts } from '../texts.ts'
import { useEntryKeys } from './entry-keys.ts'
import { EntryLine } from './entry-line.tsx'
import { findingWords, type List, type Row, whatWords } from './entry-words.ts'
import { useSettle } from './use-settle.ts'
import './today.css'

// Drawers and their forms come when they are opened: this page is what one begins with.
const ActivityForm = lazy(() =>
  import('../../activities/screens/activity-form.tsx').then((m) => ({ default: m.ActivityForm })),
)
const FeedDrawer = lazy(() => import('./feed-drawer.tsx').then((m) => ({ default: m.FeedDrawer })))
const SnoozeDrawer = lazy(() =>
  import('./snooze-drawer.tsx').then((m) => ({ default: m.SnoozeDrawer })),
)

const first = 20
const most = 200

export function TodayScreen() {
  const t = useTexts(todayTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const [limit, setLimit] = useState(first)
  const onlySnoozed = search.snoozed === '1'
  const whose = search.whose === 'all' ? 'all' : 'mine'
  const query = useOperation('today.list', { whose, snoozed: onlySnoozed, limit })
  const { data } = query
  return (
    <Page
      finding={data ? findingWords(t, format, data, onlySnoozed) : t('list')}
      note={t('note')}
      actions={
        <Button variant="default" onClick={() => setSearch({ feed: '1' })}>
          {t('feed')}
        </Button>
      }
      chips={
        <Chips>
          {data?.sells && (
            <ChipMenu
              label={t('whose')}
              value={whose}
              options={(['mine', 'all'] as const).map((value) => ({
                value,
                label: t(`whose_${value}`),
              }))}
              onChoose={(value) => setSearch({ whose: value === 'all' ? 'all' : undefined })}
            />
          )}
          {onlySnoozed ? (
            <Chip
              label=""
              value={t('snoozed_chip')}
              onClear={() => setSearch({ snoozed: undefined })}
            />
          ) : (
            (data?.counts.snoozed ?? 0) > 0 && (
              <Chip
                label=""
                value={t('snoozed_chip')}
                note={format.count(data?.counts.snoozed ?? 0)}
                onClick={() => setSearch({ snoozed: '1' })}
              />
            )
          )}
        </Chips>
      }
    >
      <Answered query={query} shape="table">
        {(list) =>
          list.rows.length === 0 ? (
            <Empty
              kind={onlySnoozed ? 'nothing-for-filter' : 'nothing-yet'}
              title={t(onlySnoozed ? 'empty_snoozed' : 'empty')}
              text={t(onlySnoozed ? 'empty_snoozed_text' : 'empty_text')}
              {...(onlySnoozed
                ? {}
                : {
                    action: { label: t('plan'), run: () => setSearch({ activity_new: 'plan' }) },
                  })}
            />
          ) : (
            <Entries
              list={list}
              {...(limit < most && list.rows.length === limit
                ? { more: () => setLimit(Math.min(most, limit * 3)) }
                : {})}
            />
          )
        }
      </Answered>
      {search.feed !== undefined && (
        <Suspense fallback={null}>
          <FeedDrawer close={() => setSearch({ feed: undefined })} />
        </Suspense>
      )}
    </Page>
  )
}

/** What a deed or a choice of day is open for. */
type Opened = { step: Row } | { snooze: Row }

function Entries({ list, more }: { list: List; more?: () => void }) {
  const t = useTexts(todayTexts)
  const format = useFormat()
  const frame = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<Opened>()
  const settle = useSettle()
  const setSearch = useSetSearch()
  const close = () => setOpened(undefined)
  const rowOf = (key: string) => list.rows.find((row) => row.key === key)
  const deed = (row: Row | undefined) => {
    if (!row || row.snoozed || settle.busy) return
    if (row.deed?.do === 'plan-step') setOpened({ step: row })
    else if (row.deed?.do === 'check-in') setSearch({ check_in: row.deed.id })
    else settle.complete(row)
  }
  const putOff = (row: Row | undefined, until?: string) => {
    if (!row || row.snoozed || settle.busy) return
    if (until === undefined) setOpened({ snooze: row })
    else void settle.snooze(row, whatWords(t, format, row), until)
  }
  useEntryKeys(frame, list.rows, {
    deed: (key) => deed(rowOf(key)),
    snooze: (key, choose) => putOff(rowOf(key), choose ? undefined : list.nextWorkingDay),
  })
  const step = opened && 'step' in opened ? opened.step.deed : undefined
  return (
    <div ref={frame} className="today-frame">
      {places.map((place) => {
        const rows = list.rows.filter((row) => row.place === place)
        if (rows.length === 0) return null
        return (
          <section key={place} aria-labelledby={`today-${place}`}>
            <h2 id={`today-${place}`}>{t(`place_${place}`)}</h2>
            <ul className="today-list">
              {rows.map((row) => (
                <EntryLine
                  key={row.key}
                  row={row}
                  list={list}
                  deed={() => deed(row)}
                  putOff={(until) => putOff(row, until)}
                  wake={() => settle.wake(row, whatWords(t, format, row))}
                />
              ))}
            </ul>
          </section>
        )
      })}
      {more && (
        <Button variant="default" onClick={more}>
          {t('more')}
        </Button>
      )}
      <p className="today-keys">
        <kbd>j</kbd> <kbd>k</kbd> {t('keys_walk')} · <kbd>Enter</kbd> {t('keys_open')} ·{' '}
        <kbd>d</kbd> {t('keys_deed')} · <kbd>s</kbd> {t('keys_snooze')}
      </p>
      <Suspense fallback={null}>
        {step?.do === 'plan-step' && (
          <ActivityForm
            mode="plan"
            about={{
              ...(step.dealId ? { dealId: step.dealId } : {}),
              ...(step.customerId ? { customerId: step.customerId } : {}),
            }}
            close={close}
          />
        )}
        {opened && 'snooze' in opened && (
          <SnoozeDrawer
            name={whatWords(t, format, opened.snooze)}
            today={list.today}
            begin={list.nextWorkingDay}
            putOff={(until) => {
              putOff(opened.snooze, until)
              close()
            }}
            close={close}
          />
        )}
      </Suspense>
    </div>
  )
}
