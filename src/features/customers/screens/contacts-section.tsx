// The contacts of a customer on its page.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { moreTexts } from '../texts-more.ts'
import { ContactForm } from './contact-form.tsx'
import './records.css'

export function ContactsSection({ customer }: { customer: { id: string; name: string } }) {
  const t = useTexts(moreTexts)
  const list = useOperation('contacts.list', { customerId: customer.id, limit: 100 })
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title={t('contacts')}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setAdding(true)}>
          {t('contact_add')}
        </Button>
      }
    >
      <Answered query={list} shape="panel">
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="records-none">{t('contacts_none')}</p>
          ) : (
            <ul className="records-lines">
              {rows.map((row) => (
                <li key={row.id}>
                  <ScreenLink to={`contacts/${row.id}`}>{row.name}</ScreenLink>
                  {row.jobTitle && <span className="k-muted">{row.jobTitle}</span>}
                  <span className="records-end k-muted">
                    {[row.phone, row.email].filter((one) => one !== null).join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      {adding && <ContactForm customer={customer} close={() => setAdding(false)} />}
    </Section>
  )
}
