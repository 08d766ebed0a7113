// The list of features with screens: one import and one entry each.
import { resultsWeb } from '../features/results/screens/web.ts'
import type { FeatureWeb } from './screens.ts'

export const features: readonly FeatureWeb[] = [resultsWeb]
