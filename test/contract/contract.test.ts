import { afterEach, describe, expect, it } from 'vitest'
import {
  callNames,
  contract,
  maxMessageBytes,
  type Client,
  type ConnectionState,
  type Handlers,
} from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { connect } from '../../shared/rpc/connect.ts'
import { allowReads, serve, type ServeOptions, type Server } from '../../shared/rpc/serve.ts'
import { deferred } from './deferred.ts'
import { handlersWith, invalidInputs, ref, validInputs, workspace } from './samples.ts'
import { transports, type Pair } from './transports.ts'

type Options = Partial<Pick<ServeOptions, 'allow' | 'conceal' | 'report'>>
type Opened = { readonly client: Client; readonly server: Server; readonly pair: Pair }

/** The requirements of `requirements.ts`, once over each transport. */
describe.each(transports)('$name', (transport) => {
  const open: Pair[] = []
  afterEach(async () => {
    for (const pair of open.splice(0)) await pair.dispose()
  })

  async function start(given: Partial<Handlers>, options: Options = {}): Promise<Opened> {
    const pair = await transport.open()
    open.push(pair)
    const server = serve({ channel: pair.host, handlers: handlersWith(given), ...options })
    return { client: connect(pair.client), server, pair }
  }

  /** A host whose client is replaced by bare frames. */
  async function startRaw(
    given: Partial<Handlers>,
    options: Options = {},
  ): Promise<{ readonly send: (frame: string) => void; readonly next: () => Promise<unknown> }> {
    const pair = await transport.open()
    open.push(pair)
    const frames = collect(pair)
    serve({ channel: pair.host, handlers: handlersWith(given), ...options })
    return { send: pair.client.send, next: frames.next }
  }

  it.each(callNames)('[Q1] %s refuses an input that does not fit, in the client', async (name) => {
    const { client } = await start({})

    const refused = client.call(name, invalidInputs[name] as never)

    await expect(refused).rejects.toMatchObject({
      code: 'invalid-input',
      message: startsWith(name),
    })
  })

  it.each(callNames)('[Q1] %s refuses an input that does not fit, at the host', async (name) => {
    const { send, next } = await startRaw({})

    send(JSON.stringify({ kind: 'call', id: 1, name, input: invalidInputs[name] }))

    expect(await next()).toMatchObject({
      kind: 'error',
      id: 1,
      code: 'invalid-input',
      message: startsWith(name),
      details: {
        issues: expect.arrayContaining([{ path: expect.any(String), message: expect.any(String) }]),
      },
    })
  })

  it.each(callNames)('[Q1] %s takes an input that fits to its handler', async (name) => {
    const { client } = await start({})

    const reached = client.call(name, validInputs[name])

    await expect(reached).rejects.toMatchObject({ code: 'not-found', details: { call: name } })
  })

  it('[Q1] the handler gets the defaults that the caller left out', async () => {
    const inputs: unknown[] = []
    const { client } = await start({
      'run.list': async (input) => {
        inputs.push(input)
        return emptyList
      },
    })

    await client.call('run.list', { text: 'deploy' })

    expect(inputs).toEqual([
      {
        view: 'all',
        filter: [],
        partial: false,
        text: 'deploy',
        sort: { column: 'since', descending: true },
        offset: 0,
        limit: 100,
      },
    ])
  })

  it('[Q1] an input that is nested too deeply is refused', async () => {
    const { send, next } = await startRaw({})
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`

    send(
      `{"kind":"call","id":1,"name":"run.start","input":{"definition":"x","inputs":{"a":${deep}}}}`,
    )

    expect(await next()).toMatchObject({ kind: 'error', id: 1, code: 'invalid-input' })
  })

  it('[Q2] the host answers `bug` instead of an output that breaks the contract', async () => {
    const reports: string[] = []
    const { client } = await start(
      { 'workspace.get': async () => ({ ...workspace, trusted: 'perhaps' }) as never },
      { report: (error, call) => reports.push(`${call}: ${error.code}`) },
    )

    const broken = client.call('workspace.get', {})

    await expect(broken).rejects.toMatchObject({ code: 'bug', message: includes('trusted') })
    expect(reports).toEqual(['workspace.get: bug'])
  })

  it('[Q2] the client refuses an output that breaks the contract', async () => {
    const pair = await transport.open()
    open.push(pair)
    const client = connect(pair.client)
    pair.host.onFrame(() => pair.host.send('{"kind":"value","id":1,"output":{"id":7}}'))

    const broken = client.call('workspace.get', {})

    await expect(broken).rejects.toMatchObject({
      code: 'bug',
      message: includes('workspace.get'),
    })
  })

  it('[Q2] fields that the contract does not name stay at the host', async () => {
    const { client } = await start({
      'workspace.get': async () => ({ ...workspace, secret: 'x' }) as never,
    })

    expect(await client.call('workspace.get', {})).toEqual(workspace)
  })

  it.each(['run.destroy', 'toString', '__proto__'])('[Q3] the call %s is refused', async (name) => {
    const { send, next } = await startRaw({})

    send(JSON.stringify({ kind: 'call', id: 1, name, input: {} }))

    expect(await next()).toEqual({
      kind: 'error',
      id: 1,
      code: 'invalid-input',
      message: `There is no call "${name}". Is the other end a newer version?`,
      details: {},
    })
  })

  it('[Q3] the client refuses a call that it does not know', async () => {
    const { client } = await start({})

    const refused = client.call('run.destroy' as 'run.get', { ref })

    await expect(refused).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('[Q4] an error crosses with its code, message and details', async () => {
    const holder = { hostName: 'build-3', pid: 4711 }
    const { send, next } = await startRaw({
      'run.get': async () => {
        throw new AppError('locked', 'Run a is held by build-3.', { holder }, { cause: 'secret' })
      },
    })

    send(JSON.stringify({ kind: 'call', id: 1, name: 'run.get', input: { ref } }))

    expect(await next()).toEqual({
      kind: 'error',
      id: 1,
      code: 'locked',
      message: 'Run a is held by build-3.',
      details: { holder },
    })
  })

  it('[Q4] the caller gets an AppError with that code, message and details', async () => {
    const { client } = await start({
      'run.get': async () => {
        throw new AppError('stale', 'It changed.', { rev: 'r' })
      },
    })

    const failed = client.call('run.get', { ref })

    await expect(failed).rejects.toEqual(new AppError('stale', 'It changed.', { rev: 'r' }))
  })

  it('[Q4] details that are no JSON are left out, and the error still comes', async () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    const { client } = await start({
      'run.get': async () => {
        throw new AppError('io', 'The disk failed.', { circle })
      },
    })

    const failed = client.call('run.get', { ref })

    await expect(failed).rejects.toMatchObject({ code: 'io', details: { omitted: true } })
  })

  it('[Q5] aborting the signal cancels the handler', async () => {
    const { client } = await start({ 'run.wait': untilCancelled })
    const controller = new AbortController()

    const waiting = client.call('run.wait', { ref }, { signal: controller.signal })
    controller.abort()

    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('[Q5] what was done in spite of the cancellation is told as done', async () => {
    const { client } = await start({
      'run.pause': async (_, { signal }) => {
        await aborted(signal)
        return { status: 'paused', observed: true }
      },
    })
    const controller = new AbortController()

    const pausing = client.call('run.pause', { ref }, { signal: controller.signal })
    controller.abort()

    expect(await pausing).toEqual({ status: 'paused', observed: true })
  })

  it('[Q5] a call whose signal is aborted already is never sent', async () => {
    const inputs: unknown[] = []
    const { client } = await start({
      'run.list': async (input) => {
        inputs.push(input)
        return emptyList
      },
    })

    const refused = client.call('run.list', {}, { signal: AbortSignal.abort() })

    await expect(refused).rejects.toMatchObject({ code: 'cancelled' })
    await client.call('run.list', { text: 'second' })
    expect(inputs).toHaveLength(1)
  })

  it('[Q6] a lost channel cancels its calls at the host', async () => {
    const began = deferred()
    const cancelled = deferred<string>()
    const { client, pair } = await start({
      'run.wait': async (_, { signal }) => {
        began.resolve()
        await aborted(signal)
        cancelled.resolve('cancelled')
        throw new AppError('cancelled', 'Waiting was cancelled.')
      },
    })

    const waiting = client.call('run.wait', { ref })
    waiting.catch(() => undefined)
    await began.promise
    pair.cut()

    expect(await cancelled.promise).toBe('cancelled')
  })

  it('[Q6] a lost channel rejects what waits at the client, and what comes later', async () => {
    const { client, pair } = await start({ 'run.wait': untilCancelled })

    const waiting = client.call('run.wait', { ref })
    pair.cut()

    await expect(waiting).rejects.toMatchObject({ code: 'io' })
    await expect(client.call('run.list', {})).rejects.toMatchObject({ code: 'io' })
  })

  it('[Q6] closing the client rejects what waits', async () => {
    const { client } = await start({ 'run.wait': untilCancelled })

    const waiting = client.call('run.wait', { ref })
    client.close()

    await expect(waiting).rejects.toMatchObject({ code: 'io' })
  })

  it('[Q6] closing the host cancels what runs there', async () => {
    const began = deferred()
    const cancelled = deferred<boolean>()
    const { client, server } = await start({
      'run.wait': async (_, { signal }) => {
        began.resolve()
        await aborted(signal)
        cancelled.resolve(signal.aborted)
        throw new AppError('cancelled', 'Waiting was cancelled.')
      },
    })
    client.call('run.wait', { ref }).catch(() => undefined)
    await began.promise

    server.close()

    expect(await cancelled.promise).toBe(true)
  })

  it('[Q7] progress arrives in order and before the answer', async () => {
    const { client } = await start({
      'sample.create': async (_, { progress }) => {
        for (let index = 0; index < 100; index += 1) progress({ sentence: `run ${index}` })
        return { runs: 100 }
      },
    })
    const seen: string[] = []

    const made = client.call(
      'sample.create',
      {},
      { onProgress: ({ sentence }) => seen.push(sentence) },
    )

    await made.then(({ runs }) => seen.push(`${runs} runs`))
    expect(seen).toEqual([...Array.from({ length: 100 }, (_, index) => `run ${index}`), '100 runs'])
  })

  it('[Q7] progress that breaks the contract is a defect of the handler', async () => {
    const { client } = await start({
      'sample.create': async (_, { progress }) => {
        progress({ sentence: 7 } as never)
        return { runs: 0 }
      },
    })

    await expect(client.call('sample.create', {})).rejects.toMatchObject({ code: 'bug' })
  })

  it('[Q8] an event reaches every subscriber of its name', async () => {
    const { client, server } = await start({ 'run.list': async () => emptyList })
    const seen: string[] = []
    client.on('runs.changed', ({ runs }) => seen.push(`first ${runs?.join()}`))
    client.on('runs.changed', ({ runs }) => seen.push(`second ${runs?.join()}`))
    client.on('run.progressed', ({ run }) => seen.push(run))

    server.emit('runs.changed', { runs: ['a', 'b'] })

    await client.call('run.list', {})
    expect(seen).toEqual(['first a,b', 'second a,b'])
  })

  it('[Q8] nobody is told after unsubscribing', async () => {
    const { client, server } = await start({ 'run.list': async () => emptyList })
    const seen: number[] = []
    const stop = client.on('run.progressed', ({ seq }) => seen.push(seq))

    server.emit('run.progressed', { run: 'a', seq: 1 })
    await client.call('run.list', {})
    stop()
    server.emit('run.progressed', { run: 'a', seq: 2 })
    await client.call('run.list', {})

    expect(seen).toEqual([1])
  })

  it.each(callNames)('[Q9] a read-only host refuses %s when it writes', async (name) => {
    const { client } = await start({}, { allow: allowReads })

    const answered = client.call(name, validInputs[name])

    const code = contract[name].effect === 'write' ? 'read-only' : 'not-found'
    await expect(answered).rejects.toMatchObject({ code })
  })

  it('[Q10] an input over the limit is refused by the client, and the connection goes on', async () => {
    const { client } = await start({ 'run.list': async () => emptyList })
    const inputs = { text: 'ä'.repeat(maxMessageBytes / 2) }

    const refused = client.call('run.start', { definition: 'x', inputs })

    await expect(refused).rejects.toMatchObject({
      code: 'invalid-input',
      message: includes('larger'),
    })
    expect(await client.call('run.list', {})).toEqual(emptyList)
  })

  it('[Q10] a frame over the limit is refused by the host, and the connection goes on', async () => {
    const { send, next } = await startRaw({ 'run.list': async () => emptyList })

    send(
      JSON.stringify({
        kind: 'call',
        id: 1,
        name: 'run.list',
        input: ' '.repeat(maxMessageBytes),
      }),
    )

    expect(await next()).toMatchObject({ kind: 'error', id: null, code: 'invalid-input' })
    send(JSON.stringify({ kind: 'call', id: 2, name: 'run.list', input: {} }))
    expect(await next()).toMatchObject({ kind: 'value', id: 2 })
  })

  it('[Q10] an output over the limit becomes an error that says to page', async () => {
    const slice = { offset: 0, nextOffset: null, sizeBytes: maxMessageBytes }
    const { client } = await start({
      'state.value': async () => ({ ...slice, text: 'a'.repeat(maxMessageBytes) }),
      'run.list': async () => emptyList,
    })

    const refused = client.call('state.value', { ref })

    await expect(refused).rejects.toMatchObject({
      code: 'invalid-input',
      message: includes('page'),
    })
    expect(await client.call('run.list', {})).toEqual(emptyList)
  })

  it('[Q10] a message just under the limit passes both ways', async () => {
    const text = 'a'.repeat(maxMessageBytes - 1000)
    const { client } = await start({
      'run.start': async ({ inputs }) => {
        return { ref: { ...ref, document: JSON.stringify(inputs['text']) } }
      },
    })

    const { ref: echoed } = await client.call('run.start', { definition: 'x', inputs: { text } })

    expect(echoed.document).toBe(`"${text}"`)
  })

  it('[Q11] calls at the same time get their own answers', async () => {
    const { client } = await start({
      'run.log': async ({ attempt }) => {
        await new Promise((resolve) => setTimeout(resolve, (attempt * 7) % 13))
        return { text: `attempt ${attempt}`, offset: 0, nextOffset: null, sizeBytes: attempt }
      },
    })
    const attempts = Array.from({ length: 50 }, (_, index) => index + 1)

    const slices = await Promise.all(
      attempts.map((attempt) => client.call('run.log', { ref, step: 'build', attempt })),
    )

    expect(slices.map(({ text }) => text)).toEqual(attempts.map((attempt) => `attempt ${attempt}`))
  })

  it.each([
    ['no JSON', 'run.list', null],
    ['a number', '7', null],
    ['null', 'null', null],
    ['an array', '[]', null],
    ['an empty text', '', null],
    ['an unknown kind', '{"kind":"shout","id":3}', 3],
    ['a host frame', '{"kind":"value","id":3,"output":1}', 3],
    ['a call without a name', '{"kind":"call","id":3,"input":{}}', 3],
    [
      'a call with more fields',
      '{"kind":"call","id":3,"name":"run.list","input":{},"as":"root"}',
      3,
    ],
    ['an id below 1', '{"kind":"call","id":0,"name":"run.list","input":{}}', null],
  ])('[Q12] %s is refused with an error frame', async (_, text, id) => {
    const { send, next } = await startRaw({ 'run.list': async () => emptyList })

    send(text)

    expect(await next()).toMatchObject({ kind: 'error', id, code: 'invalid-input' })
    send(JSON.stringify({ kind: 'call', id: 9, name: 'run.list', input: {} }))
    expect(await next()).toMatchObject({ kind: 'value', id: 9 })
  })

  it('[Q12] a host that sends what is no frame loses its client, which says so', async () => {
    const pair = await transport.open()
    open.push(pair)
    const client = connect(pair.client)
    const waiting = client.call('run.list', {})

    pair.host.send('{"kind":"shout"}')

    await expect(waiting).rejects.toMatchObject({ code: 'bug', message: includes('no frame') })
  })

  it('[Q13] the loss of a connection is told once, also to those who ask later', async () => {
    const { client, pair } = await start({ 'run.wait': untilCancelled })
    const states: ConnectionState[] = []
    const late: ConnectionState[] = []
    client.onState((state) => states.push(state))
    const waiting = client.call('run.wait', { ref })

    pair.cut()
    await expect(waiting).rejects.toMatchObject({ code: 'io' })
    client.close()
    client.onState((state) => late.push(state))

    expect([states, late]).toEqual([['lost'], ['lost']])
  })

  it('[Q14] a defect is reported whole at the host', async () => {
    const cause = new TypeError('x is not a function')
    const reports: [string, unknown][] = []
    const { client } = await start(
      { 'run.get': () => Promise.reject(cause) },
      { report: (error, call) => reports.push([call, error.cause]) },
    )

    await expect(client.call('run.get', { ref })).rejects.toMatchObject({ code: 'bug' })

    expect(reports).toEqual([['run.get', cause]])
  })

  it('[Q14] a concealing host sends neither paths nor stacks', async () => {
    const details = {
      path: '/home/ada/flows/a.json',
      stack: 'at /home/ada/x.ts',
      list: ['/home/ada'],
    }
    const { client } = await start(
      {
        'run.get': async () => {
          throw new AppError('io', '/home/ada/flows/a.json is not readable.', details)
        },
        'run.list': async () => {
          throw new Error('/home/ada is gone')
        },
      },
      { conceal: (text) => text.replaceAll('/home/ada', '~') },
    )

    const failures = await Promise.allSettled([
      client.call('run.get', { ref }),
      client.call('run.list', {}),
    ])

    expect(failures).toMatchObject([
      {
        reason: {
          code: 'io',
          message: '~/flows/a.json is not readable.',
          details: { path: '~/flows/a.json', list: ['~'] },
        },
      },
      { reason: { code: 'bug', message: 'Unexpected failure on the host. Its log says more.' } },
    ])
    expect(JSON.stringify(failures)).not.toContain('/home/ada')
  })

  it('[Q15] a second call under the id of a running one is refused', async () => {
    const finish = deferred()
    const { send, next } = await startRaw({
      'run.list': async () => {
        await finish.promise
        return emptyList
      },
    })

    send(JSON.stringify({ kind: 'call', id: 1, name: 'run.list', input: {} }))
    send(JSON.stringify({ kind: 'call', id: 1, name: 'run.list', input: {} }))

    expect(await next()).toMatchObject({ kind: 'error', id: null, details: { id: 1 } })
    finish.resolve()
    expect(await next()).toMatchObject({ kind: 'value', id: 1 })
  })
})

const emptyList = {
  rows: [],
  total: 0,
  counts: {
    all: 0,
    attention: 0,
    running: 0,
    waiting: 0,
    failed: 0,
    completed: 0,
    damaged: 0,
    parts: 0,
  },
}

const untilCancelled: Handlers['run.wait'] = async (_, { signal }) => {
  await aborted(signal)
  throw new AppError('cancelled', 'Waiting was cancelled.')
}

type Signal = Parameters<Handlers['run.wait']>[1]['signal']

async function aborted(signal: Signal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

/** Frames as they come, one a call of `next`. */
function collect({ client }: Pair): { readonly next: () => Promise<unknown> } {
  const frames: string[] = []
  const waiting: ((frame: string) => void)[] = []
  client.onFrame((frame) => {
    const taker = waiting.shift()
    if (taker) taker(frame)
    else frames.push(frame)
  })
  return {
    next: async () => {
      const ready = frames.shift()
      return JSON.parse(ready ?? (await new Promise<string>((resolve) => waiting.push(resolve))))
    },
  }
}

function startsWith(text: string): unknown {
  return expect.stringMatching(new RegExp(`^${text.replace('.', '[.]')}`))
}

function includes(text: string): unknown {
  return expect.stringContaining(text)
}
