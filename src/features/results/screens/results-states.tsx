// What a page of results shows where there are none: nothing yet, nothing in the period, nothing for the filters.
import { ScreenLink, useGo, useOrg } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisations } from '../../../web/organisation.ts'
import { Panel } from '../../../web/ui/page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import type { ShownPeriod } from './period-chip.tsx'
import type { Chosen } from './use-selection.ts'

/** An organisation without deals: the three ways to some. */
export function NothingYet() {
  const t = useTexts(resultsTexts)
  const go = useGo()
  const org = useOrg()
  const demo = useOrganisations().find((one) => one.kind === 'demo' && one.slug !== org)
  return (
    <Panel>
      <Empty
        kind="nothing-yet"
        title={t('nothing_yet_title')}
        text={t('nothing_yet_text')}
        action={{ label: t('import_file'), run: () => go('imports') }}
      />
      <p className="results-more-ways">
        <ScreenLink to="deals" search={{ new: '1' }}>
          {t('enter_deal')}
        </ScreenLink>
        {demo && (
          <ScreenLink to="overview" org={demo.slug}>
            {t('see_demo')}
          </ScreenLink>
        )}
      </p>
    </Panel>
  )
}

/** Nothing within what is chosen; the way out is to choose less. */
export function NothingHere(props: { chosen: Chosen; period: ShownPeriod }) {
  const { chosen, period } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const words = { period: format.period(period) }
  if (chosen.asOf !== undefined) {
    return (
      <Empty
        kind="nothing-for-filter"
        title={t('nothing_known', { date: format.date(chosen.asOf) })}
        text={t('nothing_known_text')}
        action={{ label: t('known_now'), run: () => chosen.set('asOf', undefined) }}
      />
    )
  }
  if (chosen.filtered) {
    return (
      <Empty
        kind="nothing-for-filter"
        title={t('nothing_for_filter')}
        text={t('nothing_for_filter_text', words)}
        action={{ label: t('clear_filters'), run: chosen.clear }}
      />
    )
  }
  return (
    <Empty
      kind="nothing-for-filter"
      title={t('nothing_in_period', words)}
      text={t('nothing_in_period_text')}
      {...(period.byDefault
        ? {}
        : { action: { label: t('period_last'), run: () => chosen.setPeriod(undefined) } })}
    />
  )
}
