// Who one is in the organisation, and what this browser remembers: language, appearance, keys.
import { NativeSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import type { OrganisationFacts } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { lettersOn, setLetters } from '../../../web/shortcuts.ts'
import { LanguageSwitch } from '../../../web/ui/language-switch.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { ThemeSwitch } from '../../../web/ui/theme-switch.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { settingsTexts } from '../texts-settings.ts'

export function MeSection({ facts }: { facts: OrganisationFacts }) {
  const t = useTexts(settingsTexts)
  const sellers = useOperation('sellers.list', { limit: 200 }).data?.rows ?? []
  const change = useChange('me.set-seller')
  const undo = useChange('changes.undo')
  const own = facts.me.seller
  const known =
    own === null || sellers.some((one) => one.id === own.id) ? sellers : [own, ...sellers]
  const choose = async (id: string) => {
    const name = known.find((one) => one.id === id)?.name
    try {
      const { changeId } = await change.run({ sellerId: id === '' ? null : id })
      toast.undo(name === undefined ? t('seller_saved_none') : t('seller_saved', { name }), () =>
        undo.run({ id: changeId }),
      )
    } catch (thrown) {
      toast.problem(asProblem(thrown))
    }
  }
  return (
    <Section title={t('me')}>
      <NativeSelect
        label={t('seller')}
        description={t('seller_hint')}
        value={own?.id ?? ''}
        disabled={change.busy}
        data={[
          { value: '', label: t('seller_none') },
          ...known.map((one) => ({ value: one.id, label: one.name })),
        ]}
        onChange={(event) => void choose(event.currentTarget.value)}
      />
    </Section>
  )
}

export function BrowserSection() {
  const t = useTexts(settingsTexts)
  const [letters, setOn] = useState(lettersOn)
  return (
    <Section title={t('browser')} note={t('browser_note')}>
      <div className="settings-stack">
        <LanguageSwitch />
        <ThemeSwitch />
        <Switch
          label={t('letters')}
          description={t('letters_hint')}
          checked={letters}
          withThumbIndicator={false}
          onChange={(event) => {
            setOn(event.currentTarget.checked)
            setLetters(event.currentTarget.checked)
          }}
        />
      </div>
    </Section>
  )
}
