// One check: what it found, why that matters, how it is mended, and its rows with what can be done with many.
import { ScreenLink, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chip, Chips } from '../../../web/ui/chip.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { useSelection } from '../../../web/ui/selection.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { qualityTexts } from '../texts.ts'
import { checkTexts } from '../texts-checks.ts'
import { CheckActions, CheckBar } from './check-actions.tsx'
import { linkOf, useColumns } from './check-columns.tsx'
import { DifferentSection } from './different-section.tsx'
import { PairsSection } from './pairs-section.tsx'
import { type CheckId, type Listed, pairedBy, useMayMend, wordOf } from './quality-words.ts'
import './quality.css'

const isCheck = (name: string): name is CheckId => `how_${name}` in checkTexts.en

export function CheckScreen() {
  const t = useTexts(qualityTexts)
  const { check = '' } = useParams()
  if (!isCheck(check)) {
    return (
      <Page finding={t('unknown_check')}>
        <ScreenLink to="quality">{t('all_checks')}</ScreenLink>
      </Page>
    )
  }
  // Another check is another page: nothing that was chosen there counts here.
  return <OneCheck key={check} check={check} />
}

function OneCheck({ check }: { check: CheckId }) {
  const t = useTexts(qualityTexts)
  const words = useTexts(checkTexts)
  const language = useLanguage()
  const query = useOperation('quality.list', { only: [check] })
  const listed = query.data?.checks[0]
  const entity = pairedBy(check)
  const finding = () => {
    if (listed === undefined) return t('title')
    if (listed.count === 0) return t('check_clean', { name: listed.name[language] })
    return words(`found_${check}`, { count: listed.count })
  }
  return (
    <Page
      finding={finding()}
      note={listed?.why[language]}
      actions={<CheckActions check={check} />}
      chips={listed && <Parts listed={listed} />}
    >
      <Answered query={query} shape="table">
        {() =>
          listed && (
            <>
              <p className="quality-how">
                {listed.sentence[language]} {listed.count > 0 && words(`how_${check}`)}
              </p>
              {listed.count === 0 ? null : entity ? (
                <PairsSection check={check} entity={entity} listed={listed} />
              ) : (
                <Rows listed={listed} />
              )}
            </>
          )
        }
      </Answered>
      {entity && <DifferentSection entity={entity} />}
    </Page>
  )
}

/** The field that the rows are about: the one of the address; values of two fields are never one. */
export function useField(listed: Listed): string | undefined {
  const { field } = useSearch()
  const parts = listed.parts ?? []
  const asked = parts.find((part) => part.field === field)
  if (asked) return asked.field
  return listed.id === 'unlisted-demographics' ? parts[0]?.field : undefined
}

function Parts({ listed }: { listed: Listed }) {
  const t = useTexts(qualityTexts)
  const format = useFormat()
  const setSearch = useSetSearch()
  const field = useField(listed)
  if (listed.parts === undefined) return null
  const all = listed.id !== 'unlisted-demographics'
  return (
    <Chips>
      {listed.parts.map((part) => {
        const label = `${wordOf(t, qualityTexts.en, 'field', part.field)} · ${format.count(part.count)}`
        return (
          <Chip
            key={part.field}
            label={part.field === field ? '' : label}
            {...(part.field === field
              ? {
                  value: label,
                  ...(all ? { onClear: () => setSearch({ field: undefined }) } : {}),
                }
              : { onClick: () => setSearch({ field: part.field }) })}
          />
        )
      })}
    </Chips>
  )
}

function Rows({ listed }: { listed: Listed }) {
  const words = useTexts(checkTexts)
  const { id: check, count } = listed
  const field = useField(listed)
  const list = usePages('quality.rows', { check, ...(field ? { field } : {}) })
  const selection = useSelection()
  const mayMend = useMayMend()
  const columns = useColumns(check)
  const total =
    field === undefined ? count : listed.parts?.find((part) => part.field === field)?.count
  const caption = words(`found_${check}`, { count })
  return (
    <Answered query={list.query} shape="table">
      {() => (
        <>
          <DataTable
            caption={caption}
            rows={list.rows}
            columns={columns}
            rowId={(row) => row.id}
            rowLabel={(row) => row.name}
            rowLink={(row) => linkOf(check, row)}
            more={{ ...list.more, ...(check === 'missing-rates' ? {} : { total }) }}
            stale={list.query.isStale}
            {...(mayMend && CheckBar.mends(check) ? { selection } : {})}
          />
          {mayMend && (
            <CheckBar
              check={check}
              field={field}
              rows={list.rows}
              selection={selection}
              total={total}
            />
          )}
        </>
      )}
    </Answered>
  )
}
