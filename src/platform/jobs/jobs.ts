// Background work: what operations may ask for, whoever runs it.

/**
 * What a job waits for. `changes`: those that change an organisation's data, one after the other, before all that is
 * long. `long`: what counts for minutes and can wait, one at a time in the whole installation, so that a worker is
 * always left for changes.
 */
export type Line = 'changes' | 'long'

/** A job is a task name with a small payload; it always names its organisation and person. */
export interface Jobs {
  /**
   * Queues a task; the same key queued twice while waiting is one job.
   * The task must be safe to run again after a crash.
   */
  add(
    task: string,
    payload: { orgId: string; personId: string } & Record<string, string>,
    key: string,
    line: Line,
  ): Promise<void>
}
