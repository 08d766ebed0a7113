// Draws the demo's customers: who they are, where, how large, and what they like to buy.
import type { DemoChance } from './chance.ts'
import type { FamilyKey } from './firm.ts'
import { type Country, countries, type Territory } from './places.ts'
import type { DemoCustomer, DemoLanguage, DemoSegment } from './records.ts'
import { type IndustryKey, industries, inLanguage, sources } from './words.ts'

/** A customer before it has a number and a first day. */
export interface Firm {
  traits: Omit<DemoCustomer, 'key' | 'createdOn'>
  segment: DemoSegment
  territory: Territory
  /** How much it likes each family, as weights. */
  taste: Record<FamilyKey, number>
  /** Keys of all sellers; the first who can is in charge of it. */
  sellerOrder: string[]
}

const tastes: readonly number[] = [6, 3, 2, 1, 1, 1]

function drawSize(chance: DemoChance): { segment: DemoSegment; employees: number } {
  const { segment, least, most } = chance.weighted(
    [
      { segment: 'small', least: 4, most: 49, weight: 60 },
      { segment: 'middle', least: 50, most: 249, weight: 29 },
      { segment: 'large', least: 250, most: 2400, weight: 11 },
    ] as const,
    (size) => size.weight,
  )
  const employees = Math.round(least * (most / least) ** chance.uniform())
  return { segment, employees }
}

function drawName(
  chance: DemoChance,
  country: Country,
  firm: { industry: IndustryKey; segment: DemoSegment },
): string {
  const { first, second, trades, legalForms } = country.names
  const forms = firm.segment === 'small' ? legalForms.small : legalForms.large
  const name = chance.pick(first) + chance.pick(second)
  return `${name} ${chance.pick(trades[firm.industry])} ${chance.pick(forms)}`
}

/** Draws firms one by one; no two have the same name. */
export function firmDrawer(
  chance: DemoChance,
  given: { lang: DemoLanguage; families: readonly FamilyKey[]; sellers: readonly string[] },
): () => Firm {
  const taken = new Set<string>()
  const { lang } = given
  return () => {
    const country = chance.weighted(countries, (entry) => entry.weight)
    const region = chance.weighted(country.regions, (entry) => entry.weight)
    const city = chance.pick(region.cities)
    const industry = chance.weighted(industries, (entry) => entry.weight)
    const source = chance.weighted(sources, (entry) => entry.weight)
    const { segment, employees } = drawSize(chance)
    let name: string
    do name = drawName(chance, country, { industry: industry.key, segment })
    while (taken.has(name))
    taken.add(name)
    const liked = chance.shuffled(given.families)
    const taste = Object.fromEntries(liked.map((family, rank) => [family, tastes[rank] ?? 1]))
    return {
      traits: {
        name,
        country: country.code,
        countryName: inLanguage(country.words, lang),
        region: inLanguage(region.words, lang),
        city: inLanguage(city, lang),
        industry: inLanguage(industry.words, lang),
        employees,
        source: inLanguage(source.words, lang),
      },
      segment,
      territory: region.territory,
      taste: taste as Record<FamilyKey, number>,
      sellerOrder: chance.shuffled(given.sellers),
    }
  }
}
