// Sets theme and language before the first paint, so that nobody sees the wrong ones flash by.
// A file of its own because the content security policy allows no script inside the page.
try {
  const theme = localStorage.getItem('kontor-theme')
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  const scheme = theme === 'light' || theme === 'dark' ? theme : dark ? 'dark' : 'light'
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
  const kept = localStorage.getItem('kontor-language')
  const asked = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
  document.documentElement.lang = kept === 'de' || kept === 'en' ? kept : asked
} catch {
  // Storage may be forbidden; the defaults of the style sheet hold then.
}
