// Activities, and activities per win: figure and explanation.
import type { Figure } from '../../../basics/figure.ts'
import { count, counts, deals, type Finisher, type Given, missing, plural } from './finish-words.ts'
import { metrics } from './metrics.ts'

function activitiesText({ w, say }: Given, n: number): string {
  return `${w.count(n)} ${say(plural(n, 'activity', 'activities'), plural(n, 'Aktivität', 'Aktivitäten'))}`
}

export const activities: Finisher = (counted, given) => {
  const { w, say } = given
  const [n, tasks] = [counted.get('activities'), counted.get('tasks')]
  return {
    figure: count(n),
    explain: () => ({
      text: say(`${activitiesText(given, n)} done`, `${activitiesText(given, n)} erledigt`),
      parts: [],
      method: null,
      leftOut: [
        say(
          'Activities count as they are on record today, also where the day looked at lies back.',
          'Aktivitäten zählen, wie sie heute erfasst sind, auch wenn auf einen früheren Stand geblickt wird.',
        ),
        ...counts([
          tasks,
          say(
            `${w.count(tasks)} ${plural(tasks, 'task that was done is', 'tasks that were done are')} left out: nobody was spoken to.`,
            `${w.count(tasks)} erledigte ${plural(tasks, 'Aufgabe bleibt', 'Aufgaben bleiben')} außen vor: Mit niemandem wurde gesprochen.`,
          ),
        ]),
      ],
    }),
  }
}

export const activitiesPerWin: Finisher = (counted, given) => {
  const { w, say } = given
  const [n, won] = [counted.get('activities'), counted.get('won')]
  const figure: Figure =
    won === 0
      ? missing(
          given,
          'not_enough_data',
          say(
            'No deal was won in this period.',
            'In diesem Zeitraum wurde keine Verkaufschance gewonnen.',
          ),
          { n: 0, more: 1 },
        )
      : n === 0
        ? missing(
            given,
            'not_measured',
            say(
              'No activity was recorded in this period. Enter or import activities to measure it.',
              'In diesem Zeitraum wurde keine Aktivität erfasst. Erfassen oder importieren Sie Aktivitäten, um dies zu messen.',
            ),
          )
        : { value: n / won, n: won, unit: 'count' }
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? (figure.missing?.text ?? '')
          : `${activitiesText(given, n)} ÷ ${deals(given, won)} ${say('won', 'gewonnen')} = ${w.number(figure.value, 1)}`,
      parts: [
        { label: metrics.activities.name[given.lang], figure: count(n) },
        { label: metrics['deals-won'].name[given.lang], figure: count(won) },
      ],
      method: null,
      leftOut: [
        say(
          'All activities of the period count, also those for deals that were lost or are still open; and how many there are per win does not say that more of them would win more.',
          'Alle Aktivitäten des Zeitraums zählen, auch solche zu verlorenen oder noch offenen Verkaufschancen; und wie viele auf einen Abschluss kommen, sagt nicht, dass mehr davon mehr gewinnen würden.',
        ),
      ],
    }),
  }
}
