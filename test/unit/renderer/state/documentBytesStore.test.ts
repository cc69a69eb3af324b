import { expect, test } from 'vitest'
import { createDocumentBytesStore } from '../../../../renderer/state/documentBytesStore.ts'
import { createDocumentStore } from '../../../../renderer/state/documentStore.ts'
import type { Client, Handlers } from '../../../../shared/contract/contract.ts'
import type { DocumentPlan } from '../../../../shared/contract/documents.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { serve } from '../../../../shared/rpc/serve.ts'

const ref = { workspace: 'w', format: 'unknown', document: 'a.json', item: null } as const
const asOf = '2026-01-02T03:04:05.678Z'

const item = {
  id: 'cut@90000',
  rule: 'R24',
  sentence: 'Cut.',
  offset: 90_000,
  sizeBytes: 0,
  line: 1,
  column: 1,
  pointer: null,
  confidence: 'certain',
  isAccepted: true,
  isChoice: false,
} as const

const plan: DocumentPlan = {
  document: 'a.json',
  engine: 'no known engine',
  ready: true,
  files: [],
  notes: [],
  problems: [],
  repairs: [],
  repair: 'salvage',
  items: [item, { ...item, id: 'zeroed@200000', offset: 200_000 }],
  damage: [
    { file: 'document', kind: 'cut', offset: 90_000, sizeBytes: 0, fix: item.id, sentence: 'Cut.' },
  ],
  findings: [],
}

function clientOf(handlers: Partial<Handlers>): Client {
  const [near, far] = memoryPair()
  serve({ channel: far, handlers: handlers as Handlers }) // a test calls only what it gives
  return connect(near)
}

test('[F362] the first damage is in sight, a fix leads to its bytes, and bytes are read again when the document changed', async () => {
  const asked: number[] = []
  let rev = 'r1'
  const client = clientOf({
    'document.plan': () => Promise.resolve({ plan, digest: 'd', rev, asOf }),
    'run.raw': ({ offset, limitBytes, decoded }) => {
      asked.push(offset)
      expect(decoded).toBe(true)
      const nextOffset = offset + limitBytes
      return Promise.resolve({ text: 'x'.repeat(10), offset, nextOffset, sizeBytes: 500_000 })
    },
  })
  const plans = createDocumentStore(client, { ref, action: { kind: 'repair', repair: null } })
  const bytes = createDocumentBytesStore(client, { ref, plans })
  const stop = bytes.getState().open()
  await plans.getState().replan()
  await expect.poll(() => bytes.getState().bytes.kind).toBe('ready')
  expect(asked).toEqual([90_000 - 16_384])

  bytes.getState().choose('cut@90000')
  expect(bytes.getState()).toMatchObject({ chosen: 'cut@90000', lookedAt: 90_000 })
  expect(asked).toHaveLength(1)
  bytes.getState().choose('zeroed@200000')
  await expect.poll(() => asked.length).toBe(2)
  bytes.getState().lookAt({ offset: 201_000, fix: null })
  expect(bytes.getState()).toMatchObject({ chosen: null, lookedAt: 201_000 })
  expect(asked).toHaveLength(2)

  await plans.getState().replan()
  expect(asked).toHaveLength(2)
  rev = 'r2'
  await plans.getState().replan()
  await expect.poll(() => asked.length).toBe(3)
  stop()
})
