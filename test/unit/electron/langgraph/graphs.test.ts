import { Command, Send, START, StateGraph } from '@langchain/langgraph'
import { MemorySaver } from '@langchain/langgraph-checkpoint'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  onlyRun,
  openClient,
  openSaver,
  Order,
  orderGraph,
  restingRun,
  thread,
} from './threadFixtures.ts'

const paid = (total: number) => `charged ${total}`

describe('a graph whose threads Unstuck keeps', () => {
  test('[B32] its thread is a sound run that is listed, with the nodes as steps and the question that waits', async () => {
    const saver = await openSaver()
    const graph = orderGraph(saver, paid)
    await graph.invoke({ total: 5 }, thread('Order 7 / Ä'))

    const client = await openClient(saver)
    const { rows } = await client.call('run.list', {})
    expect(rows).toMatchObject([{ workflow: 'order', status: 'waiting', health: 'ok' }])
    const ref = await onlyRun(client)
    const { run, findings, diagnoses } = await client.call('run.get', { ref })
    expect(findings).toEqual([])
    expect(run).toMatchObject({ kind: 'thread' })
    const said = await client.call('state.value', { ref, pointer: '/thread' })
    expect(said.text).toBe('"Order 7 / Ä"')
    expect(diagnoses[0]?.sentence).toMatch(/has waited .* for an answer to .*"question":"ok\?"/)
    const { steps } = await client.call('run.steps', { ref })
    expect(steps.map(({ id, status }) => [id, status])).toEqual(
      expect.arrayContaining([
        ['price', 'succeeded'],
        ['review', 'waiting'],
        ['review.look', 'succeeded'],
        ['review.ask', 'waiting'],
      ]),
    )
    await graph.invoke(new Command({ resume: true }), thread('Order 7 / Ä'))
    const after = await client.call('run.get', { ref })
    expect(after).toMatchObject({ run: { status: 'completed' }, findings: [] })
  })

  test('[B32] its checkpoints are compared in the names and values of its channels', async () => {
    const saver = await openSaver()
    const graph = orderGraph(saver, paid)
    await graph.invoke({ total: 5 }, { ...thread('compared'), durability: 'sync' })
    const client = await openClient(saver)
    const ref = await onlyRun(client)
    const { steps } = await client.call('run.steps', { ref })
    expect(steps.map(({ id, status, attempts }) => [id, status, attempts.length])).toEqual([
      ['price', 'succeeded', 1],
      ['review', 'waiting', 1],
      ['review.look', 'succeeded', 1],
      ['review.ask', 'waiting', 1],
    ])
    const { checkpoints } = await client.call('run.checkpoints', { ref })
    const named = (name: string) => ({
      ref,
      checkpoint: checkpoints.find((one) => one.name === name)?.id ?? null,
    })
    const sides = { left: named('step 0'), right: named('step 1: price') }
    const { changes } = await client.call('checkpoint.compare', { ...sides, under: '/variables' })
    expect(
      changes
        .map(({ path }) => path)
        .filter((path) => !path.includes('langgraph'))
        .toSorted(),
    ).toEqual([
      '/variables/branch:to:price',
      '/variables/branch:to:review',
      '/variables/notes',
      '/variables/total',
    ])
  })

  test('[B33] it does what it does over the saver of LangGraph itself', async () => {
    const saver = await openSaver()
    const memory = new MemorySaver()
    const histories = []
    for (const checkpointer of [saver, memory]) {
      const graph = fanGraph().compile({ checkpointer })
      await graph.invoke({ total: 1 }, thread('fan'))
      const first = await allOf(graph.getStateHistory(thread('fan')))
      const second = first[1]?.config ?? thread('fan')
      await graph.updateState(second, { notes: ['changed'] }, 'price')
      await graph.updateState(first[2]?.config ?? thread('fan'), null, '__copy__')
      await graph.invoke(null, thread('fan'))
      await graph.invoke({ total: 7 }, thread('fan'))
      histories.push((await allOf(graph.getStateHistory(thread('fan')))).map(told))
    }
    expect(histories[0]).toEqual(histories[1])
    expect(histories[0]?.length).toBeGreaterThan(8)
  })

  test('[B40] a node that runs often is no fault', async () => {
    const saver = await openSaver()
    const graph = new StateGraph(Order)
      .addNode('agent', ({ total }) => ({ total: total + 1, notes: [`turn ${total}`] }))
      .addNode('tool', () => ({}))
      .addEdge(START, 'agent')
      .addConditionalEdges('agent', ({ total }) => (total < 4 ? 'tool' : '__end__'))
      .addEdge('tool', 'agent')
      .compile({ checkpointer: saver })
    await graph.invoke({ total: 0 }, thread('loop'))
    await graph.invoke({ total: 2 }, thread('loop'))
    const client = await openClient(saver)
    const ref = await onlyRun(client)
    expect(await client.call('run.get', { ref })).toMatchObject({
      run: { status: 'completed' },
      findings: [],
    })
    const { steps } = await client.call('run.steps', { ref })
    expect(steps.find(({ id }) => id === 'agent')?.attempts).toHaveLength(6)
  })

  test('[B37] a node that fails makes the thread fail, and goes on in another program from there', async () => {
    const saver = await openSaver()
    const failing = orderGraph(saver, () => {
      throw new TypeError('the bank is down')
    })
    await failing.invoke({ total: 5 }, thread('f'))
    await expect(failing.invoke(new Command({ resume: true }), thread('f'))).rejects.toThrow('down')
    const client = await openClient(saver)
    const ref = await onlyRun(client)
    expect(await client.call('run.get', { ref })).toMatchObject({
      run: { status: 'failed', error: { name: 'TypeError', message: 'the bank is down' } },
      findings: [],
    })
    await saver.close()

    const again = await openSaver({ folder: saver.folder })
    const ended = await orderGraph(again, paid).invoke(null, thread('f'))
    expect(ended.notes).toEqual(['priced', 'priced', 'looked', 'charged 10'])
    expect(await client.call('run.get', { ref })).toMatchObject({
      run: { status: 'completed', error: null },
      findings: [],
    })
  })

  test('[B36] what a person edits is what the graph goes on with', async () => {
    const saver = await openSaver()
    let isDown = true
    const graph = orderGraph(saver, (total) => {
      if (isDown) throw new Error('down')
      return paid(total)
    })
    await graph.invoke({ total: 5 }, thread('edited'))
    await expect(graph.invoke(new Command({ resume: true }), thread('edited'))).rejects.toThrow()

    const client = await openClient(saver)
    const ref = await restingRun(client)
    const edits = [{ kind: 'set', path: '/variables/total', json: '99' }] as const
    const input = { ref, edits: [...edits], reason: 'wrong price' }
    const { rev, digest, asOf, plan } = await client.call('edit.plan', input)
    expect(plan.problems).toEqual([])
    await client.call('edit.apply', { ...input, rev, digest, asOf })

    expect((await graph.getState(thread('edited'))).values).toMatchObject({ total: 99 })
    isDown = false
    const ended = await graph.invoke(null, thread('edited'))
    expect(ended).toMatchObject({ total: 99, approved: true })
    expect(ended.notes.at(-1)).toBe('charged 99')
    expect((await graph.getState(thread('edited'))).values).toMatchObject({ total: 99 })
  })

  test('[B41] a fork is a new thread, which goes its own way', async () => {
    const saver = await openSaver()
    const graph = orderGraph(saver, paid)
    await graph.invoke({ total: 5 }, { ...thread('first'), durability: 'sync' })
    await graph.invoke(new Command({ resume: true }), thread('first'))
    const client = await openClient(saver)
    await client.call('workspace.trust', { trusted: true })
    const ref = await onlyRun(client)
    const { checkpoints } = await client.call('run.checkpoints', { ref })
    const from = checkpoints.find(({ name }) => name === 'step 1: price')?.id ?? null

    const input = { ref, from }
    const { rev, digest, asOf, plan } = await client.call('resume.plan', input)
    expect(plan).toMatchObject({ mode: 'fork', ready: true, byProgram: true })
    const made = await client.call('resume.apply', { ...input, rev, digest, asOf })
    expect(made.observed).toBe(true)
    const forked = await client.call('run.get', { ref: made.ref })
    expect(forked).toMatchObject({
      run: { status: 'paused', kind: 'thread', lineage: { parent: 'first', relation: 'fork' } },
      findings: [],
    })

    const id = made.ref.document
    expect(await graph.getState(thread(id))).toMatchObject({
      next: ['review'],
      values: { total: 10, notes: ['priced'] },
    })
    await graph.updateState(thread(id), { total: 1 }, 'price')
    await graph.invoke(null, thread(id))
    const ended = await graph.invoke(new Command({ resume: false }), thread(id))
    expect(ended).toMatchObject({ total: 1, approved: false })
    expect((await graph.getState(thread('first'))).values).toMatchObject({ total: 10 })
  })

  test('[B42] [B43] it is resumed by the command that the settings name, and by nothing else', async () => {
    const saver = await openSaver()
    await orderGraph(saver, paid).invoke({ total: 5 }, thread('Order 8'))
    const unset = await openClient(saver)
    const ref = await restingRun(unset)
    const { plan } = await unset.call('document.resume.plan', { ref })
    expect(plan).toMatchObject({ ready: false, command: null, engine: 'LangGraph.js' })
    expect(plan.problems[0]).toContain('unstuck.json')
    const said = { ref, step: 'review', decision: 'approved', values: {}, reason: null } as const
    await expect(unset.call('run.decide', said)).rejects.toThrow('waits for its own program')

    const commands = { langgraph: 'node go.mjs --thread {thread} --from "{from}"' }
    const settings = { version: 1, resume: { commands } }
    await writeFile(join(saver.folder, 'unstuck.json'), JSON.stringify(settings))
    const client = await openClient(saver)
    const set = (await client.call('document.resume.plan', { ref })).plan
    expect(set).toMatchObject({
      ready: true,
      command: ['node', 'go.mjs', '--thread', 'Order 8', '--from', ''],
    })
    expect(set.steps.find(({ step }) => step === 'review')).toMatchObject({ does: 'runAgain' })
    const same = (await client.call('resume.plan', { ref })).plan
    expect(same).toMatchObject({ ready: false, byProgram: true, mode: 'same' })
  })
})

function fanGraph() {
  return new StateGraph(Order)
    .addNode('price', ({ total }) => ({ total: total * 2, notes: [`priced ${total}`] }))
    .addNode('pack', (one: { readonly place?: number }) => ({ notes: [`packed ${one.place}`] }))
    .addNode('end', () => ({ approved: true }))
    .addEdge(START, 'price')
    .addConditionalEdges('price', () => [1, 2, 3].map((place) => new Send('pack', { place })), [
      'pack',
    ])
    .addEdge('pack', 'end')
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** What does not change from one run of a program to the next. */
function told(state: Awaited<ReturnType<ReturnType<typeof orderGraph>['getState']>>) {
  const { values, next, metadata, tasks } = state
  return { values, next, source: metadata?.source, step: metadata?.step, tasks: tasks.length }
}
