// A refusal is what the person can act on; anything else that goes wrong is our mistake.

export interface RefusalDetail {
  /** Stable code, `noun.reason`, listed in the operation's contract. */
  code: string
  /** One sentence that names the place. */
  message: string
  /** Name of the input field at fault. */
  field?: string
  /** The way out, one sentence. */
  next?: string
  /** HTTP status; 409 unless the code says something closer. */
  status?: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 429 | 503 | 507
  /** Machine-readable particulars (both versions of a conflict, questions to answer …). */
  particulars?: unknown
}

/** Thrown by operations and calculation when the person can do something about it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly detail: RefusalDetail

  constructor(detail: RefusalDetail) {
    super(detail.message)
    this.detail = detail
  }

  get code(): string {
    return this.detail.code
  }
}

/** Our own mistake: stops the work, is logged with an id, and the id is shown. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${what}`)
}
