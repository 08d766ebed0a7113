// The HTTP edge: guards every request, turns each operation of the contract into a route, serves the pages.
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Operation } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Principal } from '../context.ts'
import { callOperation, type Program } from '../operations.ts'
import { sendFile } from './file-answer.ts'
import { pageAt } from './first-files.ts'
import { type Guard, guardRequest } from './guard.ts'
import { type Asset, contentSecurityPolicy, type Pages, pageNonce } from './pages.ts'
import { problemOf } from './problem.ts'
import { inputFromQuery } from './query.ts'
import { addSecretAddress, type SecretAddress } from './secret-address.ts'

export interface HttpOptions {
  program: Program
  guard: Guard
  /** Identity of the data, told by /healthz so that a command finds the server of its folder. */
  dataId: string
  version: string
  /** The person asking, in the organisation that `Kontor-Org` names; without one: the own organisation. */
  principal(organisation: string | undefined): Promise<Principal>
  pages: Pages
  openApi: unknown
  /** Addresses that hold their own secret. */
  secretAddresses: readonly SecretAddress[]
  log(id: string, error: unknown): void
}

const bodyBytesMax = 1_048_576

export function makeServer(options: HttpOptions): FastifyInstance {
  const { program, guard } = options
  const app = Fastify({
    bodyLimit: bodyBytesMax,
    forceCloseConnections: true,
    requestTimeout: 0,
    keepAliveTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    logger: false,
  })
  app.addContentTypeParser('application/octet-stream', (_request, _payload, done) => done(null))
  app.addContentTypeParser('text/csv', (_request, _payload, done) => done(null))

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Frame-Options': 'DENY',
    })
    guardRequest(guard, {
      method: request.method,
      path: new URL(request.url, 'http://x').pathname,
      headers: request.headers,
    })
  })
  app.setErrorHandler((error, _request, reply) => sendProblem(options, reply, error))
  app.get('/healthz', async () => ({ id: options.dataId, version: options.version }))
  app.get('/api/openapi.json', async () => options.openApi)
  for (const [name, definition] of Object.entries(program.contract))
    addRoute(app, options, name, definition)
  for (const one of options.secretAddresses) addSecretAddress(app, one, program.clock)
  addPages(app, options)
  return app
}

function addRoute(
  app: FastifyInstance,
  options: HttpOptions,
  name: string,
  definition: Operation,
): void {
  app.route({
    method: definition.method,
    url: `/api/v1${definition.path}`,
    bodyLimit: definition.bodyBytesMax ?? bodyBytesMax,
    handler: async (request, reply) => {
      const header = request.headers['kontor-org']
      const who = await options.principal(typeof header === 'string' ? header : undefined)
      const gone = new AbortController()
      request.raw.once('close', () => {
        if (!request.raw.complete) gone.abort()
      })
      // A file takes its time: nobody makes it for somebody who left.
      reply.raw.once('close', () => {
        if (definition.answers && !reply.raw.writableFinished) gone.abort()
      })
      const answer = await callOperation(options.program, who, name, inputOf(definition, request), {
        ...idempotencyOf(definition, request),
        ...(definition.body === 'file' ? { body: request.raw } : {}),
        signal: gone.signal,
      }).catch((error: unknown) => {
        throw gone.signal.aborted && !(error instanceof Refusal) ? left() : error
      })
      reply.header('Cache-Control', 'no-store')
      return definition.answers ? sendFile(reply, name, answer) : answer
    },
  })
}

/** Nobody hears this; it only keeps what a leaver broke off from being logged as our mistake. */
function left(): Refusal {
  return new Refusal({ code: 'request.left', message: 'The request was given up.' })
}

/** Path parts, then body or query; If-Match is the version the person saw. */
function inputOf(definition: Operation, request: FastifyRequest): Record<string, unknown> {
  const query = new URL(request.url, 'http://x').searchParams
  const fromBody =
    definition.method !== 'GET' && definition.method !== 'DELETE' && definition.body !== 'file'
  if (
    fromBody &&
    request.body !== undefined &&
    request.body !== null &&
    !isPlainObject(request.body)
  ) {
    throw new Refusal({
      code: 'request.invalid',
      message: 'The body is a JSON object.',
      status: 422,
    })
  }
  const ifMatch = request.headers['if-match']
  const seen = ifMatch === undefined ? undefined : Number(ifMatch.replaceAll('"', ''))
  return {
    ...(fromBody
      ? ((request.body as object | null) ?? {})
      : inputFromQuery(definition.input, query)),
    ...(request.params as object),
    ...(seen === undefined ? {} : { version: seen }),
  }
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function idempotencyOf(
  definition: Operation,
  request: FastifyRequest,
): { idempotencyKey?: string } {
  const key = request.headers['idempotency-key']
  if (!definition.changes || typeof key !== 'string') return {}
  if (key.length < 8 || key.length > 200) {
    throw new Refusal({
      code: 'request.invalid',
      message: 'An Idempotency-Key has 8 to 200 characters.',
      status: 422,
    })
  }
  return { idempotencyKey: key }
}

function addPages(app: FastifyInstance, { pages }: HttpOptions): void {
  app.setNotFoundHandler((request, reply) => {
    const path = new URL(request.url, 'http://x').pathname
    const isPage =
      (request.method === 'GET' || request.method === 'HEAD') && !path.startsWith('/api/')
    const asset = isPage ? pages.assets.get(path) : undefined
    if (asset) return sendAsset(request, reply, path, asset)
    if (!isPage || /\.\w+$/.test(path)) {
      throw new Refusal({
        code: 'request.not_found',
        message: 'There is nothing at this address.',
        status: 404,
      })
    }
    const nonce = pageNonce()
    return reply
      .type('text/html; charset=utf-8')
      .header('Content-Security-Policy', contentSecurityPolicy(nonce))
      .header('Cache-Control', 'no-store')
      .send(pageAt(pages.index, pages.first, path).replaceAll('__NONCE__', nonce))
  })
}

function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  asset: Asset,
): FastifyReply {
  const accepts = String(request.headers['accept-encoding'] ?? '')
  const [encoding, body] =
    asset.brotli && /\bbr\b/.test(accepts)
      ? ['br', asset.brotli]
      : asset.gzip && /\bgzip\b/.test(accepts)
        ? ['gzip', asset.gzip]
        : [undefined, asset.body]
  if (encoding) reply.header('Content-Encoding', encoding)
  return reply
    .type(asset.type)
    .header('Vary', 'Accept-Encoding')
    .header(
      'Cache-Control',
      path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
    .send(body)
}

function sendProblem(options: HttpOptions, reply: FastifyReply, error: unknown): void {
  const { status, body } = problemOf(error, options.program.newId, options.log)
  if (status === 503) reply.header('Retry-After', '2')
  reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
}
