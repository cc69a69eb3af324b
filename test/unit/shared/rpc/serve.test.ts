import { expect, it } from 'vitest'
import type { Channel, Pressure } from '../../../../shared/rpc/channel.ts'
import { serve } from '../../../../shared/rpc/serve.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { handlersWith } from '../../../contract/samples.ts'

type Reader = { congested: boolean; drained: () => void }

/** A channel whose other end reads when it is told to. */
function slowPair(): {
  readonly host: Channel
  readonly frames: string[]
  readonly reader: Reader
} {
  const [host, client] = memoryPair()
  const reader: Reader = { congested: false, drained: () => undefined }
  const frames: string[] = []
  client.onFrame((frame) => frames.push(frame))
  const pressure: Pressure = {
    isCongested: () => reader.congested,
    onDrain: (listener) => {
      reader.drained = listener
      return () => undefined
    },
  }
  return { host: { ...host, pressure }, frames, reader }
}

it('[Q17] events wait while the other end is slow, and come merged when it has caught up', async () => {
  const { host, frames, reader } = slowPair()
  const server = serve({ channel: host, handlers: handlersWith({}) })

  reader.congested = true
  server.emit('run.progressed', { run: 'a', seq: 1 })
  server.emit('run.progressed', { run: 'a', seq: 2 })
  await Promise.resolve()
  const early = frames.length
  reader.congested = false
  reader.drained()
  await new Promise((resolve) => setImmediate(resolve))

  expect(early).toBe(0)
  expect(frames.map((frame): unknown => JSON.parse(frame))).toEqual([
    { kind: 'event', name: 'run.progressed', value: { run: 'a', seq: 2 } },
  ])
})

it('[Q8] an event that breaks the contract is reported, and does not fall on who emits it', () => {
  const [host] = memoryPair()
  const reports: string[] = []
  const server = serve({
    channel: host,
    handlers: handlersWith({}),
    report: (error, name) => reports.push(`${name} ${error.code}`),
  })

  server.emit('run.progressed', { run: 7 } as never)

  expect(reports).toEqual(['run.progressed bug'])
})

it('[Q6] a host on a channel that is closed already serves nobody, and does not fail', () => {
  const [host] = memoryPair()
  host.close()

  const server = serve({ channel: host, handlers: handlersWith({}) })

  expect(() => server.emit('workspace.changed', {})).not.toThrow()
})
