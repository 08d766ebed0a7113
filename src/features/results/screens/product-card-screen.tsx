// The card of a product: who buys it, with what, at what margin and discount, and why it is lost.
import { ScreenLink, useParams } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chips } from '../../../web/ui/chip.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import { cardsTexts } from '../texts-cards.ts'
import { CardFigures, CardTable, Marked, Share, useCardNote } from './card-parts.tsx'
import { PeriodChip } from './period-chip.tsx'
import { askOf, useSelection } from './use-selection.ts'

type Card = Answer<'results.product-card'>

export function ProductCardScreen() {
  const { id = '' } = useParams()
  const lang = useLanguage()
  const { input, setPeriod } = useSelection()
  const { where: _, ...when } = input
  const card = useOperation('results.product-card', { id, lang, ...when })
  return (
    <Answered query={card} shape="page">
      {(data) => <ProductCard card={data} when={when} setPeriod={setPeriod} />}
    </Answered>
  )
}

function ProductCard(props: {
  card: Card
  when: { period?: string; asOf?: string }
  setPeriod: (period: string | undefined) => void
}) {
  const { card } = props
  const t = useTexts(cardsTexts)
  const noteOf = useCardNote()
  const count = card.figures.buyers.value ?? 0
  const { name } = card.product
  return (
    <Page
      finding={
        count === 0 ? t('product_finding_none', { name }) : t('product_finding', { count, name })
      }
      note={noteOf(card.period, props.when.asOf)}
      exports={{ table: 'product-card', filter: { id: card.product.id, ...props.when } }}
      chips={
        <Chips>
          <PeriodChip shown={card.period} onChoose={props.setPeriod} all={t('everything')} />
        </Chips>
      }
      actions={<ScreenLink to={`products/${card.product.id}`}>{t('open_product')}</ScreenLink>}
    >
      <Section title={t('figures')}>
        <ProductFigures card={card} />
      </Section>
      <div className="cards-grid">
        <Buyers card={card} />
        <Basket card={card} />
        <Reasons card={card} />
      </div>
    </Page>
  )
}

function ProductFigures({ card }: { card: Card }) {
  const t = useTexts(cardsTexts)
  const ask = askOf({ product: [card.product.id] }, card.period.id)
  const { figures } = card
  return (
    <CardFigures
      figures={[
        { name: t('revenue'), figure: figures.revenue, why: ask('revenue') },
        { name: t('units'), figure: figures.units, why: ask('units') },
        { name: t('buyers'), figure: figures.buyers },
        { name: t('win_rate'), figure: figures.winRate, why: ask('win-rate'), digits: 0 },
        { name: t('average_deal'), figure: figures.averageDeal, why: ask('average-deal') },
        { name: t('margin'), figure: figures.margin, why: ask('margin') },
        { name: t('margin_rate'), figure: figures.marginRate },
        { name: t('discount'), figure: figures.discount },
        { name: t('won'), figure: figures.won, why: ask('deals-won') },
        { name: t('lost'), figure: figures.lost, why: ask('deals-lost') },
      ]}
    />
  )
}

function Buyers({ card }: { card: Card }) {
  const t = useTexts(cardsTexts)
  const words = useTexts(resultsTexts)
  const format = useFormat()
  if (card.buyers.length === 0) {
    return (
      <Section title={t('who', { by: '' }).replace(/: $/, '')}>
        <p className="cards-note">{t('who_none')}</p>
      </Section>
    )
  }
  return card.buyers.map(({ dimension, groups }, place) => {
    const title = t('who', { by: words(`dimension_${dimension}`) })
    return (
      <Section key={dimension} title={title} note={place === 0 ? t('who_note') : undefined}>
        <CardTable
          caption={title}
          heads={[t('group'), t('customers'), t('share')]}
          rows={groups.map(({ cell, buyers, share, small }) => {
            const name = typeof cell === 'string' ? cell : t('none')
            return {
              id: name,
              name: <Marked name={<Group dimension={dimension} cell={cell} />} small={small} />,
              values: [
                { id: 'buyers', value: format.count(buyers) },
                { id: 'share', value: <Share figure={share} name={name} /> },
              ],
            }
          })}
        />
        {groups.some(({ small }) => small) && <p className="cards-note">{t('small_note')}</p>}
      </Section>
    )
  })
}

function Group(props: {
  dimension: string
  cell: Card['buyers'][number]['groups'][number]['cell']
}) {
  const { dimension, cell } = props
  const t = useTexts(cardsTexts)
  if (typeof cell !== 'string') return t('none')
  return (
    <ScreenLink to="segments" search={{ [dimension]: cell }}>
      {cell}
    </ScreenLink>
  )
}

function Basket({ card }: { card: Card }) {
  const t = useTexts(cardsTexts)
  const { rows, note } = card.with
  return (
    <Section title={t('with')} note={rows.length > 0 ? t('with_note') : undefined}>
      {note && <p className="cards-note">{note}</p>}
      {rows.length > 0 && (
        <CardTable
          caption={t('with')}
          heads={[t('product'), t('share'), t('others')]}
          rows={rows.map(({ product, share, others }) => ({
            id: product.id,
            name: <ScreenLink to={`products/${product.id}/card`}>{product.name}</ScreenLink>,
            values: [
              { id: 'share', value: <Share figure={share} name={product.name} /> },
              {
                id: 'others',
                value: <Share figure={others} name={t('others')} interval={false} />,
              },
            ],
          }))}
        />
      )}
    </Section>
  )
}

function Reasons({ card }: { card: Card }) {
  const t = useTexts(cardsTexts)
  const format = useFormat()
  if (card.lost.length === 0) {
    return (
      <Section title={t('why_lost')}>
        <p className="cards-note">{t('why_lost_none')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('why_lost')} note={t('why_lost_note')}>
      <CardTable
        caption={t('why_lost')}
        heads={[t('reason'), t('deals'), t('share')]}
        rows={card.lost.map(({ reason, count, share }) => ({
          id: reason?.id ?? '-',
          name: reason?.name ?? t('no_reason'),
          values: [
            { id: 'count', value: format.count(count) },
            { id: 'share', value: <Share figure={share} name={reason?.name ?? t('no_reason')} /> },
          ],
        }))}
      />
    </Section>
  )
}
