// Pairs of which somebody said that they are different; each can be taken back.
import { Button } from '@mantine/core'
import { useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange } from '../../../web/queries.ts'
import { partTexts } from '../../../web/texts.ts'
import { MoreLink } from '../../../web/ui/more-link.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { qualityTexts } from '../texts.ts'
import { type Mergeable, useMayMend } from './quality-words.ts'

export function DifferentSection({ entity }: { entity: Mergeable }) {
  const t = useTexts(qualityTexts)
  const parts = useTexts(partTexts)
  const list = usePages('quality.different', { entity, limit: 20 })
  const mayMend = useMayMend()
  const remove = useChange('quality.remove-different')
  const undo = useChange('changes.undo')
  if (list.rows.length === 0) return null
  const takeBack = ({ id, version, a, b }: (typeof list.rows)[number]) =>
    remove
      .run({ id }, { version })
      .then(({ changeId }) =>
        toast.undo(t('different_back_done', { a, b }), () => undo.run({ id: changeId })),
      )
      .catch((thrown) => toast.problem(asProblem(thrown)))
  return (
    <Section title={t('different')} note={t('different_note')}>
      <ul className="quality-different">
        {list.rows.map((pair) => (
          <li key={pair.id}>
            <span>
              {pair.a} · {pair.b}
            </span>
            {mayMend && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('different_back_of', { a: pair.a, b: pair.b })}
                onClick={() => void takeBack(pair)}
              >
                {t('different_back')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <MoreLink more={list.more}>{parts('rows_next')}</MoreLink>
    </Section>
  )
}
