import { afterEach, expect, test } from 'vitest'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import { encodeHead } from '../../../../shared/core/codec/encodeHead.ts'
import { tapps } from '../../../../shared/core/formats/tapps/tapps.ts'
import { replay } from '../../../../shared/core/run/replay.ts'
import { CheckpointId, StepId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { asPython, written } from '../../shared/core/formats/tapps/asPython.ts'
import { context, folderOf, home, setOf } from '../../shared/core/formats/tapps/tappsSet.ts'
import { createWorkbench, sha256, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

/** Puts a run into the store whole, in its first record. */
async function keep(run: Run): Promise<void> {
  const opening = { purpose: 'import', controlSocket: null, createdAt: run.createdAt }
  const writer = await bench.store.create(run.id, opening)
  const checkpoint = {
    type: 'checkpoint',
    id: CheckpointId.parse('cp-2'),
    parent: null,
    name: 'imported',
    trigger: 'migration',
    step: null,
    progress: 0,
  } as const
  const records = await writer.append([{ type: 'runCreated', run }, checkpoint], { durable: true })
  const kept = replay(records.map((record) => ({ kind: 'known', record })))
  if (kept === null) throw new Error('the run has no state')
  await writer.replaceHead(encodeHead(kept, sha256))
  await writer.release()
}

type Decisions = Parameters<typeof planResumeOf>[1]['decisions']

async function finish(run: Run, decisions: Decisions): Promise<Run> {
  const input = {
    ref: { workspace: 'bench', format: 'unstuck' as const, document: run.id, item: null },
    from: null,
    fork: false,
    inputs: null,
    decisions,
    definition: 'recorded' as const,
    stopAfter: null,
    asOf: null,
  }
  const { digest, rev, asOf } = await planResumeOf(bench.context, input)
  await startResume(bench.context, { ...input, digest, rev, asOf })
  await bench.executor.find(run.id)?.done
  return bench.read(run.id)
}

test.each([
  ['rapid-dev-20260129-101010', 'review', {}],
  ['maintenance-20260128-080808', 'testing', {}],
  // It is said to be running: whether it had its effect nobody knows, so a person says that it runs again.
  ['full-sdlc-20260130-091500', 'design', { [StepId.parse('design')]: { kind: 'rerun' } }],
] satisfies readonly (readonly [string, string, Decisions])[])(
  '[F91] [F92] [F93] %s is imported, finishes here from "%s" on, and goes back',
  async (id, step, decisions) => {
    bench = await createWorkbench()
    const folder = folderOf('healthy-mixed')
    const document = `${home}/${id}-20261121-083138.json`
    const set = setOf(folder, document)
    const commands = { [step]: 'echo done >> ran' }
    const options = { definition: null, commands, id: 'imported-1' }
    const result = tapps.toRun(set, options, context)
    if (result.kind === 'refused') throw new Error(result.problems.join(' '))
    const run = { ...result.run, place: { ...result.run.place, folder: bench.root } }
    await keep(run)

    const ended = await finish(run, decisions)

    expect(ended.status).toBe('completed')
    const after = written(folder, tapps.fromRun(set, ended, context))
    const [loaded] = asPython(id, after)
    expect(loaded?.problems).toEqual([])
    expect(loaded?.state).toMatchObject({ status: 'completed', current_step: null, error: null })
    expect(JSON.stringify(loaded?.state)).toContain(`"${step}"]`)
  },
)
