// A graph of LangGraph.js whose threads Unstuck keeps: each refund is a thread, listed, compared, edited, forked and resumed.
//
//   node refund.ts ./workspace start order-7 4200 DE12-4711
//   node refund.ts ./workspace resume order-7
//   node refund.ts ./workspace answer order-7 yes
import { Annotation, Command, END, interrupt, START, StateGraph } from '@langchain/langgraph'
import { UnstuckSaver } from 'unstuck/langgraph'

const Refund = Annotation.Root({
  order: Annotation<string>,
  cents: Annotation<number>,
  account: Annotation<string>,
  approved: Annotation<boolean>,
  log: Annotation<string[]>({ reducer: (before, more) => [...before, ...more], default: () => [] }),
})

const saver = new UnstuckSaver(process.argv[2] ?? './workspace', { graph: 'refund' })

const graph = new StateGraph(Refund)
  .addNode('check', ({ cents }) => ({ log: [`${cents} cents are to be paid back`] }))
  .addNode('approve', ({ cents }) => {
    if (cents < 10_000) return { approved: true, log: ['small enough'] }
    const approved: unknown = interrupt(`Pay back ${cents} cents?`)
    return { approved: approved === true, log: ['a person decided'] }
  })
  .addNode('pay', ({ account, cents }) => {
    if (!/^DE\d\d-\d{4}$/.test(account)) throw new Error(`The bank knows no account ${account}`)
    return { log: [`${cents} cents went to ${account}`] }
  })
  .addNode('tell', ({ approved }) => ({ log: [approved ? 'told: it is paid' : 'told: refused'] }))
  .addEdge(START, 'check')
  .addEdge('check', 'approve')
  .addConditionalEdges('approve', ({ approved }) => (approved ? 'pay' : 'tell'), ['pay', 'tell'])
  .addEdge('pay', 'tell')
  .addEdge('tell', END)
  .compile({ checkpointer: saver })

const [, , , what = 'start', thread = 'order-7', ...words] = process.argv
const config = { configurable: { thread_id: thread } }

try {
  const state = await goOn()
  const { next, tasks } = await graph.getState(config)
  const asked = tasks.flatMap(({ interrupts }) => interrupts.map(({ value }) => value))
  console.log(next.length === 0 ? `done: ${state.log.at(-1)}` : `asks: ${asked.join(' ')}`)
} catch (error) {
  console.log(`failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await saver.close()
}

function goOn(): Promise<typeof Refund.State> {
  const [first, account = 'DE12-4711'] = words
  if (what === 'resume') return graph.invoke(null, config)
  if (what === 'answer') return graph.invoke(new Command({ resume: first === 'yes' }), config)
  return graph.invoke({ order: thread, cents: Number(first ?? 4200), account }, config)
}
