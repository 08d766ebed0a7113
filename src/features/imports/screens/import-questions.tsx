// Questions that have to be answered before the file can be read: choices with what the file says.
import { Button } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useFormat, useLanguage } from '../../../web/language.ts'
import { Section } from '../../../web/ui/page.tsx'
import { type BatchDetail, useImportTexts } from './batch-words.ts'
import { dateReadings, type Reading } from './date-readings.ts'
import type { Mapping } from './import-screen.tsx'
import '../../../web/ui/form.css'

type Question = BatchDetail['questions'][number]
/** Question by its place → chosen option by its place; nothing is chosen beforehand. */
type Chosen = Readonly<Record<number, number>>

export function QuestionSection({ batch, mapping }: { batch: BatchDetail; mapping: Mapping }) {
  const t = useImportTexts()
  const [chosen, setChosen] = useState<Chosen>({})
  const [attempted, setAttempted] = useState(false)
  const { questions } = batch
  const answerable = questions.filter((one) => one.options.length > 0).length
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempted(true)
    if (Object.keys(chosen).length < answerable) return
    const answers = questions.flatMap((question, at) => {
      const option = question.options[chosen[at] ?? -1]
      if (!option) return []
      return [
        {
          code: question.code,
          ...(question.column === undefined ? {} : { column: question.column }),
          value: option.value,
        },
      ]
    })
    void mapping.run({ answers })
  }
  return (
    <Section title={t('questions')} note={t('questions_note')}>
      <form className="imports-questions" onSubmit={submit} aria-busy={mapping.busy}>
        {questions.map((question, at) => (
          <OneQuestion
            key={`${question.code} ${question.column ?? ''} ${question.text.en}`}
            question={question}
            chosen={chosen[at]}
            missing={attempted && chosen[at] === undefined && question.options.length > 0}
            choose={(option) => setChosen((now) => ({ ...now, [at]: option }))}
          />
        ))}
        {answerable > 0 && (
          <div className="k-form-buttons">
            <Button type="submit" loading={mapping.busy}>
              {t('answer', { count: answerable })}
            </Button>
            {attempted && Object.keys(chosen).length < answerable && (
              <span className="imports-missing" role="alert">
                {t('all_answers')}
              </span>
            )}
          </div>
        )}
      </form>
    </Section>
  )
}

interface OneQuestionProps {
  question: Question
  chosen: number | undefined
  missing: boolean
  choose: (option: number) => void
}

function OneQuestion(props: OneQuestionProps) {
  const { question, chosen, missing, choose } = props
  const t = useImportTexts()
  const language = useLanguage()
  const format = useFormat()
  const name = useId()
  const readings = dateReadings(question)
  return (
    <fieldset className="imports-question" data-missing={missing || undefined}>
      <legend>{question.text[language]}</legend>
      {question.examples.length > 0 && (
        <p className="imports-examples">
          {t('examples')}:{' '}
          {question.examples.map((example, at) => (
            <span key={`${example.line} ${example.value}`}>
              {at > 0 && ', '}
              <code>{example.value}</code> ({t('line', { line: example.line })})
            </span>
          ))}
        </p>
      )}
      {question.options.length === 0 && (
        <p>{t('in_columns', { option: question.optionForCommandLine })}</p>
      )}
      {question.options.map((option, at) => (
        <label key={option.label.en}>
          <input type="radio" name={name} checked={chosen === at} onChange={() => choose(at)} />
          <span>
            {option.label[language]}
            {option.example !== undefined && <code>{option.example}</code>}
            <ReadAs reading={readings[at]} write={format.date} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function ReadAs(props: { reading: Reading | undefined; write: (day: string) => string }) {
  const { reading, write } = props
  if (!reading) return null
  return (
    <span className="imports-reading">
      <code>{reading.cell}</code> = {write(reading.day)}
    </span>
  )
}
