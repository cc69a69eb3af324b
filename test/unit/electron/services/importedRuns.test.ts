import { afterEach, expect, test } from 'vitest'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import { encodeHead } from '../../../../shared/core/codec/encodeHead.ts'
import type { Format } from '../../../../shared/core/formats/format.ts'
import { marsys } from '../../../../shared/core/formats/marsys/marsys.ts'
import { multyagents } from '../../../../shared/core/formats/multyagents/multyagents.ts'
import { check } from '../../../../shared/core/integrity/check.ts'
import { replay } from '../../../../shared/core/run/replay.ts'
import { CheckpointId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { changedText, context, readFolder, setOf } from '../../shared/core/formats/fileSet.ts'
import { createWorkbench, sha256, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

/** Puts a run into the store as an import does: whole, in its first record. */
async function keep(run: Run): Promise<void> {
  const opening = { purpose: 'import', controlSocket: null, createdAt: run.createdAt }
  const writer = await bench.store.create(run.id, opening)
  const records = await writer.append(
    [
      { type: 'runCreated', run },
      {
        type: 'checkpoint',
        id: CheckpointId.parse('cp-2'),
        parent: null,
        name: 'imported',
        trigger: 'migration',
        step: null,
        progress: 0,
      },
    ],
    { durable: true },
  )
  const kept = replay(records.map((record) => ({ kind: 'known', record })))
  if (kept === null) throw new Error('the run has no state')
  await writer.replaceHead(encodeHead(kept, sha256))
  await writer.release()
}

async function finish(run: Run): Promise<Run> {
  const input = {
    ref: { workspace: 'bench', format: 'unstuck' as const, document: run.id, item: null },
    from: null,
    fork: false,
    inputs: null,
    decisions: {},
    definition: 'recorded' as const,
    stopAfter: null,
    asOf: null,
  }
  const { digest, rev, asOf } = await planResumeOf(bench.context, input)
  await startResume(bench.context, { ...input, digest, rev, asOf })
  await bench.executor.find(run.id)?.done
  return bench.read(run.id)
}

type Case = readonly [
  name: string,
  format: Format,
  folder: string,
  document: string,
  commands: Readonly<Record<string, string>>,
]

const again = 'echo "$0" >> ran'
const cases: readonly Case[] = [
  [
    'MARSYS, a failed session',
    marsys,
    'marsys/legacy-v0.2',
    'sessions/session_failed_789.json',
    { branch_f: again },
  ],
  [
    'MARSYS, a paused session whose parent waits for its children',
    marsys,
    'marsys/legacy-v0.1',
    'sessions/session_paused_456.json',
    { branch_c1: again, branch_c2: again, branch_p: 'test $(wc -l < ran) = 2' },
  ],
  [
    'MARSYS, a paused snapshot',
    marsys,
    'marsys/v0.3-snapshots',
    'sess-topology-mismatch/snapshot.json',
    { br_0000: again },
  ],
  [
    'multyagents, a store of the first version',
    multyagents,
    'multyagents',
    'api-state.old-28be9f3.json',
    { 'task-1': again, 'task-2': again },
  ],
]

test.each(cases)('[F135] [F165] %s is imported, finishes here, and goes back', async (...one) => {
  const [, format, folder, document, commands] = one
  bench = await createWorkbench()
  const files = readFolder(folder)
  const set = setOf(format, document, files)
  const result = format.toRun(set, { definition: null, commands, id: 'imported-1' }, context)
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const run = { ...result.run, place: { ...result.run.place, folder: bench.root } }
  expect(check(run).filter(({ severity }) => severity === 'error')).toEqual([])
  await keep(run)

  const ended = await finish(run)

  expect(ended.status).toBe('completed')
  const back = changedText(format.fromRun(set, ended, context))
  const reading = format.read(setOf(format, document, new Map([[document, back]])), context)
  const words = Object.values(reading.run?.steps ?? {}).map(({ status }) => status)
  expect(new Set(words)).toEqual(new Set(['succeeded']))
})
