// One product: what it is, what was sold of it, and what was changed about it.
import { Button } from '@mantine/core'
import { ScreenLink, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ArchiveButton } from '../../../web/ui/archive-button.tsx'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Figure, type FigureProps } from '../../../web/ui/figure.tsx'
import { Page, Section, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { NotesSection } from '../../customers/screens/notes-section.tsx'
import { OwnValues } from '../../customers/screens/own-values.tsx'
import { TagsSection } from '../../customers/screens/tags-section.tsx'
import { HistorySection } from '../../team/screens/record-history.tsx'
import { productsTexts } from '../texts.ts'
import { pricesTexts } from '../texts-prices.ts'
import { PricesSection } from './prices-section.tsx'
import { ProductForm } from './product-form.tsx'

type Product = Answer<'products.get'>
/** All time, in the form of a custom period. */
const ever = { from: '1900-01-01', until: '2200-01-01' }

export function ProductScreen() {
  const { id = '' } = useParams()
  const query = useOperation('products.get', { id })
  return (
    <Answered query={query} shape="page">
      {(product) => <ProductPage product={product} />}
    </Answered>
  )
}

function ProductPage({ product }: { product: Product }) {
  const t = useTexts(productsTexts)
  const prices = useTexts(pricesTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const archived = product.state === 'archived'
  const money = (amount: number | null) =>
    amount === null || product.currency === null
      ? null
      : format.money(amount, product.currency, { currency: true })
  const note = [product.family, archived ? t('is_archived') : null]
    .filter((one) => one !== null)
    .join(' · ')
  return (
    <Page
      finding={product.name}
      note={note}
      actions={
        <>
          <ScreenLink to={`products/${product.id}/card`}>{prices('card')}</ScreenLink>
          <Button variant="default" onClick={() => setSearch({ edit: '1' })}>
            {t('edit')}
          </Button>
          <ArchiveButton operation="products.set-state" record={product} />
        </>
      }
    >
      <Split
        main={
          <>
            <ProductFigures id={product.id} />
            <PricesSection product={product} />
            <NotesSection entity="product" entityId={product.id} />
            <HistorySection entity="product" id={product.id} currency={product.currency} />
          </>
        }
        side={
          <>
            <Section title={t('details')}>
              <DetailList
                rows={[
                  { label: t('externalId'), value: product.externalId },
                  { label: t('family'), value: product.family },
                  { label: t('listPrice'), value: money(product.listPrice) },
                  { label: t('cost'), value: money(product.cost) },
                ]}
              />
            </Section>
            <TagsSection entity="product" entityId={product.id} />
            <OwnValues entity="product" traits={product.traits} />
          </>
        }
      />
      {search.edit && (
        <ProductForm product={product} close={() => setSearch({ edit: undefined })} />
      )}
    </Page>
  )
}

const shown = [
  ['revenue', 'revenue'],
  ['units', 'units'],
  ['win-rate', 'winRate'],
  ['average-deal', 'averageDeal'],
] as const

function ProductFigures({ id }: { id: string }) {
  const t = useTexts(productsTexts)
  const figures = useOperation('results.figures', {
    metric: shown.map(([metric]) => metric),
    ...ever,
    where: { product: [id] },
  })
  const row = figures.data?.rows[0]
  return (
    <Section
      title={t('sold')}
      note={t('sold_note')}
      actions={
        <ScreenLink to="deals" search={{ productId: id }}>
          {t('all_deals')}
        </ScreenLink>
      }
    >
      <Answered query={figures} shape="panel">
        {() => (
          <DetailList
            rows={shown.map(([metric, name]) => ({
              label: t(name),
              value: (
                <Figure
                  figure={(row?.[metric] ?? {}) as FigureProps['figure']}
                  name={t(name)}
                  why={{ metric, where: { product: [id] }, period: `${ever.from}..${ever.until}` }}
                  size="row"
                />
              ),
            }))}
          />
        )}
      </Answered>
    </Section>
  )
}
