import { Annotation, interrupt, START, StateGraph } from '@langchain/langgraph'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createHost } from '../../../../electron/host/createHost.ts'
import { UnstuckSaver } from '../../../../electron/langgraph.ts'
import type { UnstuckSaverOptions } from '../../../../electron/langgraph.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import type { Ref } from '../../../../shared/contract/call.ts'
import { sessionFolder } from '../library/sessionFixtures.ts'

/** A saver in a folder that is gone after the test. */
export async function openSaver(
  options: UnstuckSaverOptions & { readonly folder?: string } = {},
): Promise<UnstuckSaver> {
  const { folder = await sessionFolder(), ...rest } = options
  const saver = new UnstuckSaver(folder, { graph: 'order', ...rest })
  onTestFinished(() => saver.close())
  return saver
}

export async function openClient(
  { folder }: Pick<UnstuckSaver, 'folder'>,
  own?: string,
): Promise<Client> {
  own ??= await sessionFolder()
  const host = await createHost({
    path: folder,
    host: 'cli',
    cacheFolder: join(own, 'cache'),
    configFolder: join(own, 'config'),
  })
  onTestFinished(() => host.close())
  return host.client()
}

/** The only run of the workspace. */
export async function onlyRun(client: Client): Promise<Ref> {
  const { rows } = await client.call('run.list', {})
  const ref = rows[0]?.ref
  if (ref === undefined || rows.length > 1) throw new Error(`${rows.length} rows`)
  return ref
}

/** The same, once its program has let it go. */
export async function restingRun(client: Client): Promise<Ref> {
  const ref = await onlyRun(client)
  const isHeld = async () => (await client.call('run.get', { ref })).holder !== null
  await expect.poll(isHeld, { timeout: 20_000 }).toBe(false)
  return ref
}

export const Order = Annotation.Root({
  total: Annotation<number>,
  approved: Annotation<boolean>,
  notes: Annotation<string[]>({
    reducer: (before, more) => [...before, ...more],
    default: () => [],
  }),
})

/** Prices an order, asks in a subgraph whether it may be charged, and charges it with what is given. */
export function orderGraph(saver: UnstuckSaver, charge: (total: number) => string) {
  const review = new StateGraph(Order)
    .addNode('look', () => ({ notes: ['looked'] }))
    .addNode('ask', ({ total }) => ({ approved: interrupt({ question: 'ok?', total }) === true }))
    .addEdge(START, 'look')
    .addEdge('look', 'ask')
    .compile()
  return new StateGraph(Order)
    .addNode('price', ({ total }) => ({ total: total * 2, notes: ['priced'] }))
    .addNode('review', review)
    .addNode('charge', ({ total }) => ({ notes: [charge(total)] }))
    .addEdge(START, 'price')
    .addEdge('price', 'review')
    .addEdge('review', 'charge')
    .compile({ checkpointer: saver })
}

export function thread(id: string) {
  return { configurable: { thread_id: id } }
}
