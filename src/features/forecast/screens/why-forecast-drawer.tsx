// Why the forecast of one period is what it is, step by step.
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer, DrawerPart, Formula } from '../../../web/ui/drawer.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { forecastTexts } from '../texts.ts'
import { useAmounts } from './amounts.ts'
import { useForecastQuestion } from './question.ts'
import './forecast.css'

export function WhyForecastDrawer({ value, close }: DrawerProps) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const { input } = useForecastQuestion()
  const why = useOperation('forecast.why', { ...input, period: value.slice(0, 40) })
  const { data, problem } = why
  const { short, exact, range } = useAmounts(data ?? { unit: 'money', currency: 'EUR' })
  if (problem?.code === 'forecast.no_such_period') {
    return (
      <Drawer title={t('why_gone')} close={close} print={false}>
        <Empty kind="nothing-for-filter" title={t('why_gone')} text={t('why_gone_text')} />
      </Drawer>
    )
  }
  return (
    <Drawer
      title={
        data
          ? t('why_title', { period: format.period(data), value: short(data.row.mean) })
          : t('title')
      }
      note={data && t('revision', { revision: format.count(data.revision) })}
      close={close}
    >
      <Answered query={why} shape="panel">
        {(answer) => (
          <div className="forecast-why">
            <p>{answer.sentence}</p>
            <Formula below={`${t('why_range')}: ${range(answer.row.low80, answer.row.high80)}`}>
              {exact(answer.row.mean)}
            </Formula>
            {answer.steps.map(({ title, text }) => (
              <DrawerPart key={title} title={title}>
                <p>{text}</p>
              </DrawerPart>
            ))}
            {answer.leftOut.length > 0 && (
              <DrawerPart title={t('why_read')}>
                <ul className="forecast-notes">
                  {answer.leftOut.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </DrawerPart>
            )}
          </div>
        )}
      </Answered>
    </Drawer>
  )
}
