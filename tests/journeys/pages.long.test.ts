// The other pairs of language and theme, for `npm run reliability`: the same walk over every page.
import './pages.test.ts'
