// What an activity must have: a day it is due or was done on, and none is done before its day has come.

export type ActivityFault = 'activity.needs_day' | 'activity.done_later'

export function activityFault(
  activity: { dueOn: string | null; doneOn: string | null },
  today: string,
): ActivityFault | undefined {
  if (activity.dueOn === null && activity.doneOn === null) return 'activity.needs_day'
  if (activity.doneOn !== null && activity.doneOn > today) return 'activity.done_later'
  return undefined
}
