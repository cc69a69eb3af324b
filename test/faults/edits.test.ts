import { afterEach, expect, test } from 'vitest'
import { editCalls } from '../../shared/contract/edit.ts'
import { stateOf } from '../../shared/core/edit/stateOf.ts'
import { isEqualJson } from '../../shared/core/diff/jsonShape.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { readRun } from '../../shared/core/reading/readRun.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { applyEditTo, planEditOf } from '../../electron/services/editRun.ts'
import { undoEdit } from '../../electron/services/undoEdit.ts'
import type { Store } from '../../electron/store/store.ts'
import { createMemoryFileSystem } from '../../electron/store/memoryFileSystem.ts'
import { memoryRoot } from '../../electron/store/memoryStore.ts'
import { decodeUtf8 } from '../../electron/services/decodeUtf8.ts'
import type { Run } from '../../shared/schema/run.ts'
import { sha256 } from '../unit/shared/core/run/sampleRun.ts'
import { createClock, createIds, testing } from '../unit/electron/store/storeFixtures.ts'
import { failedRun, journal } from '../unit/shared/core/edit/editedRuns.ts'
import { createWorkbench, type Workbench } from '../unit/electron/executor/workbench.ts'
import { openProcess } from './campaigns/process.ts'
import { createFaultyFileSystem } from './faultyFileSystem.ts'

let bench: Workbench
afterEach(() => bench.close())

const edits = [
  { kind: 'set', path: '/inputs/amount', json: '42' },
  { kind: 'set', path: '/variables/long', json: JSON.stringify('x'.repeat(5000)) },
  { kind: 'reset', step: 'read' },
]

test.each(['dead', 'once'] as const)(
  '[N18] an edit that is cut at any operation (%s) is whole or not there at all, and can be made again',
  async (kind) => {
    bench = await createWorkbench()
    const [seen, disks] = [new Set<string>(), new Set<string>()]
    const whole = createMemoryFileSystem(memoryRoot)
    await writeFailedRun(openProcess(whole, 1))
    const approved = await planned(openProcess(whole, 1))
    for (let at = 1; ; at += 1) {
      const disk = whole.twin()
      const faulty = createFaultyFileSystem(disk, { at, kind, code: 'EIO' })
      await Promise.allSettled([applyEditTo(contextOf(openProcess(faulty, 2)), approved)])

      if (isNew(disks, disk.contents())) {
        const after = openProcess(disk, 3)
        const state = await stateOfRun(after)
        seen.add(isSame(state, failedRun) ? 'before' : amountOf(state) === 42 ? 'after' : 'between')
        // Made again: whoever looks next finds the lock free and the files sound.
        if (amountOf(state) !== 42) await edit(after)
      }
      if (!faulty.wasMet()) break
    }
    expect([...seen].toSorted()).toEqual(['after', 'before'])
  },
)

test('[N18] an undo that is cut at any operation leaves the edit, or the run as it was', async () => {
  bench = await createWorkbench()
  const [seen, disks] = [new Set<string>(), new Set<string>()]
  const whole = createMemoryFileSystem(memoryRoot)
  await writeFailedRun(openProcess(whole, 1))
  await edit(openProcess(whole, 2))
  for (let at = 1; ; at += 1) {
    const disk = whole.twin()
    const faulty = createFaultyFileSystem(disk, { at, kind: 'dead', code: 'EIO' })
    await Promise.allSettled([undoEdit(contextOf(openProcess(faulty, 3)), undo)])

    if (isNew(disks, disk.contents())) {
      const state = await stateOfRun(openProcess(disk, 4))
      seen.add(isSame(state, failedRun) ? 'undone' : amountOf(state) === 42 ? 'edited' : 'between')
    }
    if (!faulty.wasMet()) break
  }
  expect([...seen].toSorted()).toEqual(['edited', 'undone'])
})

/** Most operations only read: what they leave was looked at already. */
function isNew(disks: Set<string>, contents: string): boolean {
  const isKnown = disks.has(contents)
  disks.add(contents)
  return !isKnown
}

/** With a clock of its own: what is done twice leaves the same disk. */
function contextOf(store: Store) {
  return { ...bench.context, store, now: createClock(), randomId: createIds('c') }
}

const ref = () => ({
  workspace: bench.context.workspace.id,
  format: 'unstuck' as const,
  document: failedRun.id,
  item: null,
})

async function planned(store: Store) {
  const input = editCalls['edit.plan'].input.parse({ ref: ref(), edits })
  const { rev, digest, asOf } = await planEditOf(contextOf(store), input)
  return { ...input, rev, digest, asOf, reason: 'why' }
}

async function edit(store: Store): Promise<void> {
  const done = await applyEditTo(contextOf(store), await planned(store))
  expect(done.observed).toBe(true)
}

const undo = {
  get ref() {
    return ref()
  },
  seq: null,
  reason: null,
}

async function writeFailedRun(store: Store): Promise<void> {
  const { id, createdAt } = failedRun
  const writer = await store.create(id, { ...testing, createdAt })
  const bodies = journal.flatMap((item) => (item.kind === 'known' ? [item.record] : []))
  const written = await writer.append(
    bodies.map(({ seq: _seq, at: _at, epoch: _epoch, prev: _prev, sum: _sum, ...body }) => body),
    { durable: true },
  )
  const run = replay(written.map((record) => ({ kind: 'known', record })))
  await writer.replaceHead(encodeHead(run ?? failedRun, sha256))
  await writer.release()
}

/** As whoever opens it next reads it; an error in it would be a finding. */
async function stateOfRun(store: Store): Promise<Run> {
  const stored = await store.read(failedRun.id)
  const head = stored.head === null ? null : decodeUtf8(stored.head.bytes)
  const reading = readRun({ head, journal: stored.journal }, sha256)
  expect(reading.findings.filter(isDamage)).toEqual([])
  if (reading.run === null) throw new Error('The run cannot be read.')
  return reading.run
}

/** A last line that was cut is no damage of what stands before it. */
function isDamage({ severity, sentence }: { severity: string; sentence: string }): boolean {
  return severity === 'error' && !/torn|cut/.test(sentence)
}

function isSame(one: Run, other: Run): boolean {
  return isEqualJson(withoutTimes(one), withoutTimes(other))
}

/** The store gives its own times to records. */
function withoutTimes(run: Run) {
  const text = JSON.stringify(stateOf(run))
  return JSON.parse(text.replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '""'))
}

function amountOf(run: Run): unknown {
  return run.inputs['amount']
}
