// Mantine dressed in our tokens: it gets variable names, never colour values.
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

function ten(variable: string): MantineColorsTuple {
  const value = `var(${variable})`
  return [value, value, value, value, value, value, value, value, value, value]
}

function tuple(...names: readonly string[]): MantineColorsTuple {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = '', j = ''] =
    names.map((name) => `var(--${name})`)
  return [a, b, c, d, e, f, g, h, i, j]
}

// Mantine paints light parts with its greys and dark ones with its darks, by number; both are
// pointed at the tokens, by the role each number has in Mantine's style sheets.
const gray = tuple(
  ...['highlight', 'highlight', 'line', 'line-strong', 'control'],
  ...['faint', 'muted', 'muted', 'ink', 'ink'],
)
const dark = tuple(
  ...['ink', 'muted', 'muted', 'faint', 'control'],
  ...['highlight', 'surface', 'paper', 'paper', 'paper'],
)

/** Filled, default, subtle and light in the two colours buttons may have: accent and attention. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const alarm = input.color === 'attention'
  const hue = alarm ? 'var(--attention)' : 'var(--accent)'
  const ground = alarm ? 'var(--highlight)' : 'var(--accent-soft)'
  switch (input.variant) {
    case 'filled':
      return {
        background: hue,
        hover: alarm ? 'var(--attention-strong)' : 'var(--accent-strong)',
        color: alarm ? 'var(--on-attention)' : 'var(--on-accent)',
        border: '1px solid transparent',
      }
    case 'light':
      return { background: ground, hover: ground, color: hue, border: '1px solid transparent' }
    case 'subtle':
      return {
        background: 'transparent',
        hover: ground,
        color: hue,
        border: '1px solid transparent',
      }
    case 'default':
      return {
        background: 'var(--surface)',
        hover: 'var(--highlight)',
        color: alarm ? hue : 'var(--ink)',
        border: '1px solid var(--line-strong)',
      }
    default:
      return defaultVariantColorsResolver(input)
  }
}

const quick = { transition: 'fade', duration: 140 } as const

export const theme = createTheme({
  white: 'var(--surface)',
  black: 'var(--ink)',
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent: ten('--accent'), attention: ten('--attention'), gray, dark },
  variantColorResolver,
  fontFamily: 'var(--sans)',
  headings: { fontFamily: 'var(--sans)', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '32px' },
  radius: { xs: '3px', sm: '6px', md: '6px', lg: '10px', xl: '16px' },
  defaultRadius: 'sm',
  shadows: {
    xs: 'none',
    sm: 'none',
    md: 'var(--shadow)',
    lg: 'var(--shadow)',
    xl: 'var(--shadow)',
  },
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // Hints below, so that inputs beside each other stand on one line.
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] },
    },
    // react-remove-scroll writes a style element without our nonce; the page may scroll beneath.
    ModalRoot: { defaultProps: { lockScroll: false, transitionProps: quick } },
    Drawer: { defaultProps: { lockScroll: false } },
    DrawerRoot: { defaultProps: { lockScroll: false } },
    // Within the page's own landmarks instead of behind its end; fixed, so that no layer that scrolls cuts it off.
    Popover: {
      defaultProps: {
        transitionProps: quick,
        shadow: 'md',
        withinPortal: false,
        floatingStrategy: 'fixed',
      },
    },
    Select: { defaultProps: { comboboxProps: { withinPortal: false } } },
  },
})

/** Mantine's own variables, pointed at the tokens in both schemes alike. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-placeholder': 'var(--faint)',
    '--mantine-color-error': 'var(--attention)',
    '--mantine-color-success': 'var(--good)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--highlight)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--control)',
    '--mantine-color-disabled': 'var(--highlight)',
    '--mantine-color-disabled-color': 'var(--faint)',
    '--mantine-color-disabled-border': 'var(--line-strong)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-strong)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-hover': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent)',
  }
  return { variables: {}, light: tokens, dark: tokens }
}

/**
 * The nonce of this response, put into the page by the server; for the style element of Mantine.
 * Style attributes need no permission: React, Mantine and the chart library (SVG, text drawn into
 * the picture) set styles through the object model, which `style-src-attr 'none'` does not touch.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
