// The checks of the data by weight: what each found, how much of all that is, why it matters, and the way to mend it.
import { ScreenLink } from '../../../web/address.tsx'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { qualityTexts } from '../texts.ts'
import { type Listed, useMayMend } from './quality-words.ts'
import './quality.css'

const weights = ['wrong', 'gap', 'information'] as const

export function QualityScreen() {
  const t = useTexts(qualityTexts)
  const list = useOperation('quality.list', {})
  const checks = list.data?.checks
  const finding = () => {
    if (checks === undefined) return t('title')
    const found = (weight: Listed['weight']) =>
      checks.filter((check) => check.weight === weight && check.count > 0).length
    if (found('wrong') > 0) return t('finding_wrong', { count: found('wrong') })
    return found('gap') > 0 ? t('finding_gap', { count: found('gap') }) : t('finding_none')
  }
  return (
    <Page finding={finding()} note={t('note')}>
      <Answered query={list} shape="page">
        {(data) => <Checks checks={data.checks} />}
      </Answered>
    </Page>
  )
}

function Checks({ checks }: { checks: readonly Listed[] }) {
  const t = useTexts(qualityTexts)
  const language = useLanguage()
  const clean = checks.filter((check) => check.count === 0)
  return (
    <>
      {weights.map((weight) => {
        const found = checks.filter((check) => check.weight === weight && check.count > 0)
        if (found.length === 0) return null
        return (
          <Section key={weight} title={t(`weight_${weight}`)} note={t(`weight_${weight}_note`)}>
            <ul className="quality-checks">
              {found.map((check) => (
                <CheckLine key={check.id} check={check} />
              ))}
            </ul>
          </Section>
        )
      })}
      {clean.length > 0 && (
        <Section title={t('nothing_found')}>
          <ul className="quality-clean">
            {clean.map((check) => (
              <li key={check.id}>
                <ScreenLink to={`quality/${check.id}`}>{check.name[language]}</ScreenLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function CheckLine({ check }: { check: Listed }) {
  const t = useTexts(qualityTexts)
  const format = useFormat()
  const language = useLanguage()
  const mayMend = useMayMend()
  const { id, count, of, share, example, weight } = check
  return (
    <li className="quality-check">
      <p className="quality-count" data-weight={weight}>
        {format.count(count)}
      </p>
      <div className="quality-words">
        <h3>
          <ScreenLink to={`quality/${id}`}>{check.name[language]}</ScreenLink>
        </h3>
        <p>{check.why[language]}</p>
      </div>
      <div className="quality-aside">
        <p>
          {share === null
            ? t('of', { total: format.count(of) })
            : t('of_share', {
                total: format.count(of),
                share: format.rate(share, share < 0.1 ? 1 : 0),
              })}
        </p>
        {example && (
          <p className="quality-example">
            {example.other
              ? t('example_pair', { name: example.name, other: example.other.name })
              : t('example', { name: example.name })}
          </p>
        )}
      </div>
      <ScreenLink
        className="quality-mend"
        to={`quality/${id}`}
        aria-label={`${t(mayMend && weight !== 'information' ? 'mend' : 'look')}: ${check.name[language]}`}
      >
        {t(mayMend && weight !== 'information' ? 'mend' : 'look')}
      </ScreenLink>
    </li>
  )
}
