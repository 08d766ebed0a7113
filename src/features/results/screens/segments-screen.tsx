// The card of a segment: what it buys, how often, won or lost, and what it does not buy yet.
import { Button } from '@mantine/core'
import { ScreenLink, useGo } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chips } from '../../../web/ui/chip.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import { cardsTexts } from '../texts-cards.ts'
import { CardFigures, CardTable, Marked, Share, useCardNote } from './card-parts.tsx'
import { AddFilter, FilterChip } from './filter-chip.tsx'
import { PeriodChip } from './period-chip.tsx'
import type { Where } from './selection.ts'
import { askOf, type Chosen, useSelection } from './use-selection.ts'

type Card = Answer<'results.segment-card'>
const dimensions = ['industry', 'country', 'region', 'size', 'source'] as const
type Dimension = (typeof dimensions)[number]

/** What of the address makes a segment: the first two demographics in it. */
function segmentOf(where: Where): Dimension[] {
  return dimensions.filter((one) => (where[one]?.length ?? 0) > 0).slice(0, 2)
}

export function SegmentsScreen() {
  const chosen = useSelection()
  const segment = segmentOf(chosen.where)
  return segment.length === 0 ? (
    <ChooseSegment />
  ) : (
    <SegmentPage chosen={chosen} segment={segment} />
  )
}

function SegmentPage(props: { chosen: Chosen; segment: Dimension[] }) {
  const { chosen, segment } = props
  const t = useTexts(cardsTexts)
  const lang = useLanguage()
  const noteOf = useCardNote()
  const go = useGo()
  const where = Object.fromEntries(segment.map((one) => [one, chosen.where[one] ?? []]))
  const { where: _, ...when } = chosen.input
  const card = useOperation('results.segment-card', { where, lang, ...when })
  const { data } = card
  const count = data?.figures.buyers.value ?? 0
  const name = data ? nameOf(data, t) : ''
  const finding =
    data === undefined
      ? t('choose_finding')
      : count === 0
        ? t('segment_finding_none', { name })
        : t('segment_finding', { count, name })
  return (
    <Page
      finding={finding}
      note={data && noteOf(data.period, when.asOf)}
      exports={{ table: 'segment-card', filter: { where, ...when } }}
      chips={
        <Chips>
          <PeriodChip shown={data?.period} onChoose={chosen.setPeriod} all={t('everything')} />
          {segment.map((dimension) => (
            <FilterChip
              key={dimension}
              dimension={dimension}
              cells={chosen.where[dimension] ?? []}
              onChange={(cells) => chosen.filter({ [dimension]: cells }, { replace: true })}
            />
          ))}
          {segment.length < 2 && (
            <AddFilter
              dimensions={dimensions.filter((one) => !segment.includes(one))}
              where={chosen.where}
              onChange={(more) => chosen.filter(more, { replace: true })}
            />
          )}
        </Chips>
      }
      actions={
        <Button variant="default" onClick={() => go('segments')}>
          {t('other_segment')}
        </Button>
      }
    >
      <Answered query={card} shape="page">
        {(answer) => <SegmentCard card={answer} where={where} />}
      </Answered>
    </Page>
  )
}

function nameOf(card: Card, t: (key: 'none') => string): string {
  return card.segment
    .map(({ cells }) => cells.map((cell) => (cell === '-' ? t('none') : cell)).join(' / '))
    .join(' · ')
}

function SegmentCard(props: { card: Card; where: Where }) {
  const { card, where } = props
  const t = useTexts(cardsTexts)
  const ask = askOf(where, card.period.id)
  const { figures, others } = card
  return (
    <div className="cards-stack">
      <Section title={t('figures')}>
        <CardFigures
          figures={[
            { name: t('revenue'), figure: figures.revenue, why: ask('revenue') },
            { name: t('buyers'), figure: figures.buyers },
            { name: t('purchases'), figure: figures.purchases, digits: 1 },
            {
              name: t('repurchase'),
              figure: figures.repurchaseRate,
              why: ask('repurchase-rate'),
              digits: 0,
            },
            { name: t('average_deal'), figure: figures.averageDeal, why: ask('average-deal') },
            { name: t('won'), figure: figures.won, why: ask('deals-won') },
            { name: t('lost'), figure: figures.lost, why: ask('deals-lost') },
            { name: t('win_rate'), figure: figures.winRate, why: ask('win-rate'), digits: 0 },
            {
              name: t('others_win_rate'),
              figure: others.winRate,
              digits: 0,
              note: t(others.differs ? 'differs' : 'differs_not'),
            },
          ]}
        />
      </Section>
      <div className="cards-grid">
        <Buys card={card} />
        <NotYet card={card} />
      </div>
    </div>
  )
}

function Buys({ card }: { card: Card }) {
  const t = useTexts(cardsTexts)
  const { buys, products } = card
  return (
    <Section title={t('buys')} note={t('buys_note')}>
      <CardTable
        caption={t('buys')}
        heads={[t('product'), t('customers'), t('share')]}
        rows={buys.map(({ product, buyers, share, small }) => ({
          id: product.id,
          name: (
            <Marked
              name={<ScreenLink to={`products/${product.id}/card`}>{product.name}</ScreenLink>}
              small={small}
            />
          ),
          values: [
            { id: 'buyers', value: buyers },
            { id: 'share', value: <Share figure={share} name={product.name} /> },
          ],
        }))}
      />
      {buys.some(({ small }) => small) && <p className="cards-note">{t('small_note')}</p>}
      {products > buys.length && (
        <p className="cards-note">{t('buys_first', { shown: buys.length, count: products })}</p>
      )}
    </Section>
  )
}

function NotYet({ card }: { card: Card }) {
  const t = useTexts(cardsTexts)
  const { rows, note } = card.notYet
  return (
    <Section title={t('not_yet')} note={rows.length > 0 ? t('not_yet_note') : undefined}>
      {note && <p className="cards-note">{note}</p>}
      {rows.length > 0 && (
        <CardTable
          caption={t('not_yet')}
          heads={[t('product'), t('share'), t('others')]}
          rows={rows.map(({ product, share, others }) => ({
            id: product.id,
            name: <ScreenLink to={`products/${product.id}/card`}>{product.name}</ScreenLink>,
            values: [
              { id: 'share', value: <Share figure={share} name={product.name} /> },
              { id: 'others', value: <Share figure={others} name={t('others')} /> },
            ],
          }))}
        />
      )}
    </Section>
  )
}

function ChooseSegment() {
  const t = useTexts(cardsTexts)
  return (
    <Page finding={t('choose_finding')} note={t('choose_note')}>
      <div className="cards-grid">
        {dimensions.map((dimension) => (
          <Cells key={dimension} dimension={dimension} />
        ))}
      </div>
    </Page>
  )
}

/** Classes of size by their number, all others as they came. */
function inOrder(dimension: Dimension, rows: Answer<'results.cells'>['rows']) {
  if (dimension !== 'size') return rows
  const from = (cell: (typeof rows)[number]) =>
    Number.parseInt(String(cell).replaceAll(',', ''), 10) || 0
  return rows.toSorted((a, b) => from(a) - from(b))
}

function Cells({ dimension }: { dimension: Dimension }) {
  const t = useTexts(cardsTexts)
  const words = useTexts(resultsTexts)
  const cells = useOperation('results.cells', { dimension, limit: 60 })
  return (
    <Section title={words(`dimension_${dimension}`)}>
      <Answered query={cells} shape="panel">
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="cards-note">{t('choose_none')}</p>
          ) : (
            <ul className="cards-cells">
              {inOrder(dimension, rows).map((cell) =>
                typeof cell === 'string' ? (
                  <li key={cell}>
                    <ScreenLink to="segments" search={{ [dimension]: cell }}>
                      {cell}
                    </ScreenLink>
                  </li>
                ) : null,
              )}
            </ul>
          )
        }
      </Answered>
    </Section>
  )
}
