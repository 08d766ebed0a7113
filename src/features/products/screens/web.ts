// What the products feature hands to the shell.
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
}
