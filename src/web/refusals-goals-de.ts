// What the server refuses about goals, in German.

export const refusalsOfGoals = {
  'goal.not_found': {
    message: 'Dieses Ziel gibt es nicht.',
    next: 'Vielleicht wurde der Eintrag entfernt; gehen Sie zurück zur Liste.',
  },
  'goal.not_yours': {
    message: 'Ziele dieser Person oder dieses Teams können Sie weder setzen noch ändern.',
    next: 'Setzen Sie eines für sich selbst, oder fragen Sie die Leitung des Teams.',
  },
  'goal.owner_gone': {
    message: 'Diese Verkäuferin, diesen Verkäufer oder dieses Team gibt es nicht mehr.',
    next: 'Holen Sie den Eintrag zurück, oder setzen Sie das Ziel für jemand anderen.',
  },
  'goal.backwards': {
    message: 'Das Ziel endet, bevor es beginnt.',
    next: 'Wählen Sie einen späteren letzten Tag.',
  },
  'goal.too_long': {
    message: 'Ein Ziel dauert höchstens zehn Jahre.',
    next: 'Setzen Sie ein näheres Ziel und danach das nächste.',
  },
  'goal.target': {
    message: 'Dieser Zielwert passt nicht zu dem, was gemessen wird.',
    next: 'Mehr als null, ein Anteil bis 100 %, Geld in ganzen Cent.',
  },
  'goal.incomplete': {
    message: 'Dem Ziel fehlt noch etwas.',
    next: 'Ergänzen Sie, was gezählt wird, oder wenigstens einen Schritt.',
  },
  'goal.filter': {
    message: 'So lässt sich ein Ziel nicht einschränken.',
    next: 'Wem es gehört und wann es gilt, sagt das Ziel selbst; lassen Sie diesen Filter weg.',
  },
  'goal.milestone': {
    message:
      'Meilensteine liegen innerhalb der Tage des Ziels, steigen an und gehen nicht über den Zielwert.',
    next: 'Berichtigen Sie den Meilenstein, oder lassen Sie ihn weg.',
  },
  'goal.not_whole': {
    message: 'Ein wiederkehrendes Ziel dauert genau einen ganzen Monat oder ein ganzes Quartal.',
    next: 'Lassen Sie es mit dem Monat oder Quartal beginnen und enden, oder nur einmal gelten.',
  },
  'goal.overlaps': {
    message: 'Ein anderes Ziel kehrt über diese Tage schon wieder und zählt dasselbe.',
    next: 'Ändern Sie jenes, oder lassen Sie dieses nur einmal gelten.',
  },
  'goal.step_later': {
    message: 'Ein Schritt kann nicht nach heute erledigt worden sein.',
    next: 'Wählen Sie heute oder einen früheren Tag.',
  },
  'goal.not_reached': {
    message: 'Nach den Daten ist dieses Ziel nicht erreicht.',
    next: 'Laden Sie neu, um zu sehen, wo es steht.',
  },
  'goal.check_in_later': {
    message: 'Diese Woche hat noch nicht begonnen.',
    next: 'Wählen Sie diese oder eine frühere Woche.',
  },
} as const
