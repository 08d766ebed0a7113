// The settings PostgreSQL is started with: safe against crashes, private, sized to the machine.
import { totalmem } from 'node:os'

/** Name part of the socket; no port is opened, the number only appears in the file's name. */
export const socketPort = 5432

/** Peer authentication by our own map: the person who runs Kontor, and nobody as superuser. */
export const hbaContent = 'local all all peer map=kontor\n'

export function identContent(osUser: string): string {
  const name = `"${osUser.replaceAll('"', '""')}"`
  return `kontor ${name} kontor_owner\nkontor ${name} kontor_app\n`
}

/** Bytes of memory this process may count on: the machine's, or the container's if less. */
export function memoryBytes(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/** Command-line settings for the postmaster; they win over postgresql.conf and need no rewriting of it. */
export function serverSettings(socketFolder: string, memory: number): string[] {
  const mb = memory / 1_048_576
  const part = (divisor: number, least: number, most: number) =>
    `${Math.round(Math.min(most, Math.max(least, mb / divisor)))}MB`
  const settings: Record<string, string> = {
    listen_addresses: '',
    port: String(socketPort),
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: part(16, 64, 512),
    work_mem: part(256, 8, 64),
    maintenance_work_mem: part(32, 64, 512),
    effective_cache_size: part(2, 256, 65_536),
    max_connections: '100',
    // Figures are counted from indexes alone once the rows behind them are known to be visible: soon after an import.
    autovacuum_naptime: '10s',
    max_wal_size: '2GB',
    // An online backup holds its own WAL by a slot; this is the slack for looking at it afterwards.
    wal_keep_size: '64MB',
    random_page_cost: '1.1',
    jit: 'off',
    shared_preload_libraries: 'pg_stat_statements',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    // A failed statement may contain personal data; the program that sent it reports it.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    idle_in_transaction_session_timeout: '10min',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
