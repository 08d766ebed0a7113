// The own call for a period: commit and best case.
import { Button } from '@mantine/core'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useChange } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { ChoiceField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { forecastTexts } from '../texts.ts'
import type { Call } from './forecast-calls.tsx'
import { type Forecast, useScopeName } from './forecast-screen.tsx'
import type { ForecastQuestion } from './question.ts'

interface Values {
  period: string
  commit: number | undefined
  best: number | undefined
}

interface CallFormProps {
  call: Call | undefined
  data: Forecast
  question: ForecastQuestion
  close: () => void
}

export function CallForm({ call, data, question, close }: CallFormProps) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const scopeName = useScopeName()
  const set = useChange('forecast.call')
  const remove = useChange('forecast.remove-call')
  const periods = data.rows.map((row) => ({ value: row.period, label: format.period(row) }))
  const nameOf = (period: string) => {
    if (call) return format.period(call)
    return periods.find(({ value }) => value === period)?.label ?? period
  }
  const whose = call ? whoseOf(call) : whoseOf({ scope: data.scope })
  const form = useRecordForm<Values>({
    begin: {
      period: call?.period ?? periods[0]?.value ?? '',
      commit: call?.commit ?? undefined,
      best: call?.best ?? undefined,
    },
    version: call?.version,
    edit: set,
    others: [remove],
    send: ({ period, commit, best }, over) =>
      set.run(
        {
          metric: question.metric,
          period,
          ...whose,
          commit: commit ?? null,
          best: best ?? null,
        },
        over,
      ),
    said: ({ period }) => t('call_set', { period: nameOf(period) }),
    close,
  })
  const { values } = form
  const takeBack = async () => {
    if (!call) return
    const written = await remove.run({ id: call.id }, form.over).catch(() => undefined)
    if (written) form.finish(t('call_removed', { period: nameOf(call.period) }), written)
  }
  const amount = (key: 'commit' | 'best', hint: string) => {
    const common = { name: key, label: t(key), hint, value: values[key], onChange: form.set(key) }
    return data.unit === 'money' ? (
      <MoneyField {...common} currency={data.currency} autoFocus={key === 'commit'} />
    ) : (
      <NumberField {...common} digits={0} autoFocus={key === 'commit'} />
    )
  }
  return (
    <Drawer
      title={call ? t('call_edit', { period: nameOf(call.period) }) : t('call_new')}
      note={t('call_whose', {
        scope: scopeName(call?.scope ?? data.scope),
        metric: t(`metric_${question.metric}`),
      })}
      close={close}
      print={false}
    >
      <RecordConflict
        {...form.conflict}
        read={(columns) => ({
          period: values.period,
          commit: columns.commit_amount === null ? undefined : Number(columns.commit_amount),
          best: columns.best_amount === null ? undefined : Number(columns.best_amount),
        })}
        fields={[
          { key: 'commit', label: t('commit') },
          { key: 'best', label: t('best') },
        ]}
      />
      <Form
        submitLabel={t('call_save')}
        {...form.sending}
        extra={
          call ? (
            <Button variant="default" disabled={remove.busy} onClick={() => void takeBack()}>
              {t('call_remove')}
            </Button>
          ) : undefined
        }
      >
        {!call && (
          <ChoiceField
            name="period"
            label={t('period')}
            options={periods}
            value={values.period}
            onChange={form.set('period')}
            required
          />
        )}
        {amount('commit', t('call_commit_hint'))}
        {amount('best', t('call_best_hint'))}
      </Form>
    </Drawer>
  )
}

/** A call for a team or a seller names them; one for what a person reaches names nobody. */
function whoseOf({ scope }: Pick<Call, 'scope'>) {
  if (scope.of === null) return {}
  return scope.kind === 'team' ? { team: scope.of.id } : { seller: scope.of.id }
}
