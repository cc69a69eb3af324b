import { describe, expect, test } from 'vitest'
import { createLedger, type Ledger } from '../../../../electron/executor/ledger.ts'
import { createMemoryStore } from '../../../../electron/store/memoryStore.ts'
import type { RunWriter, Store } from '../../../../electron/store/store.ts'
import { readRun } from '../../../../shared/core/reading/readRun.ts'
import { createRun } from '../../../../shared/core/run/createRun.ts'
import { RunId, StepId } from '../../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../../shared/schema/journal.ts'
import { WorkflowDefinition } from '../../../../shared/schema/workflow.ts'
import { createClock, createIds } from '../store/storeFixtures.ts'
import { sha256 } from './workbench.ts'

const id = RunId.parse('wide-20260102t030405z-a1b2')
const at = '2026-01-02T03:04:05.678Z'
const steps = Array.from({ length: 60 }, (_, index) => StepId.parse(`s${index}`))
const definition = WorkflowDefinition.parse({
  name: 'wide',
  steps: Object.fromEntries(steps.map((step, index) => [step, { run: 'true', ...needsOf(index) }])),
})

describe('the ledger of a run', () => {
  test('[E37] what is appended together is seen together, and not before it is in the journal', async () => {
    const { ledger } = await openLedger()
    const before = ledger.snapshot()
    const appending = ledger.append([began(0), succeeded(0)], { durable: true })
    expect(ledger.snapshot()).toEqual(before)
    expect(ready(ledger)).toEqual(['s0'])
    await appending
    expect(ledger.step('s0')).toMatchObject({ status: 'succeeded' })
    expect(ready(ledger)).toEqual(['s1'])
    expect(before.steps).toMatchObject({ s0: { status: 'pending' } })
  })

  test('[E37] an append that fails changes nothing', async () => {
    const { ledger } = await openLedger((writer) => ({
      ...writer,
      append: async (bodies, options) => {
        if (bodies.some(({ type }) => type === 'stepStarted')) throw new Error('no space')
        return writer.append(bodies, options)
      },
    }))
    const before = ledger.snapshot()
    await expect(ledger.append([began(0)], { durable: true })).rejects.toThrow('no space')
    expect(ledger.snapshot()).toEqual(before)
    expect(ready(ledger)).toEqual(['s0'])
  })

  test('[E38] the whole state is written when more was appended than it has, and the run goes on', async () => {
    const { ledger, store, writer } = await openLedger()
    const types: string[] = []
    for (let index = 0; index < steps.length; index += 1) {
      expect(ready(ledger)).toEqual([`s${index}`])
      await ledger.append([began(index)], { durable: false })
      await ledger.append([succeeded(index)], { durable: true })
    }
    await ledger.rest([{ type: 'runCompleted' }])
    await writer.release()

    const { head, journal } = await store.read(id)
    for (const { record } of journal?.records ?? []) types.push(record.type)
    const keyframes = types.filter((type) => type === 'keyframe').length
    expect(keyframes).toBeGreaterThan(1)
    expect(keyframes).toBeLessThan(10)
    const text = new TextDecoder().decode(head?.bytes)
    const read = readRun({ head: { text }, journal: null }, sha256)
    expect(read.run).toEqual(ledger.snapshot())
    expect(ledger.counts()).toMatchObject({ succeeded: steps.length, pending: 0 })
  })
})

async function openLedger(
  wrap: (writer: RunWriter) => RunWriter = (writer) => writer,
): Promise<{ readonly ledger: Ledger; readonly store: Store; readonly writer: RunWriter }> {
  const store = createMemoryStore({ now: createClock(), randomId: createIds() })
  const options = { purpose: 'test', controlSocket: null, createdAt: at }
  const writer = wrap(await store.create(id, options))
  const unnamed = { source: null, digest: null, inputs: {}, lineage: null }
  const place = { user: null, host: null, folder: null, environment: [] }
  const run = createRun({ id, definition, at, place, ...unnamed })
  const context = { sha256, emit: () => undefined }
  const ledger = createLedger(context, { run, definition, writer })
  await ledger.append([{ type: 'runCreated', run }, { type: 'runStarted' }], { durable: true })
  return { ledger, store, writer }
}

function needsOf(index: number): { readonly needs?: readonly StepId[] } {
  const need = steps[index - 1]
  return need === undefined ? {} : { needs: [need] }
}

function began(index: number): RecordBody {
  return { type: 'stepStarted', step: steps[index] ?? id0, attempt: 1, process: null }
}

function succeeded(index: number): RecordBody {
  const output = 'x'.repeat(4000)
  return { type: 'stepSucceeded', step: steps[index] ?? id0, attempt: 1, output, exitCode: 0 }
}

const id0 = StepId.parse('s0')

function ready(ledger: Pick<Ledger, 'schedule'>): readonly StepId[] {
  return ledger.schedule().next({ nowMs: 0, slots: 9, most: 9 })
}
