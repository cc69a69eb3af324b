import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Run } from '../../../../../shared/schema/run.ts'
import { createWorkbench, until, type Workbench } from '../workbench.ts'

type Seen = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let bench: Workbench
let server: Server
let origin: string
let seen: Seen[]
const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {}

beforeEach(async () => {
  bench = await createWorkbench({ graceMs: 300 })
  seen = []
  server = createServer((request, response) => void answer(request, response))
  origin = await listen(server)
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await bench.close()
})

describe('an http step', () => {
  test('[E77] returns status, headers and body; JSON is read where the type says so', async () => {
    const json = { 'content-type': 'application/problem+json; charset=utf-8', 'x-own': 'a' }
    answers['/json'] = send(200, json, '{"id": 12345678901234567890, "small": 1, "text": "é"}')
    answers['/text'] = send(
      200,
      { 'content-type': 'text/plain; charset=latin1' },
      Buffer.from([0xe9]),
    )
    answers['/bytes'] = send(200, {}, Buffer.from([0xff, 0xfe, 0x00]))
    answers['/none'] = send(204, {}, '')
    answers['/wrong'] = send(200, { 'content-type': 'application/json' }, '<p>sorry</p>')
    const run = await bench.run({
      json: { http: `${origin}/json?x=1` },
      text: { http: { url: `${origin}/text` } },
      bytes: { http: `${origin}/bytes` },
      none: { http: `${origin}/none`, output: '${{ result.status }}' },
      wrong: { http: `${origin}/wrong` },
    })
    expect(outputOf(run, 'json')).toMatchObject({
      status: 200,
      headers: { 'x-own': 'a', 'content-type': json['content-type'] },
      body: { id: '12345678901234567890', small: 1, text: 'é' },
    })
    expect(outputOf(run, 'text')).toMatchObject({ body: 'é' })
    expect(outputOf(run, 'bytes')).toMatchObject({ body: { base64: '//4A' } })
    expect(outputOf(run, 'none')).toBe(204)
    expect(outputOf(run, 'wrong')).toMatchObject({ body: '<p>sorry</p>' })
    const log = await bench.text(bench.store.layout.log(run.id, 'json', 1))
    expect(log).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/json\?x=… -> 200 OK \(\d+ ms\)\n$/)
  })

  test('[E78] sends method, headers and body with their expressions evaluated', async () => {
    answers['/take'] = send(200, {}, '')
    const run = await bench.run(
      {
        data: {
          http: {
            url: `${origin}/take/\${{ inputs.n }}`,
            method: 'POST',
            headers: { 'X-Name': 'n${{ inputs.n }}' },
            body: { n: '${{ inputs.n }}', list: ['${{ key }}'] },
          },
        },
        text: { http: { url: `${origin}/take`, method: 'PUT', body: 'plain' } },
      },
      { inputs: { n: 7 }, parallel: 1 },
    )
    expect(run.status).toBe('completed')
    const [data, plain] = seen
    expect(data).toMatchObject({
      method: 'POST',
      url: '/take/7',
      body: JSON.stringify({ n: 7, list: [`${run.id}/data`] }),
      headers: { 'x-name': 'n7', 'content-type': 'application/json', 'user-agent': 'unstuck' },
    })
    expect(plain).toMatchObject({ method: 'PUT', body: 'plain' })
  })

  test('[E79] a call that changes something carries the key of the step in each attempt, unless one is given', async () => {
    let calls = 0
    answers['/pay'] = (_, response) => response.writeHead(++calls === 1 ? 503 : 201).end()
    answers['/get'] = send(200, {}, '')
    const retry = { attempts: 2, delay: '10ms' }
    const run = await bench.run(
      {
        pay: { http: { url: `${origin}/pay`, method: 'POST' }, retry },
        own: {
          http: { url: `${origin}/pay`, method: 'POST', headers: { 'idempotency-key': 'mine' } },
          needs: ['pay'],
        },
        get: { http: `${origin}/get`, needs: ['own'] },
      },
      { parallel: 1 },
    )
    expect(run.status).toBe('completed')
    const keys = seen.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toEqual([`${run.id}/pay`, `${run.id}/pay`, 'mine', undefined])
  })

  test('[E80] a status that is not expected fails with it, and tells no secret of the address', async () => {
    answers['/no'] = send(503, {}, '{\n  "error": "try\\tlater"\n}')
    answers['/gone'] = send(404, {}, '')
    answers['/made'] = send(201, {}, '')
    const address = origin.replace('http://', 'http://ada:geheim@')
    const run = await bench.run({
      no: { http: `${address}/no?token=geheim&x=geheim#geheim` },
      expected: { http: { url: `${origin}/gone`, expect: ['2xx', 404] } },
      strict: { http: { url: `${origin}/made`, expect: [200] } },
    })
    expect(errorOf(run, 'no')).toMatchObject({
      name: 'HttpStatus',
      code: '503',
      message: `GET ${origin}/no?token=…&x=… answered 503 Service Unavailable: { "error": "try\\tlater" }`,
    })
    expect(seen.find(({ url }) => url.startsWith('/no'))?.headers.authorization).toBe(
      `Basic ${Buffer.from('ada:geheim').toString('base64')}`,
    )
    expect(outputOf(run, 'expected')).toMatchObject({ status: 404 })
    expect(errorOf(run, 'strict')).toMatchObject({ name: 'HttpStatus', code: '201' })
    const log = await bench.text(bench.store.layout.log(run.id, 'no', 1))
    expect(log).not.toContain('geheim')
  })

  test('[E81] without an answer it fails by what went wrong in the network', async () => {
    answers['/cut'] = (request) => request.socket.destroy()
    answers['/half'] = (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('some')
      setTimeout(() => request.socket.destroy(), 50)
    }
    answers['/loop'] = send(302, { location: '/loop' }, '')
    const closed = await closedOrigin()
    const run = await bench.run({
      closed: { http: `${closed}/x?key=geheim` },
      unknown: { http: 'http://no-such-host.invalid/' },
      cut: { http: `${origin}/cut` },
      half: { http: `${origin}/half` },
      loop: { http: `${origin}/loop` },
    })
    expect(errorOf(run, 'closed')).toMatchObject({
      name: 'Network',
      code: 'ECONNREFUSED',
      message: `GET ${closed}/x?key=… got no answer: nothing listens there (ECONNREFUSED).`,
    })
    expect(errorOf(run, 'unknown')?.name).toBe('Network')
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(errorOf(run, 'unknown')?.code)
    expect(errorOf(run, 'cut')?.message).toContain('closed before the answer was complete')
    expect(errorOf(run, 'half')?.message).toContain('closed before the answer was complete')
    expect(errorOf(run, 'loop')?.message).toMatch(/redirect/)
  })

  test('[E82] redirects are followed, and given as they are where one is expected', async () => {
    answers['/old'] = send(302, { location: '/new' }, '')
    answers['/new'] = send(200, {}, 'here')
    const run = await bench.run({
      follow: { http: `${origin}/old` },
      see: { http: { url: `${origin}/old`, expect: ['3xx'] } },
    })
    expect(outputOf(run, 'follow')).toMatchObject({ status: 200, body: 'here' })
    expect(outputOf(run, 'see')).toMatchObject({ status: 302, headers: { location: '/new' } })
  })

  test('[E83] an answer that is larger than the step may return fails it, also one that is packed', async () => {
    answers['/large'] = send(200, {}, 'x'.repeat(5000))
    const packed = { 'content-encoding': 'gzip' }
    answers['/packed'] = send(200, packed, gzipSync(Buffer.alloc(50_000_000)))
    const run = await bench.run({
      large: { http: `${origin}/large`, maxOutput: 1000 },
      packed: { http: `${origin}/packed`, maxOutput: 1000 },
    })
    expect(errorOf(run, 'large')).toMatchObject({ name: 'OutputTooLarge' })
    expect(errorOf(run, 'packed')).toMatchObject({ name: 'OutputTooLarge' })
    const log = await bench.text(bench.store.layout.log(run.id, 'large', 1))
    expect(log).toContain('x'.repeat(1000))
  })

  test('[E83] a call that gets no answer is ended by the timeout and by a cancel', async () => {
    answers['/slow'] = () => undefined
    const run = await bench.run({ a: { http: `${origin}/slow`, timeout: '600ms' } })
    expect(errorOf(run, 'a')?.name).toBe('Timeout')
    // The first call may have been ended before it was sent.
    const sent = seen.length
    const id = await bench.start({ a: { http: `${origin}/slow` } })
    await until('it waits', () => seen.length > sent)
    await bench.executor.find(id)?.cancel('ada', null)
    expect((await bench.read(id)).status).toBe('cancelled')
  })

  test('[E84] a call that cannot be sent says why, without the values', async () => {
    const run = await bench.run({
      address: { http: 'ftp://host/geheim' },
      header: { http: { url: origin, headers: { 'x-token': 'geheim\nx' } } },
      body: { http: { url: origin, body: 'geheim' } },
    })
    expect(errorOf(run, 'address')).toMatchObject({ name: 'HttpRequest' })
    expect(errorOf(run, 'header')?.message).toBe(
      '`http.headers.x-token` has a name or a value that no header can have.',
    )
    expect(errorOf(run, 'body')?.message).toContain('cannot be sent')
    expect(JSON.stringify(run.steps)).not.toContain('geheim')
    expect(seen).toEqual([])
  })

  test('[E85] which failures are tried again is said by name, code or status', async () => {
    let calls = 0
    answers['/busy'] = (_, response) => response.writeHead(++calls < 3 ? 429 : 500).end()
    const run = await bench.run({
      a: { http: `${origin}/busy`, retry: { attempts: 9, delay: '5ms', on: [429, 'ECONNRESET'] } },
    })
    expect(run.steps['a' as never]?.attempts.map(({ error }) => error?.code)).toEqual([
      '429',
      '429',
      '500',
    ])
  })
})

async function listen(to: Server): Promise<string> {
  await new Promise<void>((resolve) => to.listen(0, '127.0.0.1', resolve))
  const address = to.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

/** An address at which nobody listens any more. */
async function closedOrigin(): Promise<string> {
  const other = createServer()
  const address = await listen(other)
  await new Promise((resolve) => other.close(resolve))
  return address
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request
  seen.push({ method, url, headers, body: await text(request) })
  const path = `/${url.split(/[/?]/)[1]}`
  const known = answers[path]
  if (known === undefined) response.writeHead(404).end()
  else known(request, response)
}

function send(status: number, headers: Record<string, string>, body: string | Buffer) {
  return (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, headers).end(body)
  }
}

function outputOf(run: Run, step: string): unknown {
  const state = run.steps[step as never]
  if (state?.status !== 'succeeded')
    throw new Error(`${step}: ${JSON.stringify(errorOf(run, step))}`)
  return state.output
}

function errorOf(run: Run, step: string) {
  return run.steps[step as never]?.attempts.at(-1)?.error
}
