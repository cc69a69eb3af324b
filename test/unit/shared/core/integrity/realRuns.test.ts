import { afterEach, describe, expect, it } from 'vitest'
import { check } from '../../../../../shared/core/integrity/check.ts'
import { readRunAt } from '../../../../../shared/core/reading/readRunAt.ts'
import type { RunId } from '../../../../../shared/schema/ids.ts'
import { createWorkbench, until, type Workbench } from '../../../electron/executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

/** Findings after each single record of the run, and the status that it ended with. */
async function findingsAlong(id: RunId) {
  const { journal } = await bench.store.read(id)
  if (journal === null) throw new Error(`run ${id} has no journal`)
  const states = journal.records.map(({ record }) => readRunAt(journal, record.seq))
  const findings = states.flatMap((run) => (run === null ? [] : check(run)))
  return { status: states.at(-1)?.status, findings }
}

describe('check, on what the executor writes', () => {
  it('[I25] a run that retries, passes over a failure and completes is sound after every record', async () => {
    bench = await createWorkbench()
    const { id } = await bench.run({
      build: {
        run: 'echo x >> n; test "$(wc -l < n)" -ge 2',
        retry: { attempts: 2, delay: '10ms' },
      },
      lint: { run: 'exit 3', continueOnError: true },
      ship: { run: 'true', needs: ['build', 'lint'] },
    })
    expect(await findingsAlong(id)).toEqual({ status: 'completed', findings: [] })
  })

  it('[I25] a run that fails and skips what needed the failed step is sound after every record', async () => {
    bench = await createWorkbench()
    const { id } = await bench.run({
      build: { run: 'exit 1' },
      ship: { run: 'true', needs: ['build'] },
    })
    expect(await findingsAlong(id)).toEqual({ status: 'failed', findings: [] })
  })

  it('[I25] a run that is stopped after a step, and one that is cancelled, are sound after every record', async () => {
    bench = await createWorkbench()
    const paused = await bench.run(
      { build: { run: 'true' }, ship: { run: 'true', needs: ['build'] } },
      { stopAfter: 'build' },
    )
    expect(await findingsAlong(paused.id)).toEqual({ status: 'paused', findings: [] })

    const id = await bench.start({
      build: { run: 'sleep 30' },
      ship: { run: 'true', needs: ['build'] },
    })
    await until('build began', async () => (await bench.records(id)).includes('stepStarted build'))
    await bench.executor.find(id)?.cancel('ada', null)
    expect(await findingsAlong(id)).toEqual({ status: 'cancelled', findings: [] })
  })
})
