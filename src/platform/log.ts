// The program's log: one line of JSON per event on stderr, never personal data, never keys.
import pino from 'pino'

export const systemLog = pino(
  { level: process.env.KONTOR_LOG ?? 'warn', base: null, redact: ['key', '*.key', '*.password'] },
  pino.destination({ dest: 2, sync: true }),
)
