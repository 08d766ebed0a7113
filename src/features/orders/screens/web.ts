// What orders and contracts hand to the shell.
import type { FeatureWeb } from '../../../web/screens.ts'

export const ordersWeb: FeatureWeb = {
  screens: [
    {
      path: 'orders',
      title: { en: 'Orders', de: 'Aufträge' },
      load: () => import('./orders-screen.tsx').then((m) => m.OrdersScreen),
      nav: { group: 'results', order: 50, keys: 'g r' },
    },
    {
      path: 'orders/$id',
      title: { en: 'Order', de: 'Auftrag' },
      load: () => import('./order-screen.tsx').then((m) => m.OrderScreen),
    },
    {
      path: 'contracts',
      title: { en: 'Contracts', de: 'Verträge' },
      load: () => import('./contracts-screen.tsx').then((m) => m.ContractsScreen),
      nav: { group: 'customers', order: 50, keys: 'g k' },
    },
  ],
  commands: [
    {
      id: 'orders.new',
      label: { en: 'Enter order', de: 'Auftrag erfassen' },
      group: 'do',
      run: (here) => here.go('orders', { new: '1' }),
    },
    {
      id: 'contracts.new',
      label: { en: 'Add contract', de: 'Vertrag anlegen' },
      group: 'do',
      run: (here) => here.go('contracts', { new: '1' }),
    },
  ],
}
