// The sellers: the board first, then the list of records.
import { Button } from '@mantine/core'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { Page, Panel } from '../../../web/ui/page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { BoardSection, useBoardChoice } from '../../results/screens/board-section.tsx'
import type { Board, BoardOn } from '../../results/screens/board-table.tsx'
import { SelectionChips } from '../../results/screens/selection-chips.tsx'
import { useSelection } from '../../results/screens/use-selection.ts'
import { resultsTexts } from '../../results/texts.ts'
import { teamTexts } from '../texts.ts'
import { SellerList } from './seller-list.tsx'
import { useMayManage } from './team-rights.ts'

export function SellersScreen() {
  const t = useTexts(teamTexts)
  const chosen = useSelection()
  const go = useGo()
  const search = useSearch()
  const setSearch = useSetSearch()
  const mayManage = useMayManage()
  const { on } = useBoardChoice('seller')
  const counts = useOrganisation().data?.counts
  const lang = useLanguage()
  const board = useOperation('results.board', { by: 'seller', on, lang, ...chosen.input })
  const words = useFinding(board.data, on)
  const add = () => setSearch({ seller_form: 'new' })
  const actions = mayManage && <Button onClick={add}>{t('seller_add')}</Button>
  if (counts?.sellers === 0 && search.state === undefined) {
    return (
      <Page finding={t('sellers_finding_none')}>
        <Panel>
          <Empty
            kind="nothing-yet"
            title={t('first_title')}
            text={t('first_text')}
            {...(mayManage ? { action: { label: t('seller_add'), run: add } } : {})}
          />
          {mayManage && (
            <p className="results-more-ways">
              <button type="button" className="k-link" onClick={() => go('imports')}>
                {t('import_file')}
              </button>
            </p>
          )}
        </Panel>
      </Page>
    )
  }
  return (
    <Page
      finding={words.finding}
      note={words.note}
      exports={{ table: 'sellers', filter: {} }}
      chips={<SelectionChips chosen={chosen} period={board.data?.period} />}
      actions={actions}
    >
      <BoardSection chosen={chosen} fixed="seller" />
      <SellerList />
    </Page>
  )
}

/** The board in one sentence: how many are ahead, how many behind, or that nobody can be told apart. */
function useFinding(board: Board | undefined, on: BoardOn): { finding: string; note: string } {
  const t = useTexts(teamTexts)
  const results = useTexts(resultsTexts)
  if (board === undefined) return { finding: t('sellers'), note: t('sellers_note') }
  const metric = results(`metric_within_${on}`)
  const compared = board.rows.filter((row) => row.group !== null)
  const ahead = compared.filter((row) => row.group === 'ahead').length
  const behind = compared.filter((row) => row.group === 'behind').length
  const count = compared.length
  if (!board.grouped || count < 2) {
    return {
      finding: t('sellers_finding_few', { count: board.rows.length }),
      note: t('sellers_note'),
    }
  }
  if (ahead + behind === 0) {
    return { finding: t('sellers_finding_alike', { metric, count }), note: t('sellers_note') }
  }
  const level = count - ahead - behind
  const which =
    behind === 0
      ? 'sellers_finding_ahead'
      : ahead === 0
        ? 'sellers_finding_behind'
        : 'sellers_finding_groups'
  return {
    finding: t(which, { metric, count, ahead, behind }),
    note: level === 0 ? t('sellers_note') : t('sellers_note_level', { count: level }),
  }
}
