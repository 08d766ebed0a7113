// The machine a run was made on, and how busy it was.
import { cpus, loadavg, totalmem } from 'node:os'

export interface Machine {
  processor: string
  cores: number
  memoryGb: number
  system: string
  node: string
  load: number[]
}

export function machine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    load: loadavg().map((value) => Math.round(value * 100) / 100),
  }
}
