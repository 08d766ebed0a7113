// What each check says when it found something, and how it is mended.
import { texts } from '../../web/typed-texts.ts'

export const checkTexts = texts('quality-checks', {
  en: {
    'found_duplicate-customers_one': '{{count}} pair of customers may be the same.',
    'found_duplicate-customers_other': '{{count}} pairs of customers may be the same.',
    'found_duplicate-contacts_one': '{{count}} pair of contacts may be the same.',
    'found_duplicate-contacts_other': '{{count}} pairs of contacts may be the same.',
    'found_duplicate-products_one': '{{count}} pair of products may be the same.',
    'found_duplicate-products_other': '{{count}} pairs of products may be the same.',
    'found_duplicate-sellers_one': '{{count}} pair of sellers may be the same.',
    'found_duplicate-sellers_other': '{{count}} pairs of sellers may be the same.',
    'found_missing-rates_one': '{{count}} sale has no exchange rate.',
    'found_missing-rates_other': '{{count}} sales have no exchange rate.',
    'found_lines-without-head_one': '{{count}} order line waits for its order.',
    'found_lines-without-head_other': '{{count}} order lines wait for their orders.',
    'found_impossible-dates_one': '{{count}} entry stands on a day that cannot be.',
    'found_impossible-dates_other': '{{count}} entries stand on days that cannot be.',
    'found_swapped-dates_one': '{{count}} import probably has day and month swapped.',
    'found_swapped-dates_other': '{{count}} imports probably have day and month swapped.',
    found_overlap_one: '{{count}} month stands in deals and in orders.',
    found_overlap_other: '{{count}} months stand in deals and in orders.',
    'found_deals-without-owner_one': '{{count}} deal belongs to nobody.',
    'found_deals-without-owner_other': '{{count}} deals belong to nobody.',
    'found_deals-without-customer_one': '{{count}} deal names no customer.',
    'found_deals-without-customer_other': '{{count}} deals name no customer.',
    'found_won-without-value_one': '{{count}} won deal has no amount.',
    'found_won-without-value_other': '{{count}} won deals have no amount.',
    'found_sale-before-contact_one': '{{count}} customer bought before the first contact.',
    'found_sale-before-contact_other': '{{count}} customers bought before the first contact.',
    'found_missing-demographics_one': '{{count}} customer has gaps.',
    'found_missing-demographics_other': '{{count}} customers have gaps.',
    'found_unlisted-demographics_one': '{{count}} value is not in its list.',
    'found_unlisted-demographics_other': '{{count}} values are not in their list.',
    'found_products-without-cost_one': '{{count}} product has no cost.',
    'found_products-without-cost_other': '{{count}} products have no cost.',
    'found_never-bought_one': '{{count}} customer has never bought.',
    'found_never-bought_other': '{{count}} customers have never bought.',
    'how_duplicate-customers':
      'Open a pair, choose whose values stay, and merge; the next import finds the merged record. Several pairs can be chosen and merged, or said to be different, at once.',
    'how_duplicate-contacts':
      'Open a pair, choose whose values stay, and merge. Several pairs can be chosen and merged, or said to be different, at once.',
    'how_duplicate-products':
      'Open a pair, choose whose values stay, and merge; prices and sales move along. Several pairs can be chosen and merged, or said to be different, at once.',
    'how_duplicate-sellers':
      'Open a pair, choose whose values stay, and merge; deals, sales and teams move along. Several pairs can be chosen and merged, or said to be different, at once.',
    'how_missing-rates':
      'Open a currency and enter its rate, or import a file of rates: every sale concerned is valued at once.',
    'how_lines-without-head':
      'Import the file with the orders: the lines find them by their number.',
    'how_impossible-dates':
      'Open the entry and set its day. Did one import bring many of them, take it back there and read the file again with the right form of dates.',
    'how_swapped-dates':
      'Open the import, take it back, and read the file again; say there how its days are written.',
    how_overlap:
      'Say in the settings from when deals or orders count. What was before stays as it was.',
    'how_deals-without-owner': 'Choose deals and give them to a seller; their sales follow.',
    'how_deals-without-customer': 'Choose deals and set their customer; their sales follow.',
    'how_won-without-value':
      'Choose deals and set list price × quantity, or open a deal and enter its amount.',
    'how_sale-before-contact':
      'Open the customer and enter what happened before, or import the activities of that time.',
    'how_missing-demographics':
      'Choose a field, then customers, and set the value for all of them; or open one and fill it in.',
    'how_unlisted-demographics':
      'Choose a field, then values, and make them one listed value; the next import reads them so, too.',
    'how_products-without-cost':
      'Open a product and enter its cost, or import a price list with costs.',
    'how_never-bought': 'Choose customers and archive them, or leave them as those still to win.',
  },
  de: {
    'found_duplicate-customers_one':
      'Bei {{count}} Paar könnte es sich um denselben Kunden handeln.',
    'found_duplicate-customers_other':
      'Bei {{count}} Paaren könnte es sich um denselben Kunden handeln.',
    'found_duplicate-contacts_one': 'Bei {{count}} Paar könnte es sich um dieselbe Person handeln.',
    'found_duplicate-contacts_other':
      'Bei {{count}} Paaren könnte es sich um dieselbe Person handeln.',
    'found_duplicate-products_one':
      'Bei {{count}} Paar könnte es sich um dasselbe Produkt handeln.',
    'found_duplicate-products_other':
      'Bei {{count}} Paaren könnte es sich um dasselbe Produkt handeln.',
    'found_duplicate-sellers_one':
      'Bei {{count}} Paar könnte es sich um dieselbe Person im Vertrieb handeln.',
    'found_duplicate-sellers_other':
      'Bei {{count}} Paaren könnte es sich um dieselbe Person im Vertrieb handeln.',
    'found_missing-rates_one': '{{count}} Verkauf hat keinen Wechselkurs.',
    'found_missing-rates_other': '{{count}} Verkäufe haben keinen Wechselkurs.',
    'found_lines-without-head_one': '{{count}} Auftragsposition wartet auf ihren Auftrag.',
    'found_lines-without-head_other': '{{count}} Auftragspositionen warten auf ihre Aufträge.',
    'found_impossible-dates_one': '{{count}} Eintrag steht an einem unmöglichen Tag.',
    'found_impossible-dates_other': '{{count}} Einträge stehen an unmöglichen Tagen.',
    'found_swapped-dates_one': 'In {{count}} Import sind Tag und Monat wohl vertauscht.',
    'found_swapped-dates_other': 'In {{count}} Importen sind Tag und Monat wohl vertauscht.',
    found_overlap_one: '{{count}} Monat steht in Verkaufschancen und in Aufträgen.',
    found_overlap_other: '{{count}} Monate stehen in Verkaufschancen und in Aufträgen.',
    'found_deals-without-owner_one': '{{count}} Verkaufschance gehört niemandem.',
    'found_deals-without-owner_other': '{{count}} Verkaufschancen gehören niemandem.',
    'found_deals-without-customer_one': '{{count}} Verkaufschance nennt keinen Kunden.',
    'found_deals-without-customer_other': '{{count}} Verkaufschancen nennen keinen Kunden.',
    'found_won-without-value_one': '{{count}} gewonnene Verkaufschance hat keinen Betrag.',
    'found_won-without-value_other': '{{count}} gewonnene Verkaufschancen haben keinen Betrag.',
    'found_sale-before-contact_one': '{{count}} Kunde kaufte vor dem ersten Kontakt.',
    'found_sale-before-contact_other': '{{count}} Kunden kauften vor dem ersten Kontakt.',
    'found_missing-demographics_one': '{{count}} Kunde hat Lücken.',
    'found_missing-demographics_other': '{{count}} Kunden haben Lücken.',
    'found_unlisted-demographics_one': '{{count}} Wert steht nicht in seiner Liste.',
    'found_unlisted-demographics_other': '{{count}} Werte stehen nicht in ihrer Liste.',
    'found_products-without-cost_one': '{{count}} Produkt hat keine Kosten.',
    'found_products-without-cost_other': '{{count}} Produkte haben keine Kosten.',
    'found_never-bought_one': '{{count}} Kunde hat nie gekauft.',
    'found_never-bought_other': '{{count}} Kunden haben nie gekauft.',
    'how_duplicate-customers':
      'Öffnen Sie ein Paar, wählen Sie, wessen Angaben bleiben, und führen Sie zusammen; der nächste Import findet den gemeinsamen Eintrag. Mehrere Paare lassen sich auf einmal zusammenführen oder als verschieden vermerken.',
    'how_duplicate-contacts':
      'Öffnen Sie ein Paar, wählen Sie, wessen Angaben bleiben, und führen Sie zusammen. Mehrere Paare lassen sich auf einmal zusammenführen oder als verschieden vermerken.',
    'how_duplicate-products':
      'Öffnen Sie ein Paar, wählen Sie, wessen Angaben bleiben, und führen Sie zusammen; Preise und Verkäufe ziehen mit. Mehrere Paare lassen sich auf einmal zusammenführen oder als verschieden vermerken.',
    'how_duplicate-sellers':
      'Öffnen Sie ein Paar, wählen Sie, wessen Angaben bleiben, und führen Sie zusammen; Verkaufschancen, Verkäufe und Teams ziehen mit. Mehrere Paare lassen sich auf einmal zusammenführen oder als verschieden vermerken.',
    'how_missing-rates':
      'Öffnen Sie eine Währung und geben Sie den Kurs ein, oder importieren Sie eine Datei mit Kursen: Alle betroffenen Verkäufe werden sofort bewertet.',
    'how_lines-without-head':
      'Importieren Sie die Datei mit den Aufträgen: Die Positionen finden sie über die Nummer.',
    'how_impossible-dates':
      'Öffnen Sie den Eintrag und setzen Sie den Tag. Hat ein Import viele davon gebracht, nehmen Sie ihn dort zurück und lesen die Datei mit der richtigen Schreibweise der Tage noch einmal ein.',
    'how_swapped-dates':
      'Öffnen Sie den Import, nehmen Sie ihn zurück und lesen Sie die Datei noch einmal ein; geben Sie dabei an, wie die Tage geschrieben sind.',
    how_overlap:
      'Legen Sie in den Einstellungen fest, ab wann Verkaufschancen oder Aufträge zählen. Was davor war, bleibt, wie es war.',
    'how_deals-without-owner':
      'Wählen Sie Verkaufschancen aus und geben Sie sie einer Verkäuferin oder einem Verkäufer; die Verkäufe folgen.',
    'how_deals-without-customer':
      'Wählen Sie Verkaufschancen aus und setzen Sie den Kunden; die Verkäufe folgen.',
    'how_won-without-value':
      'Wählen Sie Verkaufschancen aus und setzen Sie Listenpreis × Menge, oder öffnen Sie eine und geben Sie den Betrag ein.',
    'how_sale-before-contact':
      'Öffnen Sie den Kunden und tragen Sie nach, was vorher war, oder importieren Sie die Aktivitäten jener Zeit.',
    'how_missing-demographics':
      'Wählen Sie ein Feld, dann Kunden, und setzen Sie den Wert für alle; oder öffnen Sie einen und ergänzen Sie die Angabe.',
    'how_unlisted-demographics':
      'Wählen Sie ein Feld, dann Werte, und machen Sie daraus einen Wert der Liste; auch der nächste Import liest sie so.',
    'how_products-without-cost':
      'Öffnen Sie ein Produkt und geben Sie die Kosten ein, oder importieren Sie eine Preisliste mit Kosten.',
    'how_never-bought':
      'Wählen Sie Kunden aus und archivieren Sie sie, oder lassen Sie sie als noch zu gewinnende stehen.',
  },
})
