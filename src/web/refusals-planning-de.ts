// What the planning part refuses, in German: calendars, quotas, forecasts and the start page.
import { notFound, type Said } from './refusals-words.ts'

export const planningRefusals: Readonly<Record<string, Said>> = {
  'calendar.two_owners': {
    message: 'Ein Kalender gehört einem Team oder einem Verkäufer, nicht beiden.',
    next: 'Nennen Sie eines von beiden; ohne Angabe ist es der Kalender der Organisation.',
  },
  'calendar.not_yours': {
    message: 'Dieser Kalender ist weder Ihrer noch der Ihres Teams.',
    next: 'Fragen Sie die Leitung des Teams oder die Verwaltung.',
  },
  'calendar.too_long': {
    message: 'Das sind mehr Tage, als sich einzeln zeigen lassen.',
    next: 'Wählen Sie höchstens ein Jahr.',
  },
  'calendar.unknown_place': {
    message: 'Zu diesem Land und dieser Region sind keine Feiertage bekannt.',
    next: 'Wählen Sie aus der Liste der Länder und Regionen.',
  },
  'calendar.hours_backwards': {
    message: 'Die Zeiten eines Tages enden, bevor sie beginnen.',
    next: 'Nennen Sie ein späteres Ende, oder lassen Sie den Tag geschlossen.',
  },
  'calendar.too_many': {
    message: 'Dieser Kalender hat bereits sehr viele Einträge.',
    next: 'Entfernen Sie einige, die niemand mehr braucht.',
  },
  'work_calendar.not_found': { message: 'Diesen Eintrag gibt es nicht.', next: notFound },
  'calendar_exception.not_found': { message: 'Diesen freien Tag gibt es nicht.', next: notFound },
  'quota.not_found': { message: 'Diese Vorgabe gibt es nicht.', next: notFound },
  'quota.metric_unfit': {
    message: 'Für diese Kennzahl lässt sich keine Vorgabe setzen.',
    next: 'Wählen Sie einen Betrag oder eine Anzahl, etwa Umsatz oder gewonnene Verkaufschancen.',
  },
  'quota.filter_unfit': {
    message: 'Danach lässt sich eine Vorgabe nicht einschränken.',
    next: 'Schränken Sie danach ein, was oder an wen verkauft wird, etwa Produktfamilie oder Region.',
  },
  'quota.period_unfit': {
    message: 'Eine Vorgabe gilt für einen Monat, ein Quartal oder ein Jahr.',
    next: 'Schreiben Sie 2026-03, 2026-Q1, 2026, FY2026-Q1 oder FY2026.',
  },
  'quota.one_holder': {
    message: 'Eine Vorgabe gehört zu einer Person, einem Team oder einer Stelle.',
    next: 'Nennen Sie genau eins davon.',
  },
  'quota.position_gone': {
    message: 'Diese Stelle ist archiviert und kann keine Vorgabe bekommen.',
    next: 'Wählen Sie eine bestehende Stelle, oder holen Sie diese zurück.',
  },
  'quota.team_dissolved': {
    message: 'Dieses Team ist aufgelöst und kann keine Vorgabe bekommen.',
    next: 'Wählen Sie ein bestehendes Team, oder holen Sie dieses zurück.',
  },
  'quota.seller_left': {
    message: 'Diese Person ist in dem Zeitraum nicht mehr da und kann keine Vorgabe bekommen.',
    next: 'Wählen Sie jemand anderen oder einen früheren Zeitraum, oder berichtigen Sie den Austritt.',
  },
  'quota.not_yours': {
    message: 'Diese Vorgabe gehört nicht zu dem, was Sie ändern dürfen.',
    next: 'Fragen Sie die Leitung des Teams oder die Verwaltung.',
  },
  'quota.own_approval': {
    message: 'Niemand gibt die eigene Vorgabe frei.',
    next: 'Schlagen Sie sie vor; die Leitung darüber gibt sie frei.',
  },
  'quota.rate_missing': {
    message:
      'Für diese Währung fehlt der Kurs, mit dem die Vorgabe in die Basiswährung umgerechnet wird.',
    next: 'Tragen Sie den Kurs unter „Kurse“ ein, oder geben Sie den Betrag in der Basiswährung an.',
  },
  'quota.unit': {
    message: 'Diese Kennzahl wird gezählt und hat keine Währung.',
    next: 'Geben Sie nur die Zahl an.',
  },
  'quota.reason_missing': {
    message: 'Wer die Vorgabe vorgeschlagen hat, möchte wissen, warum sie zurückkommt.',
    next: 'Sagen Sie in einem Satz, was anders sein soll.',
  },
  'quota.nothing_to_decide': {
    message: 'Das ist bereits bei allen so.',
    next: 'Wählen Sie Vorgaben, die auf eine Entscheidung warten.',
  },
  'quota.nobody': {
    message: 'Hier lässt sich die Zahl auf niemanden verteilen.',
    next: 'Wählen Sie ein anderes Team oder einen anderen Zeitraum.',
  },
  'quota.no_basis': {
    message: 'Ein Jahr zuvor ist nichts erfasst, wonach sich verteilen ließe.',
    next: 'Verteilen Sie zu gleichen Teilen oder von Hand.',
  },
  'quota.does_not_add_up': {
    message: 'Die Teile ergeben zusammen nicht die Zahl.',
    next: 'Ändern Sie die Teile oder die Zahl, bis kein Rest bleibt.',
  },
  'quota.holder_twice': {
    message: 'Jemand steht zweimal in der Verteilung.',
    next: 'Geben Sie jeder Person, jedem Team und jeder Stelle einen Teil.',
  },
  'quota.not_below': {
    message: 'Jemand in der Verteilung gehört am letzten Tag des Zeitraums nicht zu diesem Team.',
    next: 'Nehmen Sie den Teil heraus, oder verteilen Sie vom Team darüber aus.',
  },
  'quota.too_many_periods': {
    message: 'So viele Zeiträume passen nicht nebeneinander.',
    next: 'Wählen Sie eine kürzere Spanne oder längere Zeiträume.',
  },
  'snooze.past': {
    message: 'Zurückstellen lässt sich etwas nur auf einen künftigen Tag.',
    next: 'Wählen Sie morgen oder später.',
  },
  'snooze.too_far': {
    message: 'Zurückstellen lässt sich etwas höchstens für ein Jahr.',
    next: 'Wählen Sie einen früheren Tag.',
  },
  'snooze.too_many': {
    message: 'Es ist bereits sehr vieles zurückgestellt.',
    next: 'Zeigen Sie zuerst einiges davon wieder an.',
  },
  'snooze.not_found': { message: 'Das ist nicht mehr zurückgestellt.', next: notFound },
  'calendar_feed.shown_once': {
    message: 'Die Adresse wurde beim Anlegen gezeigt und wird nur dieses eine Mal gezeigt.',
    next: 'Legen Sie eine neue an; die bisherige gilt dann nicht mehr.',
  },
  'calendar_feed.not_found': {
    message: 'Es gibt keine Kalenderadresse.',
    next: 'Legen Sie zuerst eine an.',
  },
  'forecast.team_and_seller': {
    message: 'Eine Prognose gilt einem Team oder einer Person, nicht beiden.',
    next: 'Lassen Sie eines von beiden weg.',
  },
  'forecast.beyond_reach': {
    message: 'Davon sehen Sie nicht alles; eine Prognose oder Einschätzung dafür sagte zu wenig.',
    next: 'Fragen Sie nach dem, was Sie ganz sehen: sich selbst oder ein Team, das Sie leiten.',
  },
  'forecast.day_to_come': {
    message: 'An einem Tag, der noch kommt, lässt sich keine Prognose erstellen.',
    next: 'Lassen Sie den Tag weg oder nennen Sie einen früheren.',
  },
  'forecast.nothing_to_keep': {
    message: 'Noch gibt es nicht genug Daten für eine Prognose.',
    next: 'Bringen Sie mehr aus der Vergangenheit ein oder fragen Sie wochenweise.',
  },
  'forecast.nothing_to_test': {
    message: 'Die offenen Verkaufschancen sagen darüber nichts; es gibt nichts zu prüfen.',
    next: 'Fragen Sie nach gewonnenen Verkaufschancen, oder nach Umsatz, wo er aus Verkaufschancen gezählt wird.',
  },
  'forecast.test_not_found': {
    message: 'Diese Prüfung läuft nicht.',
    next: 'Vielleicht ist sie schon vorbei; sehen Sie nach ihrem Ergebnis.',
  },
  'forecast.no_such_period': {
    message: 'Über diesen Zeitraum sagt die Prognose nichts.',
    next: 'Wählen Sie einen der Zeiträume, die sie nennt.',
  },
  'forecast.no_call_period': {
    message: 'Eine Einschätzung gilt einer Woche, einem Monat, einem Quartal oder einem Jahr.',
    next: 'Schreiben Sie zum Beispiel 2017-10, 2017-Q4 oder 2017.',
  },
  'forecast.best_below_commit': {
    message: 'Der beste Fall liegt unter der Zusage.',
    next: 'Geben Sie einen besten Fall an, der mindestens so hoch ist.',
  },
  'forecast.call_without_amount': {
    message: 'Eine Einschätzung nennt eine Zusage, einen besten Fall oder beides.',
    next: 'Geben Sie einen Betrag ein oder nehmen Sie die Einschätzung zurück.',
  },
  'forecast_call.not_found': {
    message: 'Diese Einschätzung gibt es nicht, oder sie ist nicht von Ihnen.',
    next: notFound,
  },
}
