// The quarantine: rows an import has set aside, corrected in place and sent again as an import of their own.
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import {
  ScreenLink,
  useGo,
  useOrg,
  useParams,
  useSearch,
  useSetSearch,
} from '../../../web/address.tsx'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useNarrow } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { useSelection } from '../../../web/ui/selection.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { isCorrected, noCorrections, sending, sendingOnly, without } from '../calc/draft.ts'
import type { Replacement } from '../calc/quarantine.ts'
import type { BatchDetail } from './batch-words.ts'
import { AnswerSection, columnOf } from './quarantine-answers.tsx'
import { QuarantineForm } from './quarantine-form.tsx'
import { QuarantineGrid } from './quarantine-grid.tsx'
import { QuarantineKeys } from './quarantine-keys.tsx'
import {
  columnNames,
  faultAt,
  type Reasons,
  reasonWords,
  type SetAside,
  useQuarantineTexts,
} from './quarantine-words.ts'
import { type DraftInUse, useDraft } from './use-draft.ts'
import './imports.css'
import './quarantine.css'

/** Single rows the server takes at once. */
const rowsMost = 1000

export function QuarantineScreen() {
  const { id = '' } = useParams()
  const query = useOperation('imports.get', { id })
  const reasons = useOperation('imports.reasons', { id })
  return (
    <Answered query={query} shape="page">
      {(batch) => (
        <Answered query={reasons} shape="page">
          {(counted) => <QuarantinePage key={batch.id} batch={batch} counted={counted} />}
        </Answered>
      )}
    </Answered>
  )
}

interface PageProps {
  batch: BatchDetail
  counted: Reasons
}

/** The filter of the address: a reason by its code and column, and whether rows sent again are shown. */
function useFilter({ reasons }: Reasons) {
  const search = useSearch()
  const setSearch = useSetSearch()
  const chosen = reasons.find(
    (one) => one.code === search.code && (one.column ?? '') === (search.column ?? ''),
  )
  return {
    chosen,
    all: search.rows === 'all',
    choose: (index: number) => {
      const { code, column } = reasons[index] ?? {}
      setSearch({ code, column: column ?? undefined })
    },
    showAll: (all: boolean) => setSearch({ rows: all ? 'all' : undefined }),
    clear: () => setSearch({ code: undefined, column: undefined, rows: 'all' }),
  }
}

function QuarantinePage({ batch, counted }: PageProps) {
  const t = useQuarantineTexts()
  const draft = useDraft(useOrg(), batch.id)
  const filter = useFilter(counted)
  const list = usePages('imports.rejects', {
    id: batch.id,
    limit: 200,
    ...(filter.chosen ? { code: filter.chosen.code } : {}),
    ...(filter.chosen?.column ? { column: filter.chosen.column } : {}),
    ...(filter.all ? {} : { open: true }),
  })
  const total = counted.reasons.reduce((sum, one) => sum + one.rows, 0)
  const open = counted.reasons.reduce((sum, one) => sum + one.open, 0)
  const finding =
    total === 0
      ? t('finding_none', { file: batch.fileName })
      : open === 0
        ? t('finding_done', { file: batch.fileName })
        : t('finding', { count: open, total })
  const selection = useSelection()
  const chosen = list.rows.filter(
    (row) => row.correctedIn === null && selection.ids.has(String(row.line)),
  )
  return (
    <Page
      finding={finding}
      note={open > 0 ? t('note') : undefined}
      chips={<ScreenLink to={`imports/${batch.id}`}>{t('back')}</ScreenLink>}
      actions={
        open > 0 && (
          <Send batch={batch} counted={counted} rows={list.rows} chosen={chosen} draft={draft} />
        )
      }
    >
      {open > 0 && <AnswerSection batch={batch} values={counted.values} draft={draft} />}
      {total > 0 && (
        <div className="quarantine-filter">
          <NativeSelect
            size="xs"
            label={t('reason')}
            value={filter.chosen ? String(counted.reasons.indexOf(filter.chosen)) : ''}
            data={[
              { value: '', label: t('every_reason') },
              ...counted.reasons.map((one, at) => ({
                value: String(at),
                label: t('reason_choice', {
                  reason: reasonWords(t, one),
                  count: filter.all ? one.rows : one.open,
                }),
              })),
            ]}
            onChange={(event) => {
              const { value } = event.currentTarget
              filter.choose(value === '' ? -1 : Number(value))
            }}
          />
          <Pills
            label={t('shown')}
            labelled
            value={filter.all ? 'all' : 'open'}
            options={[
              { value: 'open', label: t('shown_open') },
              { value: 'all', label: t('shown_all') },
            ]}
            onChange={(value) => filter.showAll(value === 'all')}
          />
          <div className="quarantine-steps">
            <Button variant="subtle" size="compact-sm" disabled={!draft.back} onClick={draft.back}>
              {t('step_back')}
            </Button>
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={!draft.forward}
              onClick={draft.forward}
            >
              {t('step_forward')}
            </Button>
          </div>
        </div>
      )}
      <Answered query={list.query} shape="table">
        {() =>
          list.rows.length > 0 ? (
            <Rows
              // Another filter is another grid: the place in it begins anew.
              key={`${filter.chosen?.code} ${filter.chosen?.column} ${filter.all}`}
              batch={batch}
              counted={counted}
              list={{
                ...list,
                total: filter.chosen
                  ? filter.all
                    ? filter.chosen.rows
                    : filter.chosen.open
                  : filter.all
                    ? total
                    : open,
              }}
              draft={draft}
              selection={selection}
            />
          ) : (
            total > 0 && (
              <Empty
                kind="nothing-for-filter"
                title={t('nothing_for_filter')}
                action={{ label: t('show_every'), run: filter.clear }}
              />
            )
          )
        }
      </Answered>
    </Page>
  )
}

interface SendProps extends PageProps {
  rows: readonly SetAside[]
  chosen: readonly SetAside[]
  draft: DraftInUse
}

/** How many rows would go: those fetched are counted one by one, of the others what the server counted. */
function rowsToGo({ batch, counted, rows, draft }: SendProps): number {
  const { now } = draft
  const open = rows.filter((row) => row.correctedIn === null)
  const fetched = new Set(open.map((row) => row.line))
  const away = Object.keys(now.rows).filter((line) => !fetched.has(Number(line))).length
  const answered = now.replace.reduce((sum, one) => {
    const group = counted.values.find(
      ({ column, value }) => columnOf(batch, column) === one.column && value === one.value,
    )
    const seen = open.filter(
      (row) => row.value === one.value && faultAt(batch, row) === one.column,
    ).length
    return sum + Math.max(0, (group?.rows ?? 0) - seen)
  }, 0)
  return open.filter((row) => isCorrected(now, row)).length + away + answered
}

function Send(props: SendProps) {
  const { batch, chosen, draft } = props
  const t = useQuarantineTexts()
  const go = useGo()
  const resend = useChange('imports.resend')
  const width = batch.columns.length
  const only = chosen.length > 0
  const count = only ? chosen.length : rowsToGo(props)
  const parts = only ? sendingOnly(draft.now, chosen, width) : sending(draft.now, width)
  const tooMany = parts.rows.length > rowsMost
  const send = async () => {
    try {
      const { id } = await resend.run({ id: batch.id, ...parts })
      draft.left(
        only
          ? without(
              draft.now,
              chosen.map((row) => row.line),
            )
          : noCorrections,
      )
      go(`imports/${id}`)
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <div className="quarantine-send">
      <Button loading={resend.busy} disabled={count === 0 || tooMany} onClick={() => void send()}>
        {count === 0 ? t('send_none') : t(only ? 'send_chosen' : 'send', { count })}
      </Button>
      {count > 0 && <p className="k-muted">{tooMany ? t('send_most') : t('kept_here')}</p>}
    </div>
  )
}

interface RowsProps extends PageProps {
  list: {
    rows: readonly SetAside[]
    more: Parameters<typeof QuarantineGrid>[0]['more']
    total: number
  }
  draft: DraftInUse
  selection: ReturnType<typeof useSelection>
}

/** A change of a value that stands in other rows too: the same may be meant there. */
interface Offer extends Replacement {
  name: string
  rows: number
}

function Rows({ batch, counted, list, draft, selection }: RowsProps) {
  const t = useQuarantineTexts()
  const narrow = useNarrow()
  const [offer, setOffer] = useState<Offer>()
  const columns = columnNames(t, batch, list.rows)
  const onAll = (row: SetAside, column: number, text: string) => {
    if (column >= row.cells.length || row.correctedIn !== null) return
    const value = (row.cells[column] ?? '').trim()
    draft.answer({ column, value, with: text })
    setOffer(undefined)
  }
  const onChanged = (row: SetAside, column: number, text: string) => {
    const alike =
      column === faultAt(batch, row) &&
      counted.values.find((one) => one.column === row.column && one.value === row.value)
    setOffer(
      alike
        ? { column, value: alike.value, with: text, name: alike.column, rows: alike.rows }
        : undefined,
    )
  }
  if (narrow) {
    return (
      <QuarantineForm
        batch={batch}
        rows={list.rows}
        columns={columns}
        values={counted.values}
        draft={draft}
        total={list.total}
        next={list.more.next}
      />
    )
  }
  const isGiven =
    offer &&
    draft.now.replace.some((one) => one.column === offer.column && one.value === offer.value)
  return (
    <>
      <div className="quarantine-offer" aria-live="polite">
        {offer && !isGiven && (
          <>
            <span>
              {t(offer.value === '' ? 'offer_empty' : 'offer', {
                value: offer.value,
                column: offer.name,
                count: offer.rows,
              })}
            </span>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => {
                draft.answer({ column: offer.column, value: offer.value, with: offer.with })
                setOffer(undefined)
              }}
            >
              {t('offer_apply', { text: offer.with })}
            </Button>
          </>
        )}
      </div>
      <QuarantineGrid
        batch={batch}
        rows={list.rows}
        columns={columns}
        draft={draft}
        selection={selection}
        more={{ ...list.more, total: list.total }}
        onChanged={onChanged}
        onAll={onAll}
      />
      <QuarantineKeys />
    </>
  )
}
