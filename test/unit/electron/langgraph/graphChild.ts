// A program with a graph, for tests in which it is killed: each node says that it begins, and the second one never ends.
import { Annotation, START, StateGraph } from '@langchain/langgraph'
import { UnstuckSaver } from '../../../../electron/langgraph.ts'
import { setTimeout as sleep } from 'node:timers/promises'

const [what, folder = ''] = process.argv.slice(2)
const State = Annotation.Root({
  done: Annotation<string[]>({
    reducer: (before, more) => [...before, ...more],
    default: () => [],
  }),
})

const forEverMs = 600_000

async function node(name: string): Promise<{ done: string[] }> {
  process.stdout.write(`begin ${name}\n`)
  if (what === 'start' && name === 'two') await sleep(forEverMs)
  return { done: [name] }
}

const saver = new UnstuckSaver(folder, { graph: 'child' })
const graph = new StateGraph(State)
  .addNode('one', () => node('one'))
  .addNode('two', () => node('two'))
  .addNode('three', () => node('three'))
  .addEdge(START, 'one')
  .addEdge('one', 'two')
  .addEdge('two', 'three')
  .compile({ checkpointer: saver })

const config = { configurable: { thread_id: 'killed' }, durability: 'sync' } as const
const ended = await graph.invoke(what === 'start' ? { done: [] } : null, config)
process.stdout.write(`ended ${ended.done.join(' ')}\n`)
await saver.close()
