// Answers that took a while, kept by all that they were made from.

/** The `most` answers asked for last. What a key leaves out must not change the answer. */
export class Remembered<Value> {
  private readonly kept = new Map<string, Value>()
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  get(key: string): Value | undefined {
    const value = this.kept.get(key)
    if (value !== undefined) this.keep(key, value)
    return value
  }

  /** The answer kept, or else the one that is made and kept now. */
  async once(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.get(key)
    if (known !== undefined) return known
    const made = await make()
    this.keep(key, made)
    return made
  }

  keep(key: string, value: Value): void {
    this.kept.delete(key)
    this.kept.set(key, value)
    const [oldest] = this.kept.keys()
    if (this.kept.size > this.most && oldest !== undefined) this.kept.delete(oldest)
  }
}
