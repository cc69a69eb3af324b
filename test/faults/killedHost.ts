// A host that is there to be killed: `start <root>` or `resume <root> <run>`. Says `run <id>` once it carries the run, then `done <status>`.
import { neverCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import { planResumeOf } from '../../electron/services/planResumeOf.ts'
import { startResume } from '../../electron/services/startResume.ts'
import { startRun } from '../../electron/services/startRun.ts'
import { waitRun } from '../../electron/services/waitRun.ts'
import type { ServiceContext } from '../../electron/services/context.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { createWorkbench } from '../unit/electron/executor/workbench.ts'

const [task = '', root = '', run = ''] = process.argv.slice(2)
const bench = await createWorkbench({ root })
const { context: host } = bench
const ref = task === 'start' ? await start() : await resume()
console.log(`run ${ref.document}`)
const { status } = await waitRun(
  host,
  { ref },
  { signal: neverCancelled, progress: () => undefined },
)
console.log(`done ${status}`)
await bench.close()

async function start(): Promise<CallOutput<'run.start'>['ref']> {
  return (await startRun(host, { definition: 'flow.yaml', inputs: {} })).ref
}

async function resume(): Promise<CallOutput<'run.start'>['ref']> {
  return (await approve(host, resumeInput(run))).ref
}

function resumeInput(document: string): HandlerInput<'resume.plan'> {
  return {
    ref: { workspace: 'bench', format: 'unstuck', document, item: null },
    from: null,
    fork: false,
    inputs: null,
    decisions: {},
    definition: 'recorded',
    stopAfter: null,
    asOf: null,
  }
}

/** A step that ends between plan and approval makes the plan stale: it is looked at again. */
async function approve(
  context: ServiceContext,
  input: HandlerInput<'resume.plan'>,
): Promise<CallOutput<'resume.apply'>> {
  for (;;) {
    const { plan, digest, rev, asOf } = await planResumeOf(context, input)
    console.log(`plan ${JSON.stringify(plan.steps.map(({ step, action }) => [step, action]))}`)
    try {
      return await startResume(context, { ...input, rev, digest, asOf })
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'stale') throw error
    }
  }
}
