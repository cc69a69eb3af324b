import { expect, it } from 'vitest'
import { createEventQueue } from '../../../../shared/rpc/eventQueue.ts'

it('[Q17] changed runs that were held back are told together', () => {
  const queue = createEventQueue()

  queue.add({ name: 'runs.changed', value: { runs: ['a', 'b'] } })
  queue.add({ name: 'runs.changed', value: { runs: ['b', 'c'] } })

  expect(queue.takeAll()).toEqual([{ name: 'runs.changed', value: { runs: ['a', 'b', 'c'] } }])
})

it('[Q17] "any run" contains every other change', () => {
  const queue = createEventQueue()

  queue.add({ name: 'runs.changed', value: { runs: null } })
  queue.add({ name: 'runs.changed', value: { runs: ['a'] } })

  expect(queue.takeAll()).toEqual([{ name: 'runs.changed', value: { runs: null } }])
})

it('[Q17] more than a thousand changed runs are told as "any run"', () => {
  const queue = createEventQueue()
  for (let index = 0; index < 1002; index += 1) {
    queue.add({ name: 'runs.changed', value: { runs: [`run-${index}`] } })
  }

  expect(queue.takeAll()).toEqual([{ name: 'runs.changed', value: { runs: null } }])
})

it('[Q17] of the progress of a run, only the newest is told, for each run', () => {
  const queue = createEventQueue()

  queue.add({ name: 'run.progressed', value: { run: 'a', seq: 1 } })
  queue.add({ name: 'run.progressed', value: { run: 'b', seq: 7 } })
  queue.add({ name: 'run.progressed', value: { run: 'a', seq: 2 } })

  expect(queue.takeAll()).toEqual([
    { name: 'run.progressed', value: { run: 'a', seq: 2 } },
    { name: 'run.progressed', value: { run: 'b', seq: 7 } },
  ])
})

it('[Q17] what was taken is told once', () => {
  const queue = createEventQueue()
  queue.add({ name: 'workspace.changed', value: {} })

  expect([queue.takeAll().length, queue.takeAll().length]).toEqual([1, 0])
})
