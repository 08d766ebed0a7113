// The demo: make, look at, remove.
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ScreenLink, useOrg } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useOrganisations } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { ConfirmByName } from '../../../web/ui/confirm-by-name.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { settingsTexts, startTexts } from '../texts-settings.ts'

export function DemoSection() {
  const t = useTexts(settingsTexts)
  const start = useTexts(startTexts)
  const here = useOrg()
  const client = useQueryClient()
  const navigate = useNavigate()
  const organisations = useOrganisations()
  const demo = organisations.find((one) => one.kind === 'demo')
  const own = organisations.find((one) => one.kind === 'own')
  const make = useChange('demo.make')
  const remove = useChange('demo.remove')
  const [asking, setAsking] = useState(false)
  const run = async (what: () => Promise<unknown>) => {
    try {
      await what()
      await client.invalidateQueries({ queryKey: [''] })
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  const takeAway = async () => {
    await remove.run({})
    setAsking(false)
    toast.done(t('demo_removed'))
    if (demo?.slug === here) await navigate({ to: `/${own?.slug ?? ''}` } as never)
  }
  return (
    <Section
      title={t('demo')}
      note={make.busy ? start('demo_making') : t(demo ? 'demo_there' : 'demo_none')}
    >
      <div className="settings-acts">
        {demo && demo.slug !== here && (
          <ScreenLink to="" org={demo.slug}>
            {t('demo_visit')}
          </ScreenLink>
        )}
        {demo ? (
          <Button variant="default" color="attention" onClick={() => setAsking(true)}>
            {t('demo_remove')}
          </Button>
        ) : (
          <Button
            variant="default"
            loading={make.busy}
            onClick={() => void run(() => make.run({}))}
          >
            {t('demo_make')}
          </Button>
        )}
      </div>
      {demo && (
        <ConfirmByName
          open={asking}
          title={t('demo_remove_title')}
          name={demo.name}
          consequence={t('demo_consequence')}
          action={t('demo_remove')}
          busy={remove.busy}
          onConfirm={() => void run(takeAway)}
          close={() => setAsking(false)}
        />
      )}
    </Section>
  )
}
