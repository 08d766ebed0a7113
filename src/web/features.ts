// The list of features with screens: one import and one entry each.
import type { FeatureWeb } from './screens.ts'

export const features: readonly FeatureWeb[] = []
