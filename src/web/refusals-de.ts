// What the server refuses, in German: by code, the sentence and the way out. The server speaks English.
import { refusalsOfGoals } from './refusals-goals-de.ts'
import { planningRefusals } from './refusals-planning-de.ts'
import { correct, notFound, type Said } from './refusals-words.ts'

export const refusalsInGerman: Readonly<Record<string, Said>> = {
  ...refusalsOfGoals,
  ...planningRefusals,
  internal: {
    message: 'Bei uns ist etwas schiefgegangen; geändert wurde nichts.',
    next: 'Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie bitte diese Nummer.',
  },
  'request.invalid': { message: 'Eine Angabe kann so nicht verwendet werden.', next: correct },
  'request.no_right': {
    message: 'Ihre Rolle erlaubt das nicht.',
    next: 'Fragen Sie die Verwaltung dieser Organisation.',
  },
  'request.too_large': { message: 'Die Anfrage ist größer als erlaubt.' },
  'request.too_long': {
    message: 'Das dauerte länger als erlaubt und wurde beendet; geändert wurde nichts.',
    next: 'Wählen Sie einen kürzeren Zeitraum oder weniger Merkmale.',
  },
  'money.too_large': {
    message: 'Ein Betrag wäre größer, als er sich genau festhalten lässt.',
    next: 'Prüfen Sie Mengen, Preise und Kurse, oder schränken Sie die Auswahl ein.',
  },
  'organisation.not_found': { message: 'Diese Organisation gibt es hier nicht.' },
  'organisation.currency_in_use': {
    message: 'Es gibt bereits Beträge oder Kurse; sie sind in der bisherigen Währung gerechnet.',
    next: 'Behalten Sie die Währung bei.',
  },
  'organisation.unknown_zone': {
    message: 'Das ist keine Zeitzone.',
    next: 'Wählen Sie eine wie Europe/Berlin.',
  },
  'database.unreachable': {
    message: 'Die Datenbank antwortet gerade nicht.',
    next: 'Versuchen Sie es in einigen Sekunden noch einmal.',
  },
  'server.busy': {
    message: 'Von Kontor wird gerade mehr verlangt, als es beantworten kann.',
    next: 'Versuchen Sie es in einer Minute noch einmal.',
  },
  'storage.full': {
    message: 'Der Datenträger der Datenbank ist voll; geändert wurde nichts.',
    next: 'Schaffen Sie Platz und versuchen Sie es noch einmal.',
  },
  'disk.full': {
    message: 'Auf dem Datenträger ist zu wenig Platz.',
    next: 'Schaffen Sie Platz und versuchen Sie es noch einmal.',
  },
  'record.changed': {
    message: 'Jemand anderes hat das geändert, seit Sie es geöffnet haben.',
    next: 'Vergleichen Sie beide Fassungen und wählen Sie.',
  },
  'contact.not_found': { message: 'Diesen Kontakt gibt es nicht.', next: notFound },
  'contact.exists': {
    message:
      'Es gibt bereits einen Kontakt mit dieser Nummer oder mit diesem Namen bei diesem Kunden.',
    next: 'Öffnen Sie ihn, oder unterscheiden Sie die beiden durch ihre Namen.',
  },
  'note.not_found': { message: 'Diese Notiz gibt es nicht.', next: notFound },
  'note.of_another': {
    message: 'Diese Notiz hat jemand anderes geschrieben.',
    next: 'Schreiben Sie eine eigene Notiz.',
  },
  'own_field.not_found': { message: 'Dieses eigene Feld gibt es nicht.', next: notFound },
  'own_field.exists': {
    message: 'Für diese Spalte gibt es bereits ein eigenes Feld.',
    next: 'Ändern Sie jenes; vielleicht ist es archiviert.',
  },
  'own_field.needs_choices': {
    message: 'Ein Auswahlfeld braucht mindestens einen Wert.',
    next: 'Nennen Sie, was zur Auswahl steht.',
  },
  'own_field.not_fitting': {
    message: 'Der Wert passt nicht zu diesem eigenen Feld.',
    next: correct,
  },
  'demographic.not_found': { message: 'Diesen Wert gibt es nicht.', next: notFound },
  'demographic.exists': {
    message: 'Die Liste enthält diesen Wert bereits.',
    next: 'Wählen Sie einen anderen Wert.',
  },
  'price.not_found': { message: 'Diesen Preis gibt es nicht.', next: notFound },
  'price.overlaps': {
    message: 'Ein anderer Preis in dieser Währung gilt an denselben Tagen.',
    next: 'Beenden Sie ihn zuerst, oder wählen Sie andere Tage.',
  },
  'price.backwards': {
    message: 'Ein Preis endet nach dem Tag, an dem er beginnt.',
    next: 'Nennen Sie den ersten Tag, an dem er nicht mehr gilt.',
  },
  'price.empty': {
    message: 'Ein Preis braucht einen Listenpreis oder Kosten.',
    next: 'Geben Sie eines von beiden ein.',
  },
  'bulk.nothing_chosen': {
    message: 'Es ist nichts ausgewählt, oder das Ausgewählte gibt es nicht mehr.',
    next: 'Wählen Sie in der Liste aus, oder nehmen Sie einen Filter weg.',
  },
  'bulk.nothing_set': {
    message: 'Es ist kein Feld angegeben, das gesetzt werden soll.',
    next: 'Wählen Sie mindestens ein Feld und seinen Wert.',
  },
  'bulk.nothing_changes': {
    message: 'Bei allen ist es schon so; geändert wurde nichts.',
    next: 'Wählen Sie andere Einträge oder andere Werte.',
  },
  'bulk.too_many': {
    message: 'Das sind mehr Einträge, als auf einmal geändert werden können.',
    next: 'Grenzen Sie den Filter ein und ändern Sie in Teilen.',
  },
  'quality.merge_same': {
    message: 'Ein Eintrag lässt sich nicht mit sich selbst zusammenführen.',
    next: 'Wählen Sie zwei verschiedene Einträge.',
  },
  'quality.same_value': {
    message: 'Das ist bereits derselbe Wert.',
    next: 'Wählen Sie einen anderen Wert, der bleiben soll.',
  },
  'different_pair.not_found': {
    message: 'Dieses Paar steht nicht mehr in der Liste.',
    next: notFound,
  },
  'quality.merge_field': {
    message: 'Für eines der angegebenen Felder gibt es nichts zu wählen.',
    next: 'Wählen Sie unter den gezeigten Feldern.',
  },
  'record.not_found': { message: 'Diesen Eintrag gibt es nicht.', next: notFound },
  'change.not_found': { message: 'Diese Änderung gibt es nicht.' },
  'restore.nothing_changes': {
    message: 'Alles, was sich wiederherstellen lässt, ist bereits so wie damals.',
    next: 'Wählen Sie einen anderen Eintrag des Verlaufs.',
  },
  'restore.unknown_field': {
    message: 'Dieses Feld war damals nicht anders.',
    next: 'Wählen Sie unter den Feldern der Vorschau.',
  },
  'restore.refers_to_removed': {
    message: 'Was damals hier stand, wurde inzwischen entfernt.',
    next: 'Stellen Sie die übrigen Felder wieder her, oder wählen Sie von Hand einen anderen Wert.',
  },
  'restore.field_gone': {
    message: 'Dieses Feld gibt es nicht mehr.',
    next: 'Holen Sie das Feld in den Einstellungen zurück, oder stellen Sie die übrigen Felder wieder her.',
  },
  'restore.not_editable': {
    message: 'Dieses Feld lässt sich nicht von Hand setzen.',
    next: 'Stellen Sie die übrigen Felder wieder her, oder nehmen Sie die Änderung in der Liste der Änderungen zurück.',
  },
  'change.already_undone': { message: 'Diese Änderung ist bereits zurückgenommen.' },
  'change.not_undoable': {
    message:
      'Ersteinrichtung, Zeitraumabschlüsse und Kalenderadressen lassen sich nicht zurücknehmen.',
    next: 'Ändern Sie die Einstellungen, schließen oder öffnen Sie den Zeitraum, oder widerrufen Sie die Adresse.',
  },
  'change.changed_since': {
    message: 'Manches wurde seither geändert; zurückgenommen wurde nichts.',
    next: 'Nehmen Sie den Rest zurück, oder lassen Sie alles, wie es ist.',
  },
  'change.not_yours': { message: 'Diese Änderung stammt von jemand anderem.' },
  'customer.not_found': { message: 'Diesen Kunden gibt es nicht.', next: notFound },
  'customer.exists': { message: 'Ein Kunde mit dieser Nummer ist schon erfasst.' },
  'customer.ambiguous': {
    message: 'Mehrere Kunden heißen so.',
    next: 'Wählen Sie den gemeinten aus der Liste.',
  },
  'product.not_found': { message: 'Dieses Produkt gibt es nicht.', next: notFound },
  'product.exists': { message: 'Ein Produkt mit dieser Nummer ist schon erfasst.' },
  'product.price_needs_currency': {
    message: 'Ein Preis braucht eine Währung.',
    next: 'Geben Sie die Währung an.',
  },
  'seller.not_found': { message: 'Diese Verkaufsperson gibt es nicht.', next: notFound },
  'seller.exists': {
    message: 'Eine Verkaufsperson mit diesem Namen oder dieser Nummer ist schon erfasst.',
  },
  'seller.ambiguous': {
    message: 'Mehrere Verkaufspersonen heißen so.',
    next: 'Wählen Sie die gemeinte aus der Liste.',
  },
  'person.not_found': { message: 'Diese Person gibt es nicht.', next: notFound },
  'person.ambiguous': { message: 'Mehrere Personen heißen so.' },
  'team.not_found': { message: 'Dieses Team gibt es nicht.', next: notFound },
  'team.circle': { message: 'Ein Team kann nicht unter sich selbst hängen.' },
  'team.has_members': {
    message: 'In diesem Team ist noch jemand, oder ein Team oder eine Stelle hängt darunter.',
    next: 'Verschieben Sie das zuerst.',
  },
  'position.not_found': { message: 'Diese Stelle gibt es nicht.', next: notFound },
  'position.exists': {
    message: 'Eine Stelle mit diesem Namen gibt es schon.',
    next: 'Öffnen Sie diese, oder nennen Sie im Namen die Region oder das Team.',
  },
  'position.in_use': {
    message: 'Diese Stelle ist noch besetzt.',
    next: 'Legen Sie zuerst fest, an welchem Tag das endet.',
  },
  'position.archived': {
    message: 'Diese Stelle ist archiviert und lässt sich nicht besetzen.',
    next: 'Holen Sie sie zuerst zurück, oder wählen Sie eine andere.',
  },
  'position.held': {
    message: 'In diesen Tagen hat schon jemand die Stelle inne.',
    next: 'Wählen Sie andere Tage, oder beenden Sie zuerst diese Zeit.',
  },
  'position.backwards': {
    message: 'Die Zeit in der Stelle endet vor ihrem Beginn.',
    next: correct,
  },
  'position_holder.not_found': {
    message: 'Diese Zeit in einer Stelle gibt es nicht.',
    next: notFound,
  },
  'membership.not_found': { message: 'Diese Zugehörigkeit gibt es nicht.', next: notFound },
  'membership.backwards': { message: 'Die Zugehörigkeit endet vor ihrem Beginn.', next: correct },
  'membership.incomplete': {
    message: 'Es fehlt, wer ins Team kommt oder es führt.',
    next: correct,
  },
  'stage.not_found': { message: 'Diese Phase gibt es nicht.', next: notFound },
  'stage.exists': { message: 'Eine Phase mit diesem Namen gibt es schon.' },
  'deal.not_found': { message: 'Diese Verkaufschance gibt es nicht.', next: notFound },
  'deal.exists': { message: 'Eine Verkaufschance mit dieser Nummer ist schon erfasst.' },
  'deal.not_yours': { message: 'Diese Verkaufschance gehört nicht zu Ihnen oder Ihrem Team.' },
  'deal.closed_needs_day': {
    message:
      'Gewonnene und verlorene Verkaufschancen brauchen den Tag des Abschlusses, offene haben keinen.',
    next: correct,
  },
  'deal.backwards': { message: 'Der Abschluss liegt vor der Eröffnung.', next: correct },
  'deal.shares_not_whole': {
    message: 'Die Anteile ergeben zusammen nicht genau 100 %.',
    next: correct,
  },
  'deal.seller_twice': { message: 'Dieselbe Person steht zweimal da.', next: correct },
  'deal.owner_without_share': {
    message: 'Wer die Verkaufschance führt, ist nicht unter denen mit einem Anteil.',
    next: correct,
  },
  'lost_reason.not_found': { message: 'Diesen Verlustgrund gibt es nicht.', next: notFound },
  'lost_reason.exists': {
    message: 'Einen Verlustgrund mit diesem Namen gibt es schon.',
    next: 'Geben Sie einen anderen Namen an oder holen Sie den archivierten zurück.',
  },
  'activity.not_found': { message: 'Diese Aktivität gibt es nicht.', next: notFound },
  'activity.not_yours': { message: 'Diese Aktivität gehört nicht zu Ihnen oder Ihrem Team.' },
  'activity.needs_day': {
    message: 'Eine Aktivität braucht den Tag, an dem sie fällig ist oder erledigt wurde.',
    next: correct,
  },
  'activity.done_later': {
    message: 'Erledigtes kann nicht nach heute erledigt worden sein.',
    next: correct,
  },
  'hand_over.to_self': {
    message: 'Niemand übergibt an sich selbst.',
    next: 'Wählen Sie andere aus.',
  },
  'hand_over.nothing': {
    message: 'Es ist nichts offen, das übergeben werden könnte.',
    next: 'Wählen Sie einen früheren Tag oder jemand anderen.',
  },
  'deal.won_needs_amount': {
    message: 'Eine gewonnene Verkaufschance braucht einen Betrag.',
    next: 'Tragen Sie ein, was der Kunde zahlt.',
  },
  'rate.not_found': { message: 'Diesen Kurs gibt es nicht.', next: notFound },
  'rate.exists': {
    message: 'Für diese Währung und diesen Tag gibt es schon einen Kurs.',
    next: 'Berichtigen Sie ihn, oder wählen Sie einen anderen Tag.',
  },
  'rate.of_base': {
    message: 'Das ist die Basiswährung; ein Kurs sagt, was andere Währungen in ihr wert sind.',
    next: 'Wählen Sie eine andere Währung.',
  },
  'survey_answer.not_found': { message: 'Diese Antwort gibt es nicht.', next: notFound },
  'survey.exists': {
    message: 'Eine Antwort mit dieser Nummer ist schon erfasst.',
    next: 'Öffnen Sie diese, oder geben Sie der neuen eine andere Nummer.',
  },
  'survey.out_of_scale': { message: 'Die Bewertung liegt außerhalb der Skala.', next: correct },
  'survey.scale_backwards': {
    message: 'Eine Skala reicht von einer kleineren zu einer größeren Zahl.',
    next: correct,
  },
  'survey.nps_scale': {
    message: 'Nach der Weiterempfehlung wird auf einer Skala von 0 bis 10 gefragt.',
    next: correct,
  },
  'survey.not_yours': { message: 'Diese Antwort gehört nicht zu Ihnen oder Ihrem Team.' },
  'customer_case.not_found': { message: 'Diesen Vorgang gibt es nicht.', next: notFound },
  'case.exists': {
    message: 'Ein Vorgang mit dieser Nummer ist schon erfasst.',
    next: 'Öffnen Sie diesen, oder geben Sie dem neuen eine andere Nummer.',
  },
  'case.backwards': { message: 'Der Vorgang würde enden, bevor er begann.', next: correct },
  'case.open_has_day': {
    message: 'Ein offener Vorgang hat keinen Tag des Abschlusses.',
    next: correct,
  },
  'case.not_yours': { message: 'Dieser Vorgang gehört nicht zu Ihnen oder Ihrem Team.' },
  'period.locked': {
    message: 'Das fällt in einen abgeschlossenen Zeitraum.',
    next: 'Erfassen Sie es als Korrektur im offenen Zeitraum, oder lassen Sie den Zeitraum wieder öffnen.',
  },
  'period.backwards': { message: 'Der Zeitraum endet vor seinem Beginn.', next: correct },
  'period.unreadable': {
    message: 'Dieser Zeitraum ist nicht lesbar.',
    next: 'Schreiben Sie ihn wie 2017, 2017-Q4, 2017-03 oder 2017-03-01..2017-05-15.',
  },
  'period.impossible': { message: 'Diesen Zeitraum gibt es nicht.', next: correct },
  'period.out_of_range': {
    message: 'Dieser Zeitraum liegt außerhalb dessen, was sich darstellen lässt.',
  },
  'results.unknown_cell': {
    message: 'Ein Filter nennt etwas, das es hier nicht gibt.',
    next: 'Nehmen Sie den Filter weg oder wählen Sie aus der Liste.',
  },
  'results.dimension_not_allowed': { message: 'Diese Kennzahl lässt sich danach nicht aufteilen.' },
  'results.too_many_cells': {
    message: 'Das wären zu viele Zeilen auf einmal.',
    next: 'Wählen Sie einen kürzeren Zeitraum oder filtern Sie.',
  },
  'order.not_found': { message: 'Diesen Auftrag gibt es nicht.', next: notFound },
  'order.exists': {
    message: 'Einen Auftrag mit dieser Nummer gibt es schon.',
    next: 'Öffnen Sie ihn, oder vergeben Sie eine andere Nummer.',
  },
  'order.not_yours': {
    message: 'Dieser Auftrag gehört jemandem, dessen Zahlen Sie nicht ändern dürfen.',
    next: 'Fragen Sie die Person oder die Leitung des Teams.',
  },
  'order.line_needs_amount': {
    message: 'Eine Zeile braucht einen Preis oder einen Betrag.',
    next: 'Geben Sie den Preis je Stück oder den Betrag der Zeile an.',
  },
  'order.line_unknown': {
    message: 'Eine der Zeilen gehört nicht oder nicht mehr zu diesem Auftrag.',
    next: 'Öffnen Sie den Auftrag neu.',
  },
  'order.needs_number': {
    message: 'Ein Kauf ohne Auftragsnummer hat weder Verkaufschance noch Rückgaben.',
    next: 'Erfassen Sie den Kauf oder seine Rückgabe als eigenen Auftrag.',
  },
  'order.is_return': {
    message: 'Das ist selbst eine Rückgabe und kommt nicht zurück.',
    next: 'Entfernen Sie sie, falls sie versehentlich erfasst wurde.',
  },
  'order.returns_too_much': {
    message: 'Es käme mehr zurück, als verkauft wurde.',
    next: 'Berichtigen Sie die Menge hier oder im Auftrag und seinen Rückgaben.',
  },
  'order.returns_nothing': {
    message: 'Es fehlt, was zurückkam.',
    next: 'Geben Sie die Menge je Zeile an oder, wenn der Auftrag keine Zeilen hat, den Betrag.',
  },
  'order.has_returns': {
    message: 'Von diesem Auftrag kam etwas zurück.',
    next: 'Entfernen Sie zuerst seine Rückgaben; sie sind auf der Seite des Auftrags aufgeführt.',
  },
  'order.too_large': {
    message: 'Der Betrag ist größer, als ein Auftrag sein darf.',
    next: 'Prüfen Sie Mengen und Preise.',
  },
  'order.currency_of_lines': {
    message: 'Die Beträge der Zeilen stehen in der bisherigen Währung des Auftrags.',
    next: 'Geben Sie auch die Zeilen mit ihren Beträgen in der anderen Währung an.',
  },
  'contract.not_found': { message: 'Diesen Vertrag gibt es nicht.', next: notFound },
  'contract.exists': {
    message: 'Einen Vertrag mit dieser Nummer gibt es schon.',
    next: 'Öffnen Sie ihn, oder vergeben Sie eine andere Nummer.',
  },
  'contract.backwards': { message: 'Der Vertrag würde enden, bevor er beginnt.', next: correct },
  'revenue_source.not_first': {
    message: 'Was zählt, kann nur zum Ersten eines Monats wechseln.',
    next: 'Wählen Sie den ersten Tag eines Monats.',
  },
  'revenue_source.not_found': { message: 'Diesen Eintrag gibt es nicht.', next: notFound },
  'import.not_found': { message: 'Diesen Import gibt es nicht.', next: notFound },
  'import.unreadable': { message: 'Diese Datei lässt sich nicht lesen.' },
  'import.too_large': { message: 'Diese Datei ist größer als erlaubt.' },
  'import.mapping_invalid': { message: 'Die Zuordnung der Spalten passt nicht.', next: correct },
  'import.question_open': {
    message: 'Eine Frage zu dieser Datei ist noch offen.',
    next: 'Beantworten Sie sie, dann kann importiert werden.',
  },
  'import.nothing_corrected': {
    message: 'In den zurückgestellten Zeilen wurde nichts korrigiert.',
    next: 'Ändern Sie eine Zelle oder beantworten Sie einen Wert, dann senden Sie sie erneut.',
  },
  'import.mapping_without_headers': {
    message: 'Merken lässt sich nur die Zuordnung einer Datei mit Spaltenköpfen.',
    next: 'Geben Sie die Zuordnung jeder Datei mit.',
  },
  'results.not_in_series': {
    message: 'Diese Kennzahl lässt sich nicht über Zeiträume zusammenzählen.',
    next: 'Fragen Sie nach Umsatz, Deckungsbeitrag, Absatzmenge oder gewonnenen Verkaufschancen.',
  },
  'result_view.not_found': { message: 'Diese Ansicht gibt es nicht.', next: notFound },
  'result_view.exists': {
    message: 'Eine andere Ansicht heißt schon so.',
    next: 'Wählen Sie einen anderen Namen oder entfernen Sie zuerst jene Ansicht.',
  },
  'result_view.too_many': {
    message: 'Es gibt schon 200 Ansichten.',
    next: 'Entfernen Sie eine, die niemand mehr braucht.',
  },
  'result_view.shared_by_others': {
    message: 'Mit Ihrer Rolle werden Ansichten nicht geteilt.',
    next: 'Behalten Sie sie als eigene Ansicht.',
  },
  'alias.not_found': { message: 'Diesen anderen Namen gibt es nicht.', next: notFound },
  'saved_mapping.not_found': { message: 'Diese Zuordnung gibt es nicht.', next: notFound },
  'import.not_ready': { message: 'Dieser Import ist nicht bereit.' },
  'import.not_waiting': { message: 'Dieser Import wartet nicht mehr.' },
  'import.not_applied': { message: 'Dieser Import ist nicht eingespielt.' },
  'import.already_applied': {
    message: 'Dieser Import ist bereits eingespielt.',
    next: 'Nehmen Sie ihn als Ganzes zurück.',
  },
  'export.too_many_rows': {
    message: 'Das sind mehr als 1.000.000 Zeilen; so viele fasst keine Datei.',
    next: 'Grenzen Sie die Liste durch einen Filter ein und exportieren Sie sie in Teilen.',
  },
  'trust.not_empty': {
    message:
      'Diese Organisation enthält bereits Daten; ein Gesamtexport lässt sich nur in eine leere übernehmen.',
    next: 'Starten Sie Kontor mit einem neuen Datenordner und importieren Sie den Export dort.',
  },
  'trust.lives_here': {
    message: 'Die Organisation dieses Exports gibt es in dieser Installation bereits.',
    next: 'Importieren Sie sie in eine andere Installation mit einem neuen Datenordner.',
  },
  'trust.export_broken': {
    message: 'Der Export ist nicht, was geschrieben wurde; gespeichert wurde nichts.',
    next: 'Exportieren Sie am Ursprungsort noch einmal und importieren Sie diese Datei.',
  },
  'trust.export_newer': {
    message: 'Der Export stammt von einem neueren Kontor; manches darin ist hier nicht bekannt.',
    next: 'Aktualisieren Sie Kontor hier und importieren Sie dann noch einmal.',
  },
  'trust.days_backwards': {
    message: 'Der frühere Tag liegt nicht vor dem späteren.',
    next: 'Wählen Sie einen früheren ersten Tag; verglichen wird, was jeweils am Ende des Tages bekannt war.',
  },
  'trust.check_cancelled': {
    message: 'Diese Prüfung wurde von jemandem beendet.',
    next: 'Starten Sie sie noch einmal.',
  },
  'trust.check_not_found': {
    message: 'Es gibt keine solche laufende Prüfung.',
    next: 'Vielleicht ist sie schon vorbei; sehen Sie sich ihr Ergebnis an.',
  },
}

interface Worded {
  code: string
  message: string
  next?: string
  particulars?: unknown
}

/** The sentence by its code; where the server says it in both languages (files), its own German one. */
export function inGerman<Detail extends Worded>(detail: Detail): Detail {
  const both = (detail.particulars as { text?: { de?: string } } | undefined)?.text?.de
  const known = refusalsInGerman[detail.code]
  if (both === undefined && known === undefined) return detail
  const worded = { ...detail, message: both ?? known?.message ?? detail.message }
  if (known?.next === undefined) delete worded.next
  else worded.next = known.next
  return worded
}
