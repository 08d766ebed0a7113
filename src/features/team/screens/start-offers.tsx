// What the first start offers once its questions are answered: demo, import, first deal.

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { type OrganisationFacts, useOrganisations } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { Page } from '../../../web/ui/page.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { startTexts } from '../texts-settings.ts'

export function StartOffers({ facts }: { facts: OrganisationFacts }) {
  const t = useTexts(startTexts)
  const navigate = useNavigate()
  const demo = useOrganisations().find((one) => one.kind === 'demo')
  const make = useChange('demo.make')
  const client = useQueryClient()
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => first.current?.querySelector('a')?.focus(), [])
  const makeDemo = async () => {
    try {
      const { slug } = await make.run({})
      await client.invalidateQueries({ queryKey: [''] })
      await navigate({ to: `/${slug}/overview` } as never)
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <Page finding={t('welcome', { name: facts.me.person.name })} note={t('welcome_note')}>
      <div className="start-offers" ref={first}>
        <ScreenLink to="imports" className="start-offer">
          <b>{t('import')}</b>
          <span>{t('import_text')}</span>
        </ScreenLink>
        <ScreenLink to="deals" search={{ new: '1' }} className="start-offer">
          <b>{t('deal')}</b>
          <span>{t('deal_text')}</span>
        </ScreenLink>
        {demo ? (
          <ScreenLink to="overview" org={demo.slug} className="start-offer">
            <b>{t('demo')}</b>
            <span>{t('demo_text')}</span>
          </ScreenLink>
        ) : (
          <button
            type="button"
            className="start-offer"
            disabled={make.busy}
            onClick={() => void makeDemo()}
          >
            <b>{t('demo_make')}</b>
            <span>{make.busy ? t('demo_making') : t('demo_text')}</span>
          </button>
        )}
      </div>
    </Page>
  )
}
