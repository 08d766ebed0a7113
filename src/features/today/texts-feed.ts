// Words of the calendar feed: what activities and days of goals are called where no screen is.
export const feedWords = {
  en: {
    call: 'Call',
    mail: 'Mail',
    meeting: 'Meeting',
    visit: 'Visit',
    message: 'Message',
    task: 'Task',
    ends: 'Goal ends',
    milestone: 'Milestone',
  },
  de: {
    call: 'Anruf',
    mail: 'E-Mail',
    meeting: 'Besprechung',
    visit: 'Besuch',
    message: 'Nachricht',
    task: 'Aufgabe',
    ends: 'Ziel endet',
    milestone: 'Meilenstein',
  },
} as const
