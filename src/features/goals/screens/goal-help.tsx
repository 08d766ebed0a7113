// Beside the target: proposals from the own history, a warning, and milestones that follow the seasons.
import { Button } from '@mantine/core'
import type { Given } from '../../../web/client.ts'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { goalsTexts } from '../texts.ts'
import type { Draft } from './goal-draft.ts'
import { useValues } from './goal-values.ts'

export function GoalHelp(props: {
  input: Given<'goals.help'>
  draft: Draft
  set: (change: Partial<Draft>) => void
}) {
  const { input, draft, set } = props
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const values = useValues()
  const { data } = useOperation('goals.help', { ...input, lang })
  if (!data) return null
  const { milestones } = data
  return (
    <div className="goals-help" aria-live="polite">
      {data.proposals.length > 0 && (
        <>
          <p className="k-section-note">{t('proposals')}</p>
          <div className="goals-proposals">
            {data.proposals.map((one) => (
              <Button
                key={one.kind}
                variant="default"
                size="compact-sm"
                onClick={() => set({ target: one.target, milestones: [] })}
              >
                {t('proposal', {
                  kind: t(`proposal_${one.kind}`),
                  target: values.full(one.target, data),
                  chance: one.chanceText,
                })}
              </Button>
            ))}
          </div>
        </>
      )}
      {data.more !== null && (
        <p className="k-section-note">{t('help_more', { count: data.more })}</p>
      )}
      {data.yearAgo !== null && (
        <p className="k-section-note">
          {t('year_ago', { value: values.full(data.yearAgo, data) })}
        </p>
      )}
      {data.chance !== null && <p>{t('help_chance', { chance: data.chanceText })}</p>}
      {data.warning !== null && (
        <p className="goals-warning" role="status">
          {t(`warning_${data.warning}`)}
        </p>
      )}
      {draft.target !== undefined && milestones.length > 0 && (
        <p className="goals-split">
          {/* One button all the time, so that the focus stays where it was. */}
          <Button
            variant="default"
            size="compact-sm"
            onClick={() =>
              set({ milestones: draft.milestones.length === 0 ? [...milestones] : [] })
            }
          >
            {t(draft.milestones.length === 0 ? 'split' : 'no_milestones')}
          </Button>
          {draft.milestones.length > 0 && (
            <span className="k-muted"> {t('split_note', { count: draft.milestones.length })}</span>
          )}
        </p>
      )}
    </div>
  )
}
