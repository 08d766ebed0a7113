// What refusals in German are made of.

export interface Said {
  message: string
  next?: string
}

export const notFound = 'Vielleicht wurde der Eintrag entfernt; gehen Sie zurück zur Liste.'
export const correct = 'Berichtigen Sie die Angabe und senden Sie sie noch einmal.'
