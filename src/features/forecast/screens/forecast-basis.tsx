// What the forecast rests on: the methods as they did on the past, and the chances of the stages.

import { dash } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { IntervalDot } from '../../../web/ui/interval-dot.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { forecastTexts } from '../texts.ts'
import { useAmounts } from './amounts.ts'
import type { Forecast } from './forecast-screen.tsx'

/** As many as the server asks for before a model is shown. */
const originsNeeded = 12

type Model = Forecast['models'][number]

export function ForecastModels({ data }: { data: Forecast }) {
  const t = useTexts(forecastTexts)
  const { error } = useAmounts(data)
  if (data.models.length === 0) return null
  // Where weeks are too few for seasons the baseline is the last one.
  const seasonal = data.periods.seasonal !== data.periods.tested
  const name = (model: Model) =>
    model.method === 'seasonal_naive' && !seasonal ? t('method_last') : t(`method_${model.method}`)
  const columns: Column<Model>[] = [
    {
      id: 'method',
      head: t('method'),
      main: true,
      cell: (model) => (
        <>
          {name(model)}
          {model.shown && <span className="forecast-shown">{t('method_shown')}</span>}
        </>
      ),
    },
    { id: 'origins', head: t('origins'), align: 'right', cell: (model) => String(model.origins) },
    { id: 'off', head: t('off'), align: 'right', keep: true, cell: (model) => error(model.mae) },
    {
      id: 'off_baseline',
      head: t('off_baseline'),
      align: 'right',
      keep: true,
      cell: (model) => (model.method === 'seasonal_naive' ? dash : error(model.naiveMae)),
    },
    {
      id: 'inside',
      head: t('inside'),
      align: 'right',
      cell: (model) => t('of', model.coverage80),
    },
  ]
  return (
    <Section title={t('models')} note={t('models_note', { origins: originsNeeded })}>
      <DataTable
        caption={t('models')}
        rows={data.models}
        columns={columns}
        rowId={(model) => model.method}
        rowLabel={name}
      />
    </Section>
  )
}

type Stage = NonNullable<Forecast['pipeline']>['stages'][number]

export function ForecastStages({ data }: { data: Forecast }) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const { pipeline } = data
  if (pipeline === null) return null
  const name = (stage: Stage) => stage.stage ?? t('all_deals')
  const columns: Column<Stage>[] = [
    { id: 'stage', head: t('stage'), main: true, cell: name },
    {
      id: 'chance',
      head: t('chance'),
      align: 'right',
      keep: true,
      cell: (stage) => format.rate(stage.chance),
    },
    {
      id: 'interval',
      head: '0–100 %',
      width: '160px',
      cell: ({ chance, low, high }) => (
        <IntervalDot
          value={chance}
          low={low}
          high={high}
          from={0}
          until={1}
          label={format.interval(low, high, 'rate')}
        />
      ),
    },
    {
      id: 'closed',
      head: t('closed'),
      align: 'right',
      cell: (stage) => format.count(stage.closed),
    },
    {
      id: 'days',
      head: t('median_days'),
      align: 'right',
      cell: (stage) => (stage.medianDays === null ? dash : format.number(stage.medianDays, 0)),
    },
    {
      id: 'open',
      head: t('open'),
      align: 'right',
      keep: true,
      cell: (stage) => format.count(stage.open),
    },
  ]
  const { test } = pipeline
  const note = [
    t('stages_note', { count: pipeline.deals }),
    ...(test === null
      ? []
      : [t('stages_tested', { ...test.coverage80, points: format.count(test.origins) })]),
    pipeline.teamWeight === null
      ? t('teams_alike')
      : t('teams_differ', { weight: format.count(Math.round(pipeline.teamWeight)) }),
  ].join(' ')
  return (
    <Section title={t('stages')} note={note}>
      <DataTable
        caption={t('stages')}
        rows={pipeline.stages}
        columns={columns}
        rowId={name}
        rowLabel={name}
      />
    </Section>
  )
}
