// What the customers feature hands to the shell.
import type { FeatureWeb } from '../../../web/screens.ts'

export const customersWeb: FeatureWeb = {
  screens: [
    {
      path: 'customers',
      title: { en: 'Customers', de: 'Kunden' },
      load: () => import('./customers-screen.tsx').then((m) => m.CustomersScreen),
      nav: { group: 'customers', order: 10, keys: 'g c', bar: true, count: 'customers' },
    },
    {
      path: 'customers/$id',
      title: { en: 'Customer', de: 'Kunde' },
      load: () => import('./customer-screen.tsx').then((m) => m.CustomerScreen),
    },
    {
      path: 'contacts',
      title: { en: 'Contacts', de: 'Kontakte' },
      load: () => import('./contacts-screen.tsx').then((m) => m.ContactsScreen),
      nav: { group: 'customers', order: 20, keys: 'g n' },
    },
    {
      path: 'contacts/$id',
      title: { en: 'Contact', de: 'Kontakt' },
      load: () => import('./contact-screen.tsx').then((m) => m.ContactScreen),
    },
  ],
  commands: [
    {
      id: 'contacts.new',
      label: { en: 'Add contact', de: 'Kontakt anlegen' },
      group: 'do',
      run: (here) => here.go('contacts', { new: '1' }),
    },
    {
      id: 'customers.new',
      label: { en: 'Add customer', de: 'Kunden anlegen' },
      group: 'do',
      run: (here) => here.go('customers', { new: '1' }),
    },
  ],
}
