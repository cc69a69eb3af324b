// Runs that failed in their last step, written as a host writes them, without running anything.
import { createFileStore } from '../../../electron/store/fileStore.ts'
import { beginRun, placeOf } from '../../../electron/services/startRunRecords.ts'
import { encodeHead } from '../../../shared/core/codec/encodeHead.ts'
import { createRun } from '../../../shared/core/run/createRun.ts'
import { replay } from '../../../shared/core/run/replay.ts'
import { mapBounded } from '../../../shared/mapBounded.ts'
import { RunId, StepId } from '../../../shared/schema/ids.ts'
import { WorkflowDefinition } from '../../../shared/schema/workflow.ts'
import { now, randomId, sha256 } from '../../unit/electron/executor/workbench.ts'

const step = StepId.parse('charge')

/** Their step writes its run into `effects`, whoever resumes them, and is never repeated without being asked. */
export async function makeFailedRuns(root: string, count: number): Promise<readonly RunId[]> {
  const application = { version: '0.0.0-test' }
  const store = await createFileStore({ root, now, randomId, application })
  const definition = WorkflowDefinition.parse({
    name: 'pay',
    steps: { charge: { run: 'echo "$UNSTUCK_RUN" >> effects', sideEffects: 'external' } },
  })
  const runs = Array.from({ length: count }, (_, index) =>
    RunId.parse(`pay-20260102t030405z-${index.toString(36).padStart(6, '0')}`),
  )
  await mapBounded(runs, 4, async (id) => {
    const place = placeOf({ account: 'ada', hostName: 'here' }, definition, root)
    const at = now()
    const inputs = {}
    const born = { id, definition, source: null, digest: null, inputs, at, place, lineage: null }
    const context = { store, controlSocket: null, sha256 }
    const { started, writer } = await beginRun(context, createRun(born))
    const error = { name: 'Error', message: 'exit code 3', code: null, stack: null }
    const records = await writer.append(
      [
        { type: 'stepStarted', step, attempt: 1, process: null },
        { type: 'stepFailed', step, attempt: 1, error, exitCode: 3 },
        { type: 'runFailed', error: { ...error, message: 'charge failed: exit code 3' } },
      ],
      { durable: false },
    )
    const run = replay(
      records.map((record) => ({ kind: 'known', record })),
      { from: started },
    )
    if (run !== null) await writer.replaceHead(encodeHead(run, sha256))
    await writer.release()
  })
  await store.close()
  return runs
}
