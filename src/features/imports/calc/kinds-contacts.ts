// Fields of contacts: the people one talks to at a customer.
import { externalId, field, type Kind, partsOfName } from './field.ts'

export const contacts: Kind = {
  name: 'contacts',
  label: { en: 'Contacts', de: 'Kontakte' },
  sentence: { en: 'One row per contact.', de: 'Eine Zeile je Kontakt.' },
  traits: true,
  fields: [
    field(
      'name',
      'text',
      '+',
      'Eva Lindner',
      ['Name', 'Name'],
      [
        'First and last name, if they stand together.',
        'Vor- und Nachname, wenn sie zusammen stehen.',
      ],
    ),
    ...partsOfName,
    externalId,
    field(
      'customer',
      'text',
      '+',
      'Seeberg Ltd',
      ['Customer', 'Kundin/Kunde'],
      ['Name or number of the customer.', 'Name oder Nummer der Kundin oder des Kunden.'],
      { refers: 'customers' },
    ),
    field(
      'job_title',
      'text',
      '',
      'Head of purchasing',
      ['Job title', 'Funktion'],
      ['What the person does there.', 'Was die Person dort tut.'],
    ),
    field(
      'email',
      'text',
      '',
      'eva@example.org',
      ['E-mail', 'E-Mail'],
      ['Address at work.', 'Dienstliche Adresse.'],
    ),
    field(
      'phone',
      'text',
      '',
      '+43 512 1234',
      ['Phone', 'Telefon'],
      ['Number at work.', 'Dienstliche Nummer.'],
    ),
  ],
}
