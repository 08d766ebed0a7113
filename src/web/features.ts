// The list of features with screens: one import and one entry each.
import { activitiesWeb } from '../features/activities/screens/web.ts'
import { calendarsWeb } from '../features/calendars/screens/web.ts'
import { casesWeb } from '../features/cases/screens/web.ts'
import { customersWeb } from '../features/customers/screens/web.ts'
import { dealsWeb } from '../features/deals/screens/web.ts'
import { forecastWeb } from '../features/forecast/screens/web.ts'
import { goalsWeb } from '../features/goals/screens/web.ts'
import { importsWeb } from '../features/imports/screens/web.ts'
import { ordersWeb } from '../features/orders/screens/web.ts'
import { productsWeb } from '../features/products/screens/web.ts'
import { qualityWeb } from '../features/quality/screens/web.ts'
import { quotaWeb } from '../features/quota/screens/web.ts'
import { ratesWeb } from '../features/rates/screens/web.ts'
import { resultsWeb } from '../features/results/screens/web.ts'
import { searchWeb } from '../features/search/screens/web.ts'
import { surveysWeb } from '../features/surveys/screens/web.ts'
import { teamWeb } from '../features/team/screens/web.ts'
import { teamSettingsWeb } from '../features/team/screens/web-settings.ts'
import { todayWeb } from '../features/today/screens/web.ts'
import { trustWeb } from '../features/trust/screens/web.ts'
import type { FeatureWeb } from './screens.ts'

export const features: readonly FeatureWeb[] = [
  resultsWeb,
  quotaWeb,
  teamWeb,
  calendarsWeb,
  dealsWeb,
  ordersWeb,
  activitiesWeb,
  customersWeb,
  surveysWeb,
  casesWeb,
  productsWeb,
  ratesWeb,
  forecastWeb,
  goalsWeb,
  importsWeb,
  qualityWeb,
  searchWeb,
  trustWeb,
  teamSettingsWeb,
  todayWeb,
]
