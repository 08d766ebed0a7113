// Every part in all its states, in both themes and languages, without a server.
import { useRouterState } from '@tanstack/react-router'
import { useSearch, useSetSearch } from '../address.tsx'
import { KeyPage } from '../key-page.tsx'
import { useTexts } from '../language.ts'
import { Frame } from '../layout.tsx'
import { Drawer, DrawerPart, Formula } from '../ui/drawer.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Page, Section } from '../ui/page.tsx'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { SampleForm } from './forms-sample.tsx'
import { SampleBars, SampleChips, SampleOverview, SampleSides } from './overview-sample.tsx'
import { facts, screens } from './sample.ts'
import { Buttons, Charts, Figures, Files, Histories, Layers, States, Tables } from './sections.tsx'
import { galleryTexts } from './texts.ts'
import './gallery.css'

const organisations = [
  { id: facts.id, slug: 'demo', name: facts.name, kind: 'demo', locale: 'en', setUp: true },
  { id: facts.id, slug: 'own', name: 'Brandt & Söhne', kind: 'own', locale: 'de', setUp: true },
] as const

function WhySample(props: { close: () => void }) {
  const t = useTexts(galleryTexts)
  return (
    <Drawer title={t('why_title')} note={t('why_note')} close={props.close}>
      <p>{t('why_sentence')}</p>
      <Formula below={t('why_below')}>{t('why_formula')}</Formula>
      <DrawerPart title={t('why_moves')}>
        <p className="k-muted">{t('why_moves_text')}</p>
      </DrawerPart>
    </Drawer>
  )
}

/** `?part=frame` and `?part=key` show a whole page alone; otherwise all parts below each other. */
export function Gallery() {
  const search = useSearch()
  const setSearch = useSetSearch()
  const ready = useRouterState({ select: (state) => state.status === 'idle' })
  const drawer = search.why !== undefined && (
    <WhySample close={() => setSearch({ why: undefined })} />
  )
  if (search.part === 'key') return <KeyPage wrong={search.wrong === '1'} onKey={() => {}} />
  if (search.part === 'frame') {
    return (
      <Frame nav={{ screens, facts, organisations }} ownSlug="own">
        <SampleOverview />
        {drawer}
      </Frame>
    )
  }
  return (
    <main className="k-gallery k-main" data-ready={ready || undefined}>
      <Parts />
      {drawer}
    </main>
  )
}

function Parts() {
  const t = useTexts(galleryTexts)
  return (
    <Page finding={t('title')} note={t('note')}>
      <div className="k-gallery-head">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <Section title={t('chips')}>
        <div className="k-gallery-row">
          <SampleChips />
        </div>
      </Section>
      <Buttons />
      <Figures />
      <Section title={t('panel')}>
        <SampleSides />
      </Section>
      <SampleBars />
      <Charts />
      <Tables />
      <Section title={t('forms')}>
        <div className="k-gallery-states">
          <SampleForm />
          <SampleForm refused />
        </div>
      </Section>
      <States />
      <Layers />
      <Files />
      <Histories />
    </Page>
  )
}
