// A whole page as a screen would write it, for the frame and the pictures.
import type { ReactNode } from 'react'
import { useFormat, useTexts } from '../language.ts'
import { Change } from '../ui/change.tsx'
import { Chart } from '../ui/chart.tsx'
import { Chip, ChipMenu, Chips } from '../ui/chip.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Figure } from '../ui/figure.tsx'
import { IntervalDot } from '../ui/interval-dot.tsx'
import { Page, Section, Split } from '../ui/page.tsx'
import { ThreeSides } from '../ui/three-sides.tsx'
import {
  averageDeal,
  dealsWon,
  dealsWonBefore,
  monthRevenue,
  months,
  notMeasured,
  repeatShare,
  revenue,
  revenueBefore,
  type SampleSeller,
  sellers,
  winRate,
} from './sample.ts'
import { galleryTexts } from './texts.ts'

export function SampleChips() {
  const t = useTexts(galleryTexts)
  const format = useFormat()
  const quarter = (from: string, until: string) => format.period({ from, until })
  return (
    <Chips>
      <ChipMenu
        label=""
        value="2017-Q4"
        note={t('last_with_data')}
        options={[
          { value: '2017-Q4', label: quarter('2017-10-01', '2018-01-01') },
          { value: '2017-Q3', label: quarter('2017-07-01', '2017-10-01') },
        ]}
        onChoose={() => {}}
      />
      <Chip label={t('against')} value={quarter('2017-07-01', '2017-10-01')} />
      <Chip label="" value={t('everyone')} onClear={() => {}} />
      <Chip label={t('product')} />
    </Chips>
  )
}

export function SampleSides() {
  const t = useTexts(galleryTexts)
  const format = useFormat()
  return (
    <ThreeSides
      sides={[
        {
          side: 'numbers',
          head: { name: t('revenue'), figure: revenue, why: { metric: 'revenue' } },
          change: <Change now={revenue} before={revenueBefore} against={t('quarter_before')} />,
          trend: [27, 22, 25, 29, 22, 26, 28, 23, 25, 27],
          rows: [
            {
              label: t('deals_won'),
              figure: dealsWon,
              why: { metric: 'deals-won' },
              aside: format.signed((dealsWon.value ?? 0) - (dealsWonBefore.value ?? 0)),
            },
            { label: t('win_rate'), figure: winRate, why: { metric: 'win-rate' } },
            {
              label: t('average_deal'),
              figure: averageDeal,
              why: { metric: 'average-deal' },
              aside: format.relative(-0.012),
            },
          ],
        },
        {
          side: 'quality',
          head: { name: t('satisfaction'), figure: notMeasured(t('not_measured')) },
          text: t('quality_text'),
          rows: [
            { label: t('satisfaction'), action: { label: t('set_up'), to: 'settings' } },
            { label: t('complaints'), action: { label: t('import'), to: 'imports' } },
          ],
        },
        {
          side: 'loyalty',
          head: {
            name: t('bought_again'),
            figure: repeatShare,
            why: { metric: 'repeat-share' },
            note: t('of_repeat'),
          },
          trend: [60, 75, 84, 88, 90, 92, 93, 95, 96, 97],
          rows: [
            {
              label: t('new_customers'),
              figure: { value: 0, unit: 'count' },
              why: { metric: 'new-customers' },
              aside: format.signed(-2),
            },
            {
              label: t('bought_again'),
              figure: { value: 85, unit: 'count' },
              why: { metric: 'repeat-share' },
              aside: t('of_85'),
            },
          ],
        },
      ]}
    />
  )
}

export function SampleBars() {
  const t = useTexts(galleryTexts)
  const format = useFormat()
  return (
    <Chart
      kind="bars"
      finding={t('chart_finding')}
      note={t('chart_note')}
      categoryLabel={t('month')}
      categories={months.map((month) => format.shortMonth(month))}
      series={[{ name: t('revenue'), values: monthRevenue, current: (index) => index >= 7 }]}
      format={(value) => format.money(value, 'EUR', { digits: 'whole', currency: true })}
      axisFormat={(value) => (value === 0 ? '0' : format.number(value / 1e8, 2))}
    />
  )
}

export function SampleBoard(props: { stale?: boolean; more?: boolean }) {
  const t = useTexts(galleryTexts)
  const format = useFormat()
  const why = (row: SampleSeller, metric: string) => ({
    metric,
    where: { seller: [row.id] },
    period: '2017-Q4',
  })
  return (
    <DataTable
      caption={t('sellers')}
      rows={sellers}
      rowId={(row) => row.id}
      rowLabel={(row) => row.name}
      rowLink={(row) => ({ to: `sellers/${row.id}` })}
      groups={(row) => t(row.group)}
      stale={props.stale ?? false}
      sort={{ by: 'revenue', down: true }}
      onSort={() => {}}
      columns={[
        { id: 'name', head: t('seller'), main: true, cell: (row) => row.name },
        { id: 'team', head: t('team'), cell: (row) => row.team },
        {
          id: 'revenue',
          head: t('revenue'),
          align: 'right',
          keep: true,
          sortable: true,
          cell: (row) => (
            <Figure figure={row.revenue} name={t('revenue')} why={why(row, 'revenue')} />
          ),
        },
        {
          id: 'rate',
          head: t('win_rate'),
          align: 'right',
          keep: true,
          sortable: true,
          cell: (row) => (
            <Figure figure={row.winRate} name={t('win_rate')} why={why(row, 'win-rate')} />
          ),
        },
        {
          id: 'dot',
          head: '',
          headNote: format.interval(0.35, 0.85, 'rate'),
          width: '150px',
          cell: (row) => (
            <IntervalDot
              value={row.winRate.value}
              low={row.winRate.low}
              high={row.winRate.high}
              from={0.35}
              until={0.85}
              whole={0.603}
              label={format.interval(row.winRate.low ?? 0, row.winRate.high ?? 0, 'rate')}
            />
          ),
        },
      ]}
      {...(props.more ? { more: { shown: 6, total: 1985, next: () => {} } } : {})}
    />
  )
}

function Mover(props: { name: string; amount: number; note: ReactNode }) {
  const before = { value: 100, currency: 'EUR', unit: 'money' as const }
  return (
    <li className="k-gallery-mover">
      <span>{props.name}</span>
      <Change
        as="absolute"
        now={{ ...before, value: 100 + props.amount * 100 }}
        before={before}
        good="up"
      />
      <span className="k-muted">{props.note}</span>
    </li>
  )
}

export function SampleOverview() {
  const t = useTexts(galleryTexts)
  return (
    <Page finding={t('finding')} note={t('finding_note')} chips={<SampleChips />}>
      <SampleSides />
      <Split
        main={<SampleBars />}
        side={
          <Section title={t('changed_most')} note={t('changed_note')}>
            <ul className="k-gallery-movers">
              <Mover name="West" amount={-171_020} note={`77 ${t('deals')}`} />
              <Mover name="GTX Plus Pro" amount={-98_410} note={t('why_moves')} />
              <Mover name="Nord" amount={44_905} note={t('same')} />
            </ul>
          </Section>
        }
      />
      <Section title={t('sellers')} note={t('sellers_note')}>
        <SampleBoard />
      </Section>
    </Page>
  )
}
