import { dirname } from 'node:path'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import type { ServiceContext } from './context.ts'
import { loadDefinition } from './loadDefinition.ts'
import { logged } from './logged.ts'
import { nativeRef } from './refs.ts'
import { requireExecution } from './startRunGuards.ts'
import { startRunInputs } from './startRunInputs.ts'
import { launchRun, newRunId, placeOf } from './startRunRecords.ts'

/** Starts a workflow. Returns when its first records are on disk; the run goes on in this process. */
export async function startRun(
  context: ServiceContext,
  input: HandlerInput<'run.start'>,
): Promise<CallOutput<'run.start'>> {
  await requireExecution(context)
  const { definition, digest, source } = await loadDefinition(context, input.definition)
  const inputs = startRunInputs(definition, input.inputs)

  const at = context.now()
  const id = newRunId(context, definition.name, at)
  const place = placeOf(context, definition, dirname(source))
  const run = createRun({ id, definition, source, digest, inputs, at, place, lineage: null })

  const kept = context.settings.value.persistence.enabled
  // [E210] What a run is carried under holds for the next process too.
  if (kept) await context.keepSettings?.()
  await logged(context, { call: 'run.start', item: id }, () => launchRun(context, run))
  context.emit('runs.changed', { runs: [id] })
  return { ref: nativeRef(context, id), ...(kept ? {} : { kept }) }
}
