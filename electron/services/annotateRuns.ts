import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { annotate, type AnnotationChange } from '../../shared/schema/annotationChange.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { LoggedChange } from '../../shared/schema/operation.ts'
import type { Annotations } from '../../shared/schema/run.ts'
import { batch, type Unneeded } from './batch.ts'
import { changeRun } from './changeRun.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun, requireRun } from './openStoredRun.ts'

/** [E202] Pins, notes, colours and tags: recorded in each run, whoever carries it, and read back. */
export async function annotateRuns(
  context: ServiceContext,
  { runs, change }: HandlerInput<'run.annotate'>,
  options: HandlerOptions<'run.annotate'>,
): Promise<CallOutput<'run.annotate'>> {
  const rows = [...new Set(runs)].map((run) => ({
    item: run,
    work: () => annotateOne(context, run, change),
  }))
  const done = await batch(context, { call: 'run.annotate', rows }, options)
  context.emit('runs.changed', { runs })
  return { rows: [...done] }
}

async function annotateOne(
  context: ServiceContext,
  run: RunId,
  change: AnnotationChange,
): Promise<string | Unneeded> {
  const { annotations: before } = requireRun(await readStoredRun(context, run))
  const after = annotate(before, change)
  if (after === null) return { result: run, because: 'It was so before.' }
  const by = context.user
  await logged(
    context,
    { call: 'run.annotate', item: run },
    () =>
      changeRun<void>(context, {
        run,
        here: (live) => live.annotate(change, by),
        command: { run, by, reason: null, command: 'annotate', change },
        taken: () => undefined,
        // Somebody else may have said something of it since it was looked at.
        records: (draft) => {
          const { annotations } = draft.facts()
          return [
            { type: 'annotated', annotations: annotate(annotations, change) ?? annotations, by },
          ]
        },
        recorded: () => undefined,
      }),
    () => ({
      changes: changesOf(before, after),
      undo: { call: 'run.annotate', item: run, target: JSON.stringify(inverse(before, change)) },
    }),
  )
  const { annotations: now } = requireRun(await readStoredRun(context, run))
  if (annotate(now, change) === null) return run
  const message = `Run ${run} was to be annotated, and does not show it yet. Look at it again.`
  throw new AppError('io', message, { run })
}

function changesOf(before: Annotations, after: Annotations): readonly LoggedChange[] {
  return fields
    .map((field) => ({
      path: `/annotations/${field}`,
      before: JSON.stringify(before[field]),
      after: JSON.stringify(after[field]),
    }))
    .filter((one) => one.before !== one.after)
}

/** What was there, of what is changed. */
function inverse(before: Annotations, change: AnnotationChange): Partial<Annotations> {
  return Object.fromEntries(
    fields.filter((field) => change[field] !== undefined).map((field) => [field, before[field]]),
  )
}

const fields = ['pinned', 'note', 'colour', 'tags'] as const
