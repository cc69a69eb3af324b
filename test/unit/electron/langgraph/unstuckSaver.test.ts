import { AIMessage, HumanMessage } from '@langchain/core/messages'
import type { RunnableConfig } from '@langchain/core/runnables'
import {
  DeltaSnapshot,
  emptyCheckpoint,
  uuid6,
  type SerializerProtocol,
} from '@langchain/langgraph-checkpoint'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { UnstuckSaver } from '../../../../electron/langgraph.ts'
import { sessionFolder } from '../library/sessionFixtures.ts'
import { onlyRun, openClient, openSaver, restingRun, thread } from './threadFixtures.ts'

const child = fileURLToPath(new URL('./graphChild.ts', import.meta.url))
const metadata = { source: 'update', step: 0, parents: {} } as const

const loop = { source: 'loop', step: 0, parents: {} } as const

function configOf(id: string, checkpoint: string) {
  return { configurable: { thread_id: id, checkpoint_ns: '', checkpoint_id: checkpoint } }
}

/** A checkpoint behind which a node is next. */
function leadingTo(node: string, clock: number) {
  const channel = `branch:to:${node}`
  const values = { channel_values: { [channel]: null }, channel_versions: { [channel]: 1 } }
  return { ...emptyCheckpoint(), id: uuid6(clock), ...values }
}

function checkpointOf(values: Record<string, unknown>) {
  const versions = Object.fromEntries(Object.keys(values).map((channel) => [channel, 1]))
  return { ...emptyCheckpoint(), channel_values: values, channel_versions: versions }
}

describe('what a saver keeps', () => {
  test('[B35] is what was given, whatever it is, and plain JSON wherever that loses nothing', async () => {
    const saver = await openSaver()
    const values = {
      plain: { b: 1, a: [null, 'ä', 1e21, { deep: true }] },
      map: new Map([['k', new Set([1])]]),
      bytes: new Uint8Array([0, 255, 7]),
      nothing: undefined,
      pattern: /a+/g,
      messages: [new HumanMessage({ id: '1', content: 'hi' }), new AIMessage('there')],
      surrogate: '\ud800',
      wrapped: { $serde: 'json', base64: 'e30=' },
      langgraph: 'a channel of that name',
      'pending:mine': 1,
      'subgraph:mine': 2,
      'channel:mine': 3,
    }
    const checkpoint = checkpointOf(values)
    const config = await saver.put(thread('v'), checkpoint, metadata, checkpoint.channel_versions)
    await saver.putWrites(
      config,
      [
        ['bytes', new Uint8Array([1])],
        ['x', values.map],
      ],
      'task',
    )
    await saver.close()

    const again = await openSaver({ folder: saver.folder })
    const tuple = await again.getTuple(thread('v'))
    expect(tuple?.checkpoint).toEqual(checkpoint)
    expect(Object.keys(tuple?.checkpoint.channel_values ?? {}).toSorted()).toEqual(
      Object.keys(values).toSorted(),
    )
    expect(tuple?.pendingWrites).toEqual([
      ['task', 'bytes', new Uint8Array([1])],
      ['task', 'x', values.map],
    ])
    const client = await openClient(again)
    const ref = await onlyRun(client)
    const value = async (name: string) =>
      JSON.parse((await client.call('state.value', { ref, pointer: `/variables/${name}` })).text)
    expect(await value('plain')).toEqual(values.plain)
    expect(await value('bytes')).toEqual({ $serde: 'bytes', base64: 'AP8H' })
    expect(await value('channel:langgraph')).toBe('a channel of that name')
  })

  test('[B35] comes back byte for byte to a serializer of one’s own', async () => {
    const folder = await sessionFolder()
    const given: string[] = []
    // Not even canonical: numbers that JSON.parse would change, keys twice, spaces.
    const texts = ['{ "a":1.0 }', '{"a":1,"a":2}', '12345678901234567890', '"plain"', '{"b":1}']
    const serde: SerializerProtocol = {
      dumpsTyped: async (value) => ['json', Buffer.from(texts[Number(value)] ?? '{}')],
      loadsTyped: async (_type, data) => {
        given.push(Buffer.from(data as Uint8Array).toString()) // it gets the bytes that it gave
        return {}
      },
    }
    const saver = new UnstuckSaver(folder, {}, serde)
    onTestFinished(() => saver.close())
    const checkpoint = checkpointOf({ 0: 0, 1: 1, 2: 2, 3: 3, 4: 4 })
    await saver.put(thread('bytes'), checkpoint, metadata, checkpoint.channel_versions)
    await saver.getTuple(thread('bytes'))
    expect(given.toSorted()).toEqual([...texts, '{}'].toSorted())
  })

  test('[B34] two threads never share a run, and a checkpoint that is put again is the same one', async () => {
    const saver = await openSaver()
    const checkpoint = checkpointOf({ n: 1 })
    await saver.put(thread('User 42'), checkpoint, metadata, { n: 1 })
    const taken = (await onlyRun(await openClient(saver))).document
    await expect(saver.put(thread(taken), checkpoint, metadata, {})).rejects.toThrow(
      `${taken} is the thread User 42`,
    )
    await saver.put(thread('User 42'), checkpoint, { ...metadata, step: 1 }, { n: 1 })
    const found = []
    for await (const tuple of saver.list(thread('User 42'))) found.push(tuple)
    expect(found).toMatchObject([{ checkpoint, metadata: { step: 1 } }])
  })

  test('[B39] has channels of the version that its branch gave them', async () => {
    const saver = await openSaver()
    const first = { ...checkpointOf({ n: 'first', same: 's' }), id: uuid6(0) }
    const root = await saver.put(thread('b'), first, metadata, first.channel_versions)
    const branch = async (value: string) => {
      const channel_versions = { n: 2, same: 1 }
      const next = {
        ...first,
        id: uuid6(1),
        channel_values: { n: value, same: 's' },
        channel_versions,
      }
      return saver.put(root, next, metadata, { n: 2 })
    }
    const [left, right] = [await branch('left'), await branch('right')]
    const onward = { ...first, id: uuid6(2), channel_versions: { n: 2, same: 3 } }
    const after = await saver.put(left, onward, metadata, { same: 3 })
    const values = async (config: typeof left) =>
      (await saver.getTuple(config))?.checkpoint.channel_values
    expect(await values(left)).toEqual({ n: 'left', same: 's' })
    expect(await values(right)).toEqual({ n: 'right', same: 's' })
    expect(await values(after)).toEqual({ n: 'left', same: 's' })
  })
})

describe('what comes late', () => {
  test('[B46] what a task has written for a checkpoint waits for it', async () => {
    const saver = await openSaver()
    const first = await saver.put(thread('early'), leadingTo('pay', 0), loop, {
      'branch:to:pay': 1,
    })
    const next = leadingTo('tell', 1)
    const failed = [['__error__', { name: 'TypeError', message: 'down' }]] satisfies [
      [string, unknown],
    ]
    const config = configOf('early', next.id)
    const written = saver.putWrites(config, failed, 'task', '~__pregel_pull, tell')
    await saver.put(first, next, { ...loop, step: 1 }, { 'branch:to:tell': 1 })
    await written

    const client = await openClient(saver)
    const ref = await onlyRun(client)
    expect(await client.call('run.get', { ref })).toMatchObject({
      run: { status: 'failed', error: { message: 'down' } },
      findings: [],
    })
    const { steps } = await client.call('run.steps', { ref })
    expect(steps.map(({ id, status, attempts }) => [id, status, attempts.length])).toEqual([
      ['pay', 'succeeded', 1],
      ['tell', 'failed', 1],
    ])
    const { checkpoints } = await client.call('run.checkpoints', { ref })
    expect(checkpoints.map(({ name }) => name)).toEqual(['step 0', 'step 1'])
  })

  test('[B46] a checkpoint behind which a subgraph has asked already does not make the thread move', async () => {
    const saver = await openSaver()
    const outer = leadingTo('review', 0)
    const inner = leadingTo('ask', 1)
    const at = { ...configOf('asks', inner.id).configurable, checkpoint_ns: 'review:1' }
    const within = { configurable: { ...at, checkpoint_id: undefined } }
    await saver.put(within, inner, loop, { 'branch:to:ask': 1 })
    const asked = [['__interrupt__', [{ value: 'ok?' }]]] satisfies [[string, unknown]]
    await saver.putWrites({ configurable: at }, asked, 'task', '~__pregel_pull, ask')
    await saver.put(thread('asks'), outer, loop, { 'branch:to:review': 1 })

    const client = await openClient(saver)
    const ref = await onlyRun(client)
    const { run, findings } = await client.call('run.get', { ref })
    expect({ status: run?.status, findings }).toEqual({ status: 'waiting', findings: [] })
    const tuple = await saver.getTuple({ configurable: at })
    expect(tuple?.pendingWrites).toMatchObject([['task', '__interrupt__', [{ value: 'ok?' }]]])
  })
})

test('[B47] a fork has the history of a channel that is kept as changes', async () => {
  const saver = await openSaver()
  const config = async (from: RunnableConfig, n: number, values: Record<string, unknown>) => {
    const versions = { messages: n + 1 }
    const made = {
      ...emptyCheckpoint(),
      id: uuid6(n),
      channel_values: values,
      channel_versions: versions,
    }
    return saver.put(from, made, { ...metadata, source: 'loop' }, versions)
  }
  const first = await config(thread('delta'), 0, { messages: new DeltaSnapshot(['a']) })
  await saver.putWrites(first, [['messages', ['b']]], 'one')
  const second = await config(first, 1, {})
  await saver.putWrites(second, [['messages', ['c']]], 'two')
  const third = await config(second, 2, {})
  const history = (of: RunnableConfig) =>
    saver.getDeltaChannelHistory({ config: of, channels: ['messages'] })
  const expected = {
    messages: {
      seed: new DeltaSnapshot(['a']),
      writes: [
        ['one', 'messages', ['b']],
        ['two', 'messages', ['c']],
      ],
    },
  }
  expect(await history(third)).toEqual(expected)

  const client = await openClient(saver)
  await client.call('workspace.trust', { trusted: true })
  const input = { ref: await restingRun(client), fork: true }
  const { rev, digest, asOf } = await client.call('resume.plan', input)
  const { ref } = await client.call('resume.apply', { ...input, rev, digest, asOf })
  expect(await history(thread(ref.document))).toEqual(expected)
})

describe('processes', () => {
  test('[B31] [B38] a graph that is killed goes on in another process, and repeats no node that had ended', async () => {
    const folder = await sessionFolder()
    // A machine that has no id of its own keeps one among what is configured.
    const own = await sessionFolder()
    const env = { ...process.env, UNSTUCK_CONFIG_DIR: join(own, 'config') }
    const killed = spawn(process.execPath, ['--no-warnings', child, 'start', folder], { env })
    const said: string[] = []
    for await (const line of createInterface({ input: killed.stdout })) {
      said.push(line)
      if (line === 'begin two') break
    }
    const ended = once(killed, 'close')
    const client = await openClient({ folder }, own)
    const ref = await onlyRun(client)
    const isAlive = async () => (await client.call('run.get', { ref })).liveness
    await expect.poll(isAlive).toBe('alive')
    killed.kill('SIGKILL')
    await ended

    const found = await client.call('run.get', { ref })
    expect(found).toMatchObject({
      liveness: 'interrupted',
      run: { status: 'running' },
      findings: [],
    })
    const words = ['--no-warnings', child, 'resume', folder]
    const { stdout } = await promisify(execFile)(process.execPath, words, { env })
    expect(stdout.trim().split('\n')).toEqual(['begin two', 'begin three', 'ended one two three'])
    expect(await client.call('run.get', { ref })).toMatchObject({
      run: { status: 'completed' },
      findings: [],
    })
  })

  test('[B38] a thread that runs is written by one process at a time', async () => {
    const saver = await openSaver()
    const input = { source: 'input', step: -1, parents: {} } as const
    await saver.put(thread('held'), checkpointOf({ n: 1 }), input, { n: 1 })
    const other = await openSaver({ folder: saver.folder, lockWaitMs: 0 })
    expect((await other.getTuple(thread('held')))?.checkpoint.channel_values).toEqual({ n: 1 })
    const put = () => other.put(thread('held'), checkpointOf({ n: 2 }), metadata, { n: 1 })
    await expect(put()).rejects.toMatchObject({ code: 'locked' })
    await saver.close()
    await put()
    expect((await other.getTuple(thread('held')))?.checkpoint.channel_values).toEqual({ n: 2 })
  })

  test('[B38] one that nothing is heard of any more is let go', async () => {
    const saver = await openSaver({ holdMs: 50 })
    const input = { source: 'input', step: -1, parents: {} } as const
    await saver.put(thread('left'), checkpointOf({ n: 1 }), input, { n: 1 })
    const other = await openSaver({ folder: saver.folder })
    await other.put(thread('left'), checkpointOf({ n: 2 }), metadata, { n: 1 })
    expect((await saver.getTuple(thread('left')))?.checkpoint.channel_values).toEqual({ n: 2 })
  })

  test('[B44] a thread that is deleted is gone, and can be brought back from the trash', async () => {
    const saver = await openSaver()
    const checkpoint = checkpointOf({ n: 1 })
    await saver.put(thread('t'), checkpoint, metadata, { n: 1 })
    await saver.deleteThread('t')
    await saver.deleteThread('was never there')
    expect(await saver.getTuple(thread('t'))).toBeUndefined()
    const client = await openClient(saver)
    const { entries } = await client.call('trash.list', {})
    expect(entries).toMatchObject([{ run: 't', reason: 'Deleted by its program' }])
  })
})
