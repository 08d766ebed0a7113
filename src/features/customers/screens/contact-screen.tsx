// One contact: how to reach it, what was noted, and what was changed about it.
import { Button } from '@mantine/core'
import { ScreenLink, useParams, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ArchiveButton } from '../../../web/ui/archive-button.tsx'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Page, Section, Split } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { ActivityPanel } from '../../activities/screens/activity-panel.tsx'
import { HistorySection } from '../../team/screens/record-history.tsx'
import { moreTexts } from '../texts-more.ts'
import { type Contact, ContactForm } from './contact-form.tsx'
import { NotesSection } from './notes-section.tsx'
import { OwnValues } from './own-values.tsx'
import { TagsSection } from './tags-section.tsx'

export function ContactScreen() {
  const { id = '' } = useParams()
  const query = useOperation('contacts.get', { id })
  return (
    <Answered query={query} shape="page">
      {(contact) => <ContactPage contact={contact} />}
    </Answered>
  )
}

function ContactPage({ contact }: { contact: Contact }) {
  const t = useTexts(moreTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const archived = contact.state === 'archived'
  const { id, name, customer } = contact
  const note = [contact.jobTitle, customer?.name, archived ? t('is_archived') : null]
    .filter((one) => one)
    .join(' · ')
  return (
    <Page
      finding={name}
      note={note}
      actions={
        <>
          <Button variant="default" onClick={() => setSearch({ edit: '1' })}>
            {t('edit')}
          </Button>
          <ArchiveButton operation="contacts.set-state" record={contact} />
        </>
      }
    >
      <Split
        main={
          <>
            <ActivityPanel about={{ contactId: id }} />
            <NotesSection entity="contact" entityId={id} />
            <HistorySection entity="contact" id={id} />
          </>
        }
        side={
          <>
            <Section title={t('details')}>
              <DetailList
                rows={[
                  {
                    label: t('customer'),
                    value: customer && (
                      <ScreenLink to={`customers/${customer.id}`}>{customer.name}</ScreenLink>
                    ),
                  },
                  { label: t('job_title'), value: contact.jobTitle },
                  {
                    label: t('email'),
                    value: contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>,
                  },
                  {
                    label: t('phone'),
                    value: contact.phone && <a href={`tel:${contact.phone}`}>{contact.phone}</a>,
                  },
                  { label: t('number'), value: contact.externalId },
                ]}
              />
            </Section>
            <TagsSection entity="contact" entityId={id} />
            <OwnValues entity="contact" traits={contact.traits} />
          </>
        }
      />
      {search.edit && (
        <ContactForm contact={contact} close={() => setSearch({ edit: undefined })} />
      )}
    </Page>
  )
}
