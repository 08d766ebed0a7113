// Light, dark or as the system; kept in this browser.
import { useTexts } from '../language.ts'
import { shellTexts } from '../texts.ts'
import { type ThemeChoice, useThemeChoice } from '../theme-choice.ts'
import { Pills } from './pills.tsx'

const choices: readonly ThemeChoice[] = ['light', 'dark', 'system']

export function ThemeSwitch() {
  const t = useTexts(shellTexts)
  const [choice, choose] = useThemeChoice()
  return (
    <Pills
      label={t('theme')}
      labelled
      value={choice}
      options={choices.map((value) => ({ value, label: t(`theme_${value}`) }))}
      onChange={choose}
    />
  )
}
