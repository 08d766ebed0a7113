// What the products feature hands to the shell.
import { call } from '../../../web/client.ts'
import type { FeatureWeb } from '../../../web/screens.ts'

export const productsWeb: FeatureWeb = {
  screens: [
    {
      path: 'products',
      title: { en: 'Products', de: 'Produkte' },
      load: () => import('./products-screen.tsx').then((m) => m.ProductsScreen),
      nav: { group: 'data', order: 10, keys: 'g p', count: 'products' },
    },
    {
      path: 'products/$id',
      title: { en: 'Product', de: 'Produkt' },
      load: () => import('./product-screen.tsx').then((m) => m.ProductScreen),
    },
  ],
  commands: [
    {
      id: 'products.new',
      label: { en: 'Add product', de: 'Produkt anlegen' },
      group: 'do',
      run: (here) => here.go('products', { new: '1' }),
    },
  ],
  finders: [
    {
      id: 'products',
      label: { en: 'Products', de: 'Produkte' },
      find: async (text, org, signal) => {
        const { rows } = await call('products.list', { search: text, limit: 8 }, { org, signal })
        return rows.map((row) => ({
          id: row.id,
          label: row.name,
          ...(row.family ? { note: row.family } : {}),
          path: `products/${row.id}`,
        }))
      },
    },
  ],
}
