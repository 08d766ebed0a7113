// Start of the browser part: key, language, theme, then the page.
import './theme-styles.ts'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { takeKeyFromAddress } from './key.ts'
import { startLanguage, translated } from './language.ts'
import { makeQueryClient } from './queries.ts'
import { makeRouter } from './routes.tsx'
import { shellTexts } from './texts.ts'
import { cssVariablesResolver, styleNonce, theme } from './theme.ts'
import { colorSchemeManager } from './theme-choice.ts'
import { ToastHost } from './ui/toast.tsx'

// Before anything may look at the address.
takeKeyFromAddress()
startLanguage()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id root')

function show(root: HTMLElement): void {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemeManager}
        cssVariablesResolver={cssVariablesResolver}
        getStyleNonce={styleNonce}
      >
        <QueryClientProvider client={makeQueryClient()}>
          <RouterProvider router={makeRouter()} />
          <ToastHost />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

// Days are reckoned with Temporal, which some browsers still lack; then it comes before whatever needs it.
if ('Temporal' in globalThis) show(root)
else
  void import('temporal-polyfill/global').then(
    () => show(root),
    () => {
      const words = document.createElement('p')
      words.role = 'alert'
      words.className = 'k-no-start'
      words.textContent = translated(shellTexts)('no_start')
      root.append(words)
    },
  )
