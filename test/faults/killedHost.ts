// A host that is there to be killed: `start <root>`, `resume <root> <run>`, or `carry <root>`: the run that is there, else a
// new one, once its parent says so. Says `run <id>` once it carries the run, then `done <status>`.
// It can be a snapshot of a process that has loaded everything (`node --build-snapshot`), with its task for each start.
import './interpretSchemas.ts'
import { startupSnapshot } from 'node:v8'
import { neverCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import { planResumeOf } from '../../electron/services/planResumeOf.ts'
import { startResume } from '../../electron/services/startResume.ts'
import { startRun } from '../../electron/services/startRun.ts'
import { waitRun } from '../../electron/services/waitRun.ts'
import type { ServiceContext } from '../../electron/services/context.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../unit/electron/executor/workbench.ts'

type Ref = CallOutput<'run.start'>['ref']

// A snapshot is made of CommonJS, which awaits nothing while it loads.
if (startupSnapshot.isBuildingSnapshot())
  startupSnapshot.setDeserializeMainFunction(() => void carry())
else void carry()

async function carry(): Promise<void> {
  const [task = '', root = '', run = ''] = process.argv.slice(2)
  if (task === 'carry') await parentSays('go')
  const bench = await createWorkbench({ root })
  const { context: host } = bench
  const ref = await refOf(bench, { task, run })
  console.log(`run ${ref.document}`)
  const options = { signal: neverCancelled, progress: () => undefined }
  const { status } = await waitRun(host, { ref }, options)
  console.log(`done ${status}`)
  await bench.close()
}

async function refOf(
  { context, store }: Workbench,
  { task, run }: { readonly task: string; readonly run: string },
): Promise<Ref> {
  if (task === 'start') return start(context)
  if (task === 'resume') return resume(context, run)
  const found = await findRun({ store })
  if (found === null) return start(context)
  return found.isAtRest ? refTo(found.run) : resume(context, found.run)
}

function parentSays(word: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.setEncoding('utf8').on('data', (text: string) => {
      if (text.trim() !== word) return
      process.stdin.destroy()
      resolve()
    })
    console.log('ready')
  })
}

/** A start that was cut before its first record was there has started nothing. */
async function findRun({
  store,
}: Pick<Workbench, 'store'>): Promise<{ readonly run: RunId; readonly isAtRest: boolean } | null> {
  for (const entry of await store.list()) {
    const { journal } = entry.run === null ? { journal: null } : await store.read(entry.run)
    const types = (journal?.records ?? []).map(({ record }) => record.type)
    const last = types.findLast((type) => type !== 'keyframe')
    if (entry.run !== null && types.length > 0)
      return { run: entry.run, isAtRest: last === 'runCompleted' }
  }
  return null
}

async function start(context: ServiceContext): Promise<Ref> {
  return (await startRun(context, { definition: 'flow.yaml', inputs: {} })).ref
}

async function resume(context: ServiceContext, document: string): Promise<Ref> {
  return (await approve(context, resumeInput(document))).ref
}

function resumeInput(document: string): HandlerInput<'resume.plan'> {
  return {
    ref: refTo(document),
    from: null,
    fork: false,
    inputs: null,
    decisions: {},
    definition: 'recorded',
    stopAfter: null,
    asOf: null,
  }
}

function refTo(document: string): Ref {
  return { workspace: 'bench', format: 'unstuck', document, item: null }
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
