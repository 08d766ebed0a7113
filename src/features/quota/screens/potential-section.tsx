// Weights from potential: what results are set against, the line through them and how far it carries.
import { Button } from '@mantine/core'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { Chart } from '../../../web/ui/chart.tsx'
import { LongField } from '../../../web/ui/form.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { partsOf } from '../calc/allocate.ts'
import { fitPotential, type PotentialFit } from '../calc/potential.ts'
import { allocateTexts } from '../texts-allocate.ts'
import type { Plan } from './allocate-screen.tsx'
import { readOwnNumbers } from './own-numbers.ts'
import { useExactAmount, useQuotaAmount } from './quota-words.ts'

const drivers = ['customers', 'pipeline', 'last-year', 'own'] as const
type Driver = (typeof drivers)[number]

/** The driver in the address; customers unless it says another. */
export const readDriver = (text: string | undefined): Driver =>
  drivers.find((one) => one === text) ?? 'customers'

/** From here on a line is worth being called one: a quarter of the differences. */
const sayingSomething = 0.25

interface OwnNumbersProps {
  plan: Plan
  /** Absent while another plan is on its way. */
  take?: (parts: number[]) => void
  ownNumbers: string
  setOwnNumbers: (text: string) => void
}

export function PotentialSection(props: OwnNumbersProps) {
  const { plan } = props
  const t = useTexts(allocateTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const driver = readDriver(search.driver)
  return (
    <Section title={t('potential')}>
      <Pills
        label={t('driver')}
        labelled
        value={driver}
        options={drivers.map((value) => ({ value, label: t(`driver_${value}`) }))}
        onChange={(chosen) => setSearch({ driver: chosen === 'customers' ? undefined : chosen })}
      />
      {driver === 'own' ? (
        <OwnNumbers {...props} />
      ) : (
        plan.potential && (
          <Fitted
            plan={plan}
            fit={plan.potential.fit as PotentialFit}
            before={plan.rows.map(({ potential }) => potential?.before.value)}
            money={plan.potential.unit === 'money'}
            driver={driver}
          />
        )
      )}
    </Section>
  )
}

/** Potential as a column of numbers that somebody knows: inhabitants, machines, outlets. */
function OwnNumbers(props: OwnNumbersProps) {
  const { plan, take, ownNumbers, setOwnNumbers } = props
  const t = useTexts(allocateTexts)
  const format = useFormat()
  const language = useLanguage()
  const names = plan.rows.map(({ holder }) => holder.name)
  const { values, unread } = readOwnNumbers(ownNumbers, names, language)
  const { fit, expected } = fitPotential(
    plan.rows.map(({ lastYear, wholeLastYear }, i) => ({
      before: values[i],
      now: values[i],
      result: lastYear.value,
      whole: wholeLastYear,
    })),
  )
  const parts =
    fit.status === 'ok'
      ? partsOf(
          plan.total,
          plan.rows.map(({ load }, i) => ({ base: expected[i]?.value ?? 0, load })),
        )
      : undefined
  return (
    <>
      <LongField
        name="own"
        label={t('own_numbers')}
        hint={t('own_hint')}
        value={ownNumbers}
        onChange={setOwnNumbers}
        rows={6}
        maxLength={100_000}
      />
      {unread.length > 0 && (
        <p role="alert" className="quota-unread">
          {t('own_unread', {
            count: unread.length,
            lines: format.list(unread.slice(0, 10).map((line) => format.count(line))),
          })}
        </p>
      )}
      {ownNumbers.trim() !== '' && (
        <Fitted plan={plan} fit={fit} before={values} money={false} driver="own" />
      )}
      {parts && take && (
        <Button
          variant="default"
          className="quota-take"
          onClick={() => {
            take(parts)
            toast.done(t('own_taken'))
          }}
        >
          {t('own_take')}
        </Button>
      )}
    </>
  )
}

/** The sentence of the line, its points, and what it rests on; or why there is none. */
function Fitted(props: {
  plan: Plan
  fit: PotentialFit
  before: readonly (number | undefined)[]
  money: boolean
  driver: Driver
}) {
  const { plan, fit, before, money, driver } = props
  const t = useTexts(allocateTexts)
  const format = useFormat()
  const exact = useExactAmount(plan)
  const short = useQuotaAmount(plan)
  // Open deals are money also where what is handed down is counted.
  const base = useOrganisation().data?.settings.baseCurrency ?? plan.currency
  const potentialText = useQuotaAmount({ currency: money ? base : null })
  const about = t(`about_${driver}`)
  const leaves = <p className="k-section-note">{t('fit_leaves')}</p>
  if (fit.status === 'not_enough_data' || fit.status === 'no_variation') {
    return (
      <>
        <p className="quota-fit">
          {t(`fit_${fit.status}`, {
            n: format.count(fit.n),
            needed: format.count(fit.needed),
          })}
        </p>
        <p className="k-section-note">{about}</p>
        {driver !== 'own' && leaves}
      </>
    )
  }
  const { intercept = 0, slope = 0, r2 = 0, predictedR2 = 0 } = fit
  const share = format.rate(r2, 0)
  const finding =
    fit.status === 'flat'
      ? t('fit_flat')
      : t(r2 >= sayingSomething ? 'fit_ok' : 'fit_weak', { r2: share })
  const points = plan.rows
    .flatMap(({ holder, lastYear, wholeLastYear }, i) => {
      const at = before[i]
      return at === undefined || lastYear.value === undefined || !wholeLastYear
        ? []
        : [{ name: holder.name, at, result: lastYear.value }]
    })
    .sort((a, b) => a.at - b.at)
  return (
    <>
      <Chart
        finding={finding}
        note={t('fit_axis', { about })}
        categoryLabel={t('fit_table')}
        kind="dots"
        categories={points.map(({ name, at }) => `${name} · ${potentialText(at)}`)}
        along={{ at: points.map(({ at }) => at), format: potentialText }}
        format={exact}
        axisFormat={short}
        series={[
          { name: t('fit_points'), values: points.map(({ result }) => result) },
          {
            name: t('fit_line'),
            straight: true,
            values: points.map(({ at }) => Math.round(intercept + slope * at)),
          },
        ]}
      />
      <p className="k-section-note">
        {t('fit_note', {
          n: format.count(fit.n),
          predicted: predictedR2 < 0 ? t('fit_worse') : format.rate(predictedR2, 0),
        })}{' '}
        {driver !== 'own' && t(fit.status === 'ok' ? 'fit_takes' : 'fit_leaves')}
      </p>
    </>
  )
}
