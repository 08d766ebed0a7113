// The checks of the data, each defined once: what it looks for, what it says, and why that matters.
import type { CheckId } from '../contract.ts'

type Words = Readonly<Record<'en' | 'de', string>>

export interface Check {
  id: CheckId
  name: Words
  /** What stands in the list. */
  sentence: Words
  /** What goes wrong as long as it is so. */
  why: Words
  /** wrong: figures are wrong · gap: figures lack something · information: nothing to mend. */
  weight: 'wrong' | 'gap' | 'information'
}

const duplicates = (
  id: CheckId,
  name: Words,
  of: Words,
  why: Words = {
    en: 'Each of the two shows only a part of what was sold, and every count has one too many.',
    de: 'Beide zeigen nur einen Teil des Verkauften, und jede Anzahl ist um eins zu hoch.',
  },
): Check => ({
  id,
  name,
  sentence: {
    en: `Pairs of ${of.en} whose names differ by spelling alone or by one slip of the pen.`,
    de: `Paare von ${of.de}, deren Namen sich nur durch die Schreibweise oder einen Tippfehler unterscheiden.`,
  },
  why,
  weight: 'wrong',
})

/** In the order in which they are shown: first what makes figures wrong. */
export const checks: readonly Check[] = [
  duplicates(
    'duplicate-customers',
    { en: 'Customers that may be the same', de: 'Kunden, die dieselben sein könnten' },
    { en: 'customers', de: 'Kunden' },
  ),
  duplicates(
    'duplicate-contacts',
    { en: 'Contacts that may be the same', de: 'Kontakte, die dieselben sein könnten' },
    { en: 'contacts of the same customer', de: 'Kontakten desselben Kunden' },
    {
      en: 'What was agreed with one person is spread over two.',
      de: 'Was mit einer Person besprochen wurde, verteilt sich auf zwei.',
    },
  ),
  duplicates(
    'duplicate-products',
    { en: 'Products that may be the same', de: 'Produkte, die dieselben sein könnten' },
    { en: 'products', de: 'Produkten' },
  ),
  duplicates(
    'duplicate-sellers',
    { en: 'Sellers that may be the same', de: 'Verkäufer/innen, die dieselben sein könnten' },
    { en: 'sellers', de: 'Verkäufer/innen' },
    {
      en: 'The results of one person stand in two places, and both are compared with everybody else.',
      de: 'Die Ergebnisse einer Person stehen an zwei Stellen, und beide werden mit allen anderen verglichen.',
    },
  ),
  {
    id: 'missing-rates',
    name: { en: 'Sales without an exchange rate', de: 'Verkäufe ohne Wechselkurs' },
    sentence: {
      en: 'Sales in another currency for whose day, or the seven days before, there is no rate.',
      de: 'Verkäufe in anderer Währung, für deren Tag oder die sieben Tage davor kein Kurs vorliegt.',
    },
    why: {
      en: 'They are counted and listed, but their money is in no sum.',
      de: 'Sie werden gezählt und gelistet, ihr Betrag fehlt aber in jeder Summe.',
    },
    weight: 'wrong',
  },
  {
    id: 'lines-without-head',
    name: { en: 'Order lines without an order', de: 'Auftragspositionen ohne Auftrag' },
    sentence: {
      en: 'Order lines whose day is known neither from themselves nor from their order.',
      de: 'Auftragspositionen, deren Tag weder in der Position noch im Auftrag steht.',
    },
    why: {
      en: 'Without a day they make no sale yet. The file with the orders is probably still to come.',
      de: 'Ohne Tag ergeben sie noch keinen Verkauf. Wahrscheinlich fehlt noch die Datei mit den Aufträgen.',
    },
    weight: 'wrong',
  },
  {
    id: 'impossible-dates',
    name: { en: 'Days that cannot be', de: 'Unmögliche Tage' },
    sentence: {
      en: 'Deals, orders, activities, surveys and cases dated in the future, or before 1950.',
      de: 'Verkaufschancen, Aufträge, Aktivitäten, Umfragen und Vorgänge in der Zukunft oder vor 1950.',
    },
    why: {
      en: 'They fall into the wrong period, or into none. Often day and month were mistaken for each other.',
      de: 'Sie fallen in den falschen Zeitraum oder in keinen. Oft wurden Tag und Monat verwechselt.',
    },
    weight: 'wrong',
  },
  {
    id: 'swapped-dates',
    name: {
      en: 'Imports with day and month swapped',
      de: 'Importe mit vertauschtem Tag und Monat',
    },
    sentence: {
      en: 'Imports whose days lie before the 13th suspiciously often, and fit better with day and month swapped.',
      de: 'Importe, deren Tage auffällig oft vor dem 13. liegen und mit vertauschtem Tag und Monat besser passen.',
    },
    why: {
      en: 'Up to the 12th a day can be read as a month: those rows stand in a wrong month, and nothing else shows it.',
      de: 'Bis zum 12. lässt sich ein Tag als Monat lesen: Diese Zeilen stehen im falschen Monat, und sonst zeigt es nichts.',
    },
    weight: 'wrong',
  },
  {
    id: 'overlap',
    name: { en: 'Months in deals and in orders', de: 'Monate in Verkaufschancen und in Aufträgen' },
    sentence: {
      en: 'Months with sales from won deals and from orders, with the amounts of both.',
      de: 'Monate mit Verkäufen aus gewonnenen Verkaufschancen und aus Aufträgen, mit beiden Beträgen.',
    },
    why: {
      en: 'Only one of the two counts in a month. Large differences say that one is incomplete.',
      de: 'In einem Monat zählt nur eines von beiden. Große Unterschiede sprechen dafür, dass eines unvollständig ist.',
    },
    weight: 'gap',
  },
  {
    id: 'deals-without-owner',
    name: { en: 'Deals without a seller', de: 'Verkaufschancen ohne Verkäufer/in' },
    sentence: {
      en: 'Deals that nobody owns.',
      de: 'Verkaufschancen, die niemandem gehören.',
    },
    why: {
      en: 'They are missing in every comparison of sellers and teams, and nobody follows them up.',
      de: 'Sie fehlen in jedem Vergleich von Personen und Teams, und niemand fasst nach.',
    },
    weight: 'gap',
  },
  {
    id: 'deals-without-customer',
    name: { en: 'Deals without a customer', de: 'Verkaufschancen ohne Kunden' },
    sentence: {
      en: 'Deals that name no customer.',
      de: 'Verkaufschancen, die keinen Kunden nennen.',
    },
    why: {
      en: 'Nothing can be said about repeat business, regions or industries of these sales.',
      de: 'Über Wiederkauf, Regionen und Branchen dieser Verkäufe lässt sich nichts sagen.',
    },
    weight: 'gap',
  },
  {
    id: 'won-without-value',
    name: { en: 'Won deals without an amount', de: 'Gewonnene Verkaufschancen ohne Betrag' },
    sentence: {
      en: 'Won deals whose amount is nothing.',
      de: 'Gewonnene Verkaufschancen, deren Betrag null ist.',
    },
    why: {
      en: 'They count as won but add nothing to revenue, and pull the average deal down.',
      de: 'Sie zählen als gewonnen, tragen aber nichts zum Umsatz bei und drücken den Durchschnitt.',
    },
    weight: 'gap',
  },
  {
    id: 'sale-before-contact',
    name: { en: 'Sold before the first contact', de: 'Verkauft vor dem ersten Kontakt' },
    sentence: {
      en: 'Customers whose first sale is older than their first recorded activity.',
      de: 'Kunden, deren erster Verkauf älter ist als ihre erste erfasste Aktivität.',
    },
    why: {
      en: 'Activities before the sale were not recorded, so what they did for it cannot be seen.',
      de: 'Aktivitäten vor dem Verkauf wurden nicht erfasst; was sie dazu beitrugen, ist nicht zu sehen.',
    },
    weight: 'gap',
  },
  {
    id: 'missing-demographics',
    name: { en: 'Customers with gaps', de: 'Kunden mit Lücken' },
    sentence: {
      en: 'Customers without a country, region, industry, size or source, where others have one.',
      de: 'Kunden ohne Land, Region, Branche, Größe oder Herkunft, wo andere eine Angabe haben.',
    },
    why: {
      en: 'In comparisons by such a field their sales stand under “unknown”.',
      de: 'In Vergleichen nach einem solchen Feld stehen ihre Verkäufe unter „unbekannt“.',
    },
    weight: 'gap',
  },
  {
    id: 'unlisted-demographics',
    name: { en: 'Values not in their list', de: 'Werte außerhalb ihrer Liste' },
    sentence: {
      en: 'Values of country, region, industry and source of which the list of the settings knows nothing.',
      de: 'Werte von Land, Region, Branche und Herkunft, die in der Liste der Einstellungen nicht stehen.',
    },
    why: {
      en: 'Another spelling is another segment: its customers are missing in the one they belong to.',
      de: 'Eine andere Schreibweise ist ein anderes Segment: Ihre Kunden fehlen in dem, zu dem sie gehören.',
    },
    weight: 'gap',
  },
  {
    id: 'products-without-cost',
    name: { en: 'Products without cost', de: 'Produkte ohne Kosten' },
    sentence: {
      en: 'Products for which no cost is known, neither at all nor for a time.',
      de: 'Produkte, für die keine Kosten bekannt sind, weder allgemein noch für eine Zeit.',
    },
    why: {
      en: 'Their sales have no margin.',
      de: 'Ihre Verkäufe haben keinen Deckungsbeitrag.',
    },
    weight: 'gap',
  },
  {
    id: 'never-bought',
    name: { en: 'Customers who never bought', de: 'Kunden, die nie gekauft haben' },
    sentence: {
      en: 'Customers without any sale.',
      de: 'Kunden ohne einen einzigen Verkauf.',
    },
    why: {
      en: 'Nothing is wrong with that: they are those to win, or to archive.',
      de: 'Das ist kein Fehler: Es sind die noch zu gewinnenden – oder zu archivierenden – Kunden.',
    },
    weight: 'information',
  },
]
