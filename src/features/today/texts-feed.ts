// Words of the calendar feed: what an activity is called where no screen is.
export const feedWords = {
  en: {
    call: 'Call',
    mail: 'Mail',
    meeting: 'Meeting',
    visit: 'Visit',
    message: 'Message',
    task: 'Task',
  },
  de: {
    call: 'Anruf',
    mail: 'E-Mail',
    meeting: 'Besprechung',
    visit: 'Besuch',
    message: 'Nachricht',
    task: 'Aufgabe',
  },
} as const
