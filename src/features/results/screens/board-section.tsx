// The board within a page: by whom and on what, both in the address.
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ChipMenu } from '../../../web/ui/chip.tsx'
import { ExportMenu } from '../../../web/ui/export-menu.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import { type BoardBy, type BoardOn, BoardTable } from './board-table.tsx'
import { askOf, type Chosen } from './use-selection.ts'

const bys: readonly BoardBy[] = ['seller', 'team', 'manager', 'office']
const ons: readonly BoardOn[] = ['win-rate', 'average-deal', 'revenue']

const pages: Partial<Record<BoardBy, string>> = {
  seller: 'sellers',
  team: 'teams',
  office: 'teams',
}

/** What the board is by and on, from the address. */
export function useBoardChoice(fixed?: BoardBy): { by: BoardBy; on: BoardOn } {
  const search = useSearch()
  return {
    by: fixed ?? bys.find((one) => one === search.by) ?? 'seller',
    on: ons.find((one) => one === search.on) ?? 'win-rate',
  }
}

/** Chips for {@link useBoardChoice}; `by` only where it is not fixed. */
function BoardChips(props: { fixed?: BoardBy | undefined }) {
  const t = useTexts(resultsTexts)
  const setSearch = useSetSearch()
  const { by, on } = useBoardChoice(props.fixed)
  return (
    <>
      {props.fixed === undefined && (
        <ChipMenu
          label={t('board_by')}
          value={by}
          options={bys.map((value) => ({ value, label: t(`dimension_${value}`) }))}
          onChoose={(value) => setSearch({ by: value === 'seller' ? undefined : value })}
        />
      )}
      <ChipMenu
        label={t('board_on')}
        value={on}
        options={ons.map((value) => ({ value, label: t(`metric_${value}`) }))}
        onChoose={(value) => setSearch({ on: value === 'win-rate' ? undefined : value })}
      />
    </>
  )
}

export interface BoardSectionProps {
  chosen: Chosen
  fixed?: BoardBy
  title?: string
}

export function BoardSection(props: BoardSectionProps) {
  const { chosen, fixed } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const { by, on } = useBoardChoice(fixed)
  const lang = useLanguage()
  const board = useOperation('results.board', { by, on, lang, ...chosen.input })
  const page = pages[by]
  return (
    <Section
      title={props.title ?? t(`board_${by}`)}
      note={board.data && t('board_note', { period: format.period(board.data.period) })}
      actions={
        <>
          <BoardChips fixed={fixed} />
          <ExportMenu table="board" filter={{ by, on, ...chosen.input }} small />
        </>
      }
    >
      <Answered
        query={board}
        empty={(data) =>
          data.rows.length === 0 ? (
            <p className="results-pop-none">{t('board_empty')}</p>
          ) : undefined
        }
      >
        {(data) => (
          <BoardTable
            board={data}
            by={by}
            ask={askOf(chosen.where, data.period.id)}
            {...(page === undefined ? {} : { link: (id) => `${page}/${id}` })}
          />
        )}
      </Answered>
    </Section>
  )
}
