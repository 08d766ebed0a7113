// Asks for the day at whose end things are to be looked at.
import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useSearch, useSetSearch } from './address.tsx'
import { asOfIn, asOfName } from './as-of.ts'
import { useTexts } from './language.ts'
import { useOrganisationDay } from './organisation.ts'
import { shellTexts } from './texts.ts'
import { useFocusBack } from './ui/focus-back.ts'
import { Form } from './ui/form.tsx'
import { DateField } from './ui/form-inputs.tsx'

export function AsOfSheet(props: { close: () => void }) {
  const { close } = props
  const t = useTexts(shellTexts)
  const today = useOrganisationDay() ?? ''
  const setSearch = useSetSearch()
  const [day, setDay] = useState(asOfIn(useSearch()))
  useFocusBack()
  const ahead = day !== undefined && today !== '' && day > today
  const apply = () => {
    if (ahead) return
    close()
    setSearch({ [asOfName]: day })
  }
  return (
    <Modal.Root
      classNames={{ content: 'k-modal' }}
      opened
      onClose={close}
      returnFocus={false}
      centered
      size={440}
    >
      <Modal.Overlay className="k-veil" />
      <Modal.Content>
        <Modal.Title className="k-modal-title">{t('as_of_title')}</Modal.Title>
        <p className="k-modal-text">{t('as_of_text')}</p>
        <Form
          submitLabel={t('as_of_show')}
          onSubmit={apply}
          cancel={close}
          errors={ahead ? { asOf: t('as_of_ahead') } : {}}
        >
          <DateField
            name="asOf"
            label={t('as_of_field')}
            hint={t('as_of_hint')}
            today={today}
            value={day}
            onChange={setDay}
            autoFocus
          />
        </Form>
      </Modal.Content>
    </Modal.Root>
  )
}
