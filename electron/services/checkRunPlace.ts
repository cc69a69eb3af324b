import { resolve } from 'node:path'
import type { PlaceFacts } from '../../shared/core/integrity/checkPlace.ts'
import { compareRecorded } from '../../shared/core/resume/compareDefinitions.ts'
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { findUnrecorded } from './findUnrecorded.ts'
import { isDefinitionModule, loadDefinition, readDefinitionText } from './loadDefinition.ts'
import type { OpenedRun } from './openStoredRun.ts'

/** What lies around a run, as far as an integrity rule asks for it. Reads only. */
export async function gatherPlace(
  context: ServiceContext,
  opened: OpenedRun,
  { around }: { readonly around: boolean },
): Promise<PlaceFacts> {
  const { stored, run, holder, holderState, liveness } = opened
  const records = stored.journal?.records ?? []
  const [missingRuns, temporaries, isDefinitionOther] = await Promise.all([
    run === null ? new Set<string>() : findMissing(context, run),
    around ? temporariesOf(context, stored.id) : [],
    run === null ? false : isOtherDefinition(context, run),
  ])
  return {
    run,
    now: context.now(),
    lock:
      holder === null || holderState === null
        ? null
        : { holder, state: holderState, isReadable: holder.machineId !== '' },
    lastEpoch: records.at(-1)?.record.epoch ?? 0,
    temporaries,
    // A log is there before its record while a living host begins the step.
    unrecorded: liveness === 'alive' ? [] : findUnrecorded(context, opened),
    journalEnd: {
      offset: stored.journal?.sizeBytes ?? 0,
      line: (records.at(-1)?.line ?? 0) + 1,
    },
    missingRuns,
    isDefinitionOther,
  }
}

async function temporariesOf(
  { store }: ServiceContext,
  run: RunId,
): Promise<PlaceFacts['temporaries']> {
  const all = await store.temporaries()
  return all.filter((file) => file.run === run && file.owner === 'gone')
}

/** Of the runs that it names, those that are neither in the workspace nor in its archive. */
async function findMissing({ store }: ServiceContext, run: Run): Promise<ReadonlySet<string>> {
  const waited = Object.values(run.steps).flatMap((state) =>
    state?.waitingOn?.kind === 'run' ? [state.waitingOn.run] : [],
  )
  const named = new Set([...(run.lineage === null ? [] : [run.lineage.parent]), ...waited])
  const missing = new Set<string>()
  for (const name of named) {
    const id = RunId.safeParse(name)
    if (!id.success || (await store.entry(id.data)) === null) missing.add(name)
  }
  return missing
}

/** A source that differs is a diagnosis; one with the same digest must say the same. A module is not executed for it. */
async function isOtherDefinition(context: ServiceContext, { workflow }: Run): Promise<boolean> {
  const { digest, definition } = workflow
  if (workflow.source === null || digest === null || definition === null) return false
  const source = resolve(context.store.root, workflow.source)
  if (isDefinitionModule(source)) return false
  try {
    const now = await readDefinitionText(context, source)
    if (now.digest !== digest || now.text.length > comparedCharacters) return false
    return compareRecorded(definition, (await loadDefinition(context, source)).definition).changed
  } catch (error) {
    // Gone, or not to be used any more: then nothing can be told of it.
    if (error instanceof AppError && error.code !== 'bug') return false
    throw error
  }
}

const comparedCharacters = 256 * 1024
