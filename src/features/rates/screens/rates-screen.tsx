// Rates by currency and day, what is missing, and the way to enter and correct them.
import { Button } from '@mantine/core'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chip, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { ratesTexts } from '../texts.ts'
import { type Rate, RateForm } from './rate-form.tsx'
import './rates.css'

/** As many decimals as the rate was given with. */
const decimals = (value: number) => (String(value).split('.')[1] ?? '').length

export function RatesScreen() {
  const t = useTexts(ratesTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const facts = useOrganisation().data
  const base = facts?.settings.baseCurrency ?? ''
  const mayWrite = facts?.me.roles.includes('admin') ?? false
  const { currency } = search
  const list = usePages('rates.list', currency === undefined ? {} : { currency })
  const edited = list.rows.find((rate) => rate.id === search.edit)
  const begin = () => setSearch({ new: '1' })
  const columns: Column<Rate>[] = [
    { id: 'currency', head: t('currency'), main: true, cell: (rate) => rate.currency },
    { id: 'day', head: t('day'), keep: true, cell: (rate) => format.date(rate.day) },
    {
      id: 'rate',
      head: t('rate', { base }),
      align: 'right',
      keep: true,
      cell: (rate) => format.number(rate.rate, decimals(rate.rate)),
    },
  ]
  const count = list.rows.length
  const finding = () => {
    if (list.more.next) return t('finding_more', { count })
    if (currency !== undefined) return t('finding_fit', { count, currency })
    return count === 0 ? t('finding_none') : t('finding', { count })
  }
  return (
    <Page
      finding={finding()}
      exports={{ table: 'rates', filter: list.input }}
      note={t('note', { base })}
      actions={mayWrite ? <Button onClick={begin}>{t('add')}</Button> : undefined}
      chips={
        currency === undefined ? undefined : (
          <Chips>
            <Chip
              label={t('currency')}
              value={currency}
              onClear={() => setSearch({ currency: undefined })}
            />
          </Chips>
        )
      }
    >
      <MissingRates mayWrite={mayWrite} />
      <Answered query={list.query} shape="table">
        {() =>
          count === 0 ? (
            <Empty
              kind={currency === undefined ? 'nothing-yet' : 'nothing-for-filter'}
              title={t(currency === undefined ? 'nothing_yet' : 'nothing_for_filter')}
              text={t(currency === undefined ? 'nothing_yet_text' : 'nothing_for_filter_text')}
              {...(currency !== undefined
                ? {
                    action: {
                      label: t('clear'),
                      run: () => setSearch({ currency: undefined }),
                    },
                  }
                : mayWrite
                  ? { action: { label: t('add'), run: begin } }
                  : {})}
            />
          ) : (
            <DataTable
              caption={finding()}
              rows={list.rows}
              columns={columns}
              rowId={(rate) => rate.id}
              rowLabel={(rate) => `${rate.currency} ${format.date(rate.day)}`}
              {...(mayWrite ? { onOpen: (rate: Rate) => setSearch({ edit: rate.id }) } : {})}
              more={list.more}
              stale={list.query.isStale}
            />
          )
        }
      </Answered>
      {search.new && (
        <RateForm
          begin={{ currency: search.for ?? currency, day: search.day }}
          close={() => setSearch({ new: undefined, for: undefined, day: undefined })}
        />
      )}
      {edited && <RateForm rate={edited} close={() => setSearch({ edit: undefined })} />}
    </Page>
  )
}

/** Currencies and days in which amounts wait for a rate; nothing where all have one. */
function MissingRates({ mayWrite }: { mayWrite: boolean }) {
  const t = useTexts(ratesTexts)
  const format = useFormat()
  const setSearch = useSetSearch()
  const roles = useOrganisation().data?.me.roles ?? []
  const mayAsk = (['admin', 'auditor', 'compensation-admin'] as const).some((role) =>
    roles.includes(role),
  )
  const gaps = useOperation('rates.missing', {}, { enabled: mayAsk }).data?.rows ?? []
  if (gaps.length === 0) return null
  return (
    <Section title={t('missing')} note={t('missing_note')}>
      <ul className="rates-missing">
        {gaps.map((gap) => (
          <li key={gap.currency}>
            <b>{gap.currency}</b>
            <span>
              {t('missing_rows', { count: gap.rows })}{' '}
              {gap.first === gap.last
                ? t('missing_on', { day: format.date(gap.first) })
                : t('missing_between', {
                    first: format.date(gap.first),
                    last: format.date(gap.last),
                  })}
            </span>
            {mayWrite && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('enter_for', { currency: gap.currency })}
                onClick={() => setSearch({ new: '1', for: gap.currency, day: gap.first })}
              >
                {t('add')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
