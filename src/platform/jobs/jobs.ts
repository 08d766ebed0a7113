// Background work: what operations may ask for, whoever runs it.

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
  ): Promise<void>
}
