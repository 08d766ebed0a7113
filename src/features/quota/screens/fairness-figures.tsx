// Whether the parts are fair, reckoned anew with every part that is changed.
import { useFormat, useTexts } from '../../../web/language.ts'
import { allocationFairness } from '../calc/fairness.ts'
import { allocateTexts } from '../texts-allocate.ts'
import type { Plan } from './allocate-screen.tsx'

export function FairnessFigures({ plan, parts }: { plan: Plan; parts: readonly number[] }) {
  const t = useTexts(allocateTexts)
  const format = useFormat()
  const known = plan.rows.some(({ lastYear }) => (lastYear.value ?? 0) !== 0)
  const { gini, implied, correlation, favours } = allocationFairness(
    plan.rows.map(({ lastYear }, i) => ({
      amount: parts[i] ?? 0,
      lastYear: known ? lastYear.value : undefined,
    })),
  )
  const percent = (value: number) => format.rate(value, 0)
  return (
    <>
      <dl className="quota-fair">
        {gini !== undefined && (
          <div>
            <dt>{t('gini')}</dt>
            <dd>
              {format.number(gini, 2)}
              <small>{t('gini_note')}</small>
            </dd>
          </div>
        )}
        {implied && (
          <div>
            <dt>{t('implied')}</dt>
            <dd>
              {t('implied_value', {
                reached: format.count(implied.atOrAbove),
                n: format.count(implied.n),
              })}
              <small>
                {t('implied_note', {
                  low: percent(implied.low),
                  high: percent(implied.high),
                  median: percent(implied.median),
                })}
              </small>
            </dd>
          </div>
        )}
        {correlation && (
          <div>
            <dt>{t('correlation')}</dt>
            <dd>
              {format.number(correlation.value, 2)}
              <small>
                {t('correlation_note', {
                  low: format.number(correlation.low, 2),
                  high: format.number(correlation.high, 2),
                })}
              </small>
            </dd>
          </div>
        )}
      </dl>
      <p className="k-section-note">
        {known ? t(favours ? `favours_${favours}` : 'favours_none') : t('fairness_none')}
      </p>
    </>
  )
}
