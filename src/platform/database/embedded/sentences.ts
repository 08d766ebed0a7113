// Turns what PostgreSQL's programs print when they fail into one sentence a person can act on.
import { Refusal } from '../../../basics/refusal.ts'
import { diskFull } from '../../files/disk.ts'
import { type Account, unknownUser } from './account.ts'

interface Scene {
  /** Which program spoke. */
  program: string
  /** The data folder. */
  folder: string
  account: Account
  /** Where more can be read. */
  logFile?: string
}

/** The refusal that fits the output of a failed initdb, single-user run or start. */
export function refusalFromOutput(output: string, scene: Scene): Refusal {
  const { program, folder, account, logFile } = scene
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(folder)
  if (/could not look up (?:effective )?user ID|user does not exist/.test(output)) {
    return unknownUser(account.uid)
  }
  if (/Permission denied|has wrong ownership|has invalid permissions/.test(output)) {
    return new Refusal({
      code: 'data.not_writable',
      message: `PostgreSQL, running as user ${account.uid}, may not use ${folder}: ${lastMessage(output)}`,
      next: 'Start Kontor as the user who made the folder, or name another one with --data.',
    })
  }
  if (/incompatible with server|was initialized by PostgreSQL version/.test(output)) {
    return new Refusal({
      code: 'data.other_major',
      message: `The data in ${folder} were made by another PostgreSQL: ${lastMessage(output)}`,
      next: 'Use the Kontor they were made with, or name another folder with --data.',
    })
  }
  if (/lock file "[^"]*" (?:already exists|is empty)|still in use/.test(output)) {
    return new Refusal({
      code: 'data.in_use',
      message: `Another PostgreSQL works on ${folder}: ${lastMessage(output)}`,
      next: 'Stop it first. If the machine has just crashed and no postgres process runs, the file postmaster.pid in it is a leftover.',
    })
  }
  if (/error while loading shared libraries|cannot open shared object/.test(output)) {
    return new Refusal({
      code: 'install.damaged',
      message: `The installation is damaged: ${lastMessage(output)}`,
      next: 'Delete the folder node_modules and start again; it is then installed anew.',
    })
  }
  return new Refusal({
    code: 'database.start_failed',
    message: `${program} failed: ${lastMessage(output)}`,
    next: logFile
      ? `The file ${logFile} says more; the data were not touched.`
      : 'The data were not touched.',
    status: 503,
  })
}

/** The last error PostgreSQL named, without its timestamp; else the last line. */
function lastMessage(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim())
  const worst = lines.filter((line) => /\b(?:FATAL|PANIC|ERROR|error):/.test(line)).at(-1)
  const line = worst ?? lines.at(-1) ?? 'it ended without a word'
  return line.replace(/^.*?\b(?:FATAL|PANIC|ERROR|error):\s*/, '').trim()
}
