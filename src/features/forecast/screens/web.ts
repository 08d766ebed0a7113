// What forecasts show in the browser: the forecast, how good forecasts were, and why a number is what it is.
import type { FeatureWeb } from '../../../web/screens.ts'

export const forecastWeb: FeatureWeb = {
  screens: [
    {
      path: 'forecast',
      asOf: true,
      title: { en: 'Forecast', de: 'Prognose' },
      load: () => import('./forecast-screen.tsx').then((m) => m.ForecastScreen),
      nav: { group: 'planning', order: 30, keys: 'g e' },
    },
    {
      path: 'forecast/grades',
      title: { en: 'How good forecasts were', de: 'Wie gut Prognosen waren' },
      load: () => import('./grades-screen.tsx').then((m) => m.GradesScreen),
    },
  ],
  drawers: {
    'forecast-why': () => import('./why-forecast-drawer.tsx').then((m) => m.WhyForecastDrawer),
  },
}
