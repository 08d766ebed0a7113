// Sections of the gallery: one kind of part each, in all its states.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSetSearch } from '../address.tsx'
import { useFormat, useTexts } from '../language.ts'
import { Problem } from '../problem.ts'
import { Change } from '../ui/change.tsx'
import { Chart } from '../ui/chart.tsx'
import { ConfirmByName } from '../ui/confirm-by-name.tsx'
import { ConflictNotice } from '../ui/conflict-notice.tsx'
import { DropZone } from '../ui/drop-zone.tsx'
import { Figure, MissingReason } from '../ui/figure.tsx'
import { HistoryList } from '../ui/history-list.tsx'
import { IntervalDot } from '../ui/interval-dot.tsx'
import { Panel, Section } from '../ui/page.tsx'
import { ProgressBar } from '../ui/progress.tsx'
import { Sparkline } from '../ui/sparkline.tsx'
import { Answered, Empty, Failed, Loading } from '../ui/states.tsx'
import { toast } from '../ui/toast.tsx'
import { SampleBoard } from './overview-sample.tsx'
import {
  averageDeal,
  cycle,
  dealsWon,
  dealsWonBefore,
  months,
  notEnough,
  revenue,
  revenueBefore,
  sellers,
  winRate,
  winRateBefore,
} from './sample.ts'
import { galleryTexts } from './texts.ts'

export function Figures() {
  const t = useTexts(galleryTexts)
  const missing = notEnough(t('not_enough'), 14)
  return (
    <Section title={t('figures')}>
      <div className="k-gallery-row">
        <Figure figure={revenue} name={t('revenue')} why={{ metric: 'revenue' }} size="big" />
        <Figure
          figure={winRate}
          name={t('win_rate')}
          why={{ metric: 'win-rate' }}
          size="big"
          interval="beside"
        />
        <Figure figure={missing} name={t('win_rate')} why={{ metric: 'win-rate' }} size="big" />
        <MissingReason figure={missing} />
      </div>
      <div className="k-gallery-row">
        <Figure
          figure={averageDeal}
          name={t('average_deal')}
          why={{ metric: 'average-deal' }}
          unit
        />
        <Figure
          figure={averageDeal}
          name={t('average_deal')}
          why={{ metric: 'average-deal' }}
          digits={2}
          unit
        />
        <Figure
          figure={winRate}
          name={t('win_rate')}
          why={{ metric: 'win-rate' }}
          digits={1}
          interval="beside"
        />
        <Figure
          figure={winRate}
          name={t('win_rate')}
          why={{ metric: 'win-rate' }}
          interval="below"
        />
        <Figure
          figure={cycle}
          name={t('cycle')}
          why={{ metric: 'sales-cycle' }}
          interval="beside"
        />
        <Figure figure={missing} name={t('win_rate')} />
      </div>
      <div className="k-gallery-row">
        <Change now={revenue} before={revenueBefore} against={t('quarter_before')} />
        <Change now={revenueBefore} before={revenue} against={t('quarter_before')} />
        <Change now={winRate} before={winRateBefore} />
        <Change now={winRate} before={winRateBefore} certain={false} />
        <Change now={dealsWon} before={dealsWonBefore} as="absolute" good="neither" />
        <Change now={cycle} before={{ ...cycle, value: 60 }} good="down" as="absolute" />
        <Change now={cycle} before={cycle} />
      </div>
      <div className="k-gallery-states">
        <Sparkline values={[3, 5, 4, null, 6, 8, 7, 9]} label={t('revenue')} />
        <Sparkline values={[9, 8, 8.5, 8, 7.5, 8]} label={t('satisfaction')} side="quality" />
        <IntervalDot
          value={0.6}
          low={0.52}
          high={0.68}
          from={0.35}
          until={0.85}
          whole={0.63}
          label="52–68 %"
        />
        <IntervalDot
          low={0.38}
          high={0.8}
          from={0.35}
          until={0.85}
          whole={0.63}
          label="38–80 %"
          side="loyalty"
        />
      </div>
    </Section>
  )
}

export function Charts() {
  const t = useTexts(galleryTexts)
  const format = useFormat()
  const rate = (value: number) => format.rate(value, 0)
  const north = [0.58, 0.6, 0.61, 0.6, 0.62, 0.64, 0.63, 0.65, 0.64, 0.66]
  const south = [0.48, 0.49, 0.47, 0.52, 0.53, null, 0.56, 0.58, 0.59, 0.61]
  return (
    <>
      <Chart
        kind="lines"
        finding={t('lines_finding')}
        note={t('lines_note')}
        categoryLabel={t('month')}
        categories={months.map((month) => format.shortMonth(month))}
        series={[
          {
            name: 'Nord',
            values: north,
            low: north.map((value) => value - 0.03),
            high: north.map((value) => value + 0.03),
          },
          { name: 'Süd', values: south, side: 'loyalty', dashed: true },
        ]}
        format={rate}
      />
      <Chart
        kind="dots"
        flat
        finding={t('dots_finding')}
        note={t('dots_note')}
        categoryLabel={t('seller')}
        categories={sellers.map((one) => one.name)}
        series={[
          {
            name: t('win_rate'),
            values: sellers.map((one) => one.winRate.value ?? null),
            low: sellers.map((one) => one.winRate.low ?? null),
            high: sellers.map((one) => one.winRate.high ?? null),
          },
        ]}
        whole={{ value: 0.603, label: t('everyone') }}
        format={rate}
      />
      <Chart
        kind="bars"
        flat
        finding={t('ahead')}
        note={t('chart_note')}
        categoryLabel={t('seller')}
        categories={sellers.map((one) => one.name)}
        series={[{ name: t('revenue'), values: sellers.map((one) => one.revenue.value ?? null) }]}
        format={(value) => format.money(value, 'EUR', { digits: 'whole' })}
        axisFormat={(value) => format.compactMoney(value, 'EUR')}
      />
    </>
  )
}

export function Tables() {
  const t = useTexts(galleryTexts)
  return (
    <Section title={t('tables')}>
      <SampleBoard more />
      <SampleBoard stale />
    </Section>
  )
}

export function Buttons() {
  const t = useTexts(galleryTexts)
  return (
    <div className="k-gallery-row">
      <Button>{t('save_deal')}</Button>
      <Button variant="default">{t('import')}</Button>
      <Button variant="subtle">{t('set_up')}</Button>
      <Button variant="light">{t('set_up')}</Button>
      <Button color="attention">{t('confirm_action')}</Button>
      <Button disabled>{t('import')}</Button>
      <Button loading>{t('import')}</Button>
    </div>
  )
}

const asked = {
  data: undefined,
  problem: undefined,
  isLoading: true,
  isStale: false,
  retry: () => {},
}

function Broken(): never {
  throw new Error('A part of the gallery that always breaks')
}

export function States() {
  const t = useTexts(galleryTexts)
  return (
    <Section title={t('states')}>
      <div className="k-gallery-states">
        <Empty
          kind="nothing-yet"
          title={t('nothing_yet')}
          text={t('nothing_yet_text')}
          action={{ label: t('first_deal'), run: () => {} }}
        />
        <Empty
          kind="nothing-for-filter"
          title={t('no_match')}
          text={t('no_match_text')}
          action={{ label: t('clear'), run: () => {} }}
        />
        <Empty kind="not-enough" title={t('too_few')} text={t('too_few_text')} more={14} />
        <Empty kind="no-right" title={t('no_right')} text={t('no_right_text')} />
        <Failed
          problem={
            new Problem({
              code: 'period.unreadable',
              message: t('broken'),
              next: t('broken_next'),
              status: 422,
              id: '0192f3',
            })
          }
          retry={() => {}}
        />
        <Failed
          problem={new Problem({ code: 'server.unreachable', message: '', status: 0 })}
          retry={() => {}}
        />
        <Answered query={asked} shape="table">
          {() => null}
        </Answered>
        <Loading shape="panel" />
        <Answered query={{ ...asked, data: 1, isStale: true }}>
          {() => <Empty kind="nothing-yet" title={t('finding')} />}
        </Answered>
        <Answered query={{ ...asked, data: 1 }}>{() => <Broken />}</Answered>
      </div>
    </Section>
  )
}

export function Layers() {
  const t = useTexts(galleryTexts)
  const setSearch = useSetSearch()
  const [confirming, setConfirming] = useState(false)
  return (
    <Section title={t('layers')}>
      <div className="k-gallery-row">
        <Button variant="default" onClick={() => setSearch({ why: 'win-rate||' })}>
          {t('open_drawer')}
        </Button>
        <Button variant="default" onClick={() => setConfirming(true)}>
          {t('open_confirm')}
        </Button>
        <Button variant="default" onClick={() => toast.done(t('toast_done'))}>
          {t('toast_done')}
        </Button>
        <Button
          variant="default"
          onClick={() => toast.undo(t('toast_undo'), () => toast.done(t('toast_done')))}
        >
          {t('archived')}
        </Button>
        <Button
          variant="default"
          onClick={() =>
            toast.problem(
              new Problem({ code: 'import.twice', message: t('toast_problem'), status: 409 }),
            )
          }
        >
          {t('toast_problem')}
        </Button>
      </div>
      <ConfirmByName
        open={confirming}
        title={t('confirm_title')}
        name="Hanse Hardware"
        consequence={t('confirm_text')}
        action={t('confirm_action')}
        onConfirm={() => setConfirming(false)}
        close={() => setConfirming(false)}
      />
    </Section>
  )
}

export function Files() {
  const t = useTexts(galleryTexts)
  return (
    <Section title={t('files')}>
      <DropZone onFiles={() => {}} accept={['.csv', '.csv.gz']} hint={t('drop_hint')} />
      <ProgressBar
        label={t('importing')}
        done={5120}
        total={8800}
        unit={t('rows')}
        onCancel={() => {}}
      />
      <ProgressBar label={t('uploading')} done={1_240_000} total={1_240_000} unit="bytes" />
      <ProgressBar label={t('importing')} done={312} unit={t('rows')} />
    </Section>
  )
}

export function Histories() {
  const t = useTexts(galleryTexts)
  const format = useFormat()
  return (
    <Section title={t('history')}>
      <div className="k-gallery-states">
        <Panel>
          <HistoryList
            zone="Europe/Berlin"
            entries={[
              {
                id: '3',
                at: '2026-11-25T13:05:00Z',
                who: 'Henrike Brandt',
                text: t('history_edit'),
                details: [
                  {
                    label: t('amount'),
                    before: format.money(120_000, 'EUR'),
                    after: format.money(123_450, 'EUR'),
                  },
                ],
                undo: () => {},
              },
              {
                id: '2',
                at: '2026-11-24T09:00:00Z',
                who: 'Jonas Petersen',
                text: t('archived'),
                undone: true,
              },
              {
                id: '1',
                at: '2026-11-23T08:12:00Z',
                who: 'Jonas Petersen',
                text: t('history_new'),
              },
            ]}
          />
        </Panel>
        <ConflictNotice
          mine={{ name: 'Nordlicht GmbH', amount: 123_450 }}
          theirs={{ name: 'Nordlicht GmbH', amount: 118_000 }}
          who="Jonas Petersen"
          at="2026-11-25T13:05:00Z"
          zone="Europe/Berlin"
          fields={[
            { key: 'name', label: t('customer') },
            {
              key: 'amount',
              label: t('amount'),
              show: (value) => format.money(Number(value), 'EUR'),
            },
          ]}
          onTakeMine={() => {}}
          onTakeTheirs={() => {}}
        />
      </div>
    </Section>
  )
}
