// The page of an address names the files of its screen, and nothing of the address.
import { expect, test } from 'vitest'
import { pageAt } from './first-files.ts'

const index = '<head><title>Kontor</title></head><body></body>'
const files = {
  entry: ['assets/index.js'],
  home: 'today',
  screens: [
    { path: 'deals', files: ['assets/deals.js', 'assets/deals.css'] },
    { path: 'deals/$id', files: ['assets/deal.js'] },
    { path: 'today', files: ['assets/today.js'] },
    { path: 'deals/board', files: ['assets/board.js'] },
  ],
}
const linksOf = (address: string) =>
  [...pageAt(index, files, address).matchAll(/<link rel="(\w+)" crossorigin href="([^"]+)">/g)].map(
    ([, rel, href]) => `${rel} ${href}`,
  )

test('script and style of the screen', () => {
  expect(linksOf('/own/deals')).toEqual([
    'modulepreload /assets/deals.js',
    'stylesheet /assets/deals.css',
  ])
})

test('a part of the address that stands for a record', () => {
  expect(linksOf('/own/deals/0192-abc')).toEqual(['modulepreload /assets/deal.js'])
  expect(linksOf('/own/deals/board')).toEqual(['modulepreload /assets/board.js'])
  expect(linksOf('/own/deals/')).toEqual([])
})

test('the root of an organisation is its home', () => {
  expect(linksOf('/')).toEqual(['modulepreload /assets/today.js'])
  expect(linksOf('/own')).toEqual(['modulepreload /assets/today.js'])
})

test('other addresses get the page as it is', () => {
  for (const address of ['/own/', '/own/nothing', '/own/deals/1/2', '/own/"><script>']) {
    expect(pageAt(index, files, address), address).toBe(index)
  }
})
