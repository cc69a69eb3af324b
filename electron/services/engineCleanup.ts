// What goes by the rules of other engines: planned over all files of their folders, moved to the trash.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { EngineCleanupPlan } from '../../shared/contract/documents.ts'
import type { OutcomeRow } from '../../shared/contract/call.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { FileFacts, Format } from '../../shared/core/formats/format.ts'
import { toAppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { listForeign } from './listForeign.ts'
import { logged } from './logged.ts'
import { planned, requireApproved, type Planned } from './planned.ts'
import { createFolderMemory } from './folderMemory.ts'
import { listFolders, readTexts } from './readFormat.ts'

type Input = HandlerInput<'document.cleanup.plan'>

export async function planEngineCleanup(
  context: ServiceContext,
  input: Input,
): Promise<CallOutput<'document.cleanup.plan'>> {
  return makePlan(context, input)
}

/** [E184] One entry in the trash for each file, so that each is put back alone. */
export async function applyEngineCleanup(
  context: ServiceContext,
  input: HandlerInput<'document.cleanup.apply'>,
  { signal, progress }: HandlerOptions<'document.cleanup.apply'>,
): Promise<CallOutput<'document.cleanup.apply'>> {
  const shown = await makePlan(context, input)
  requireApproved(shown, input, 'The state of other engines')
  const victims = shown.plan.rows.filter(({ goes }) => goes)
  const rows: OutcomeRow[] = []
  for (const victim of victims) {
    throwIfCancelled(signal, 'Cleaning up')
    progress({ done: rows.length, total: victims.length, item: victim.path })
    rows.push(await trashOne(context, victim))
  }
  context.emit('runs.changed', { runs: null })
  return { rows }
}

async function makePlan(
  context: ServiceContext,
  input: Input,
): Promise<Planned<EngineCleanupPlan>> {
  const asOf = input.asOf ?? context.now()
  const found = await listForeign(context)
  const rows: EngineCleanupPlan['rows'] = []
  const seen: unknown[] = []
  for (const { format, documents } of found) {
    const files = await filesOf(context, format, documents)
    const { texts } = await readTexts(context.store, files, limits)
    seen.push(files)
    const asked = { sha256: context.sha256, now: asOf }
    const verdicts = format.cleanup?.(files, texts, input, asked) ?? []
    const sizes = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes]))
    for (const { path, goes, reason } of verdicts)
      rows.push({ engine: format.name, path, goes, reason, sizeBytes: sizes.get(path) ?? 0 })
  }
  const plan = { ready: rows.some(({ goes }) => goes), rows }
  return planned(context, plan, { rev: `sha256:${context.sha256(JSON.stringify(seen))}`, asOf })
}

const limits = { fileBytes: 4 * 1024 * 1024, totalBytes: 64 * 1024 * 1024 }

function filesOf(
  { store }: ServiceContext,
  format: Format,
  documents: readonly string[],
): Promise<readonly FileFacts[]> {
  const folders = documents.flatMap((document) => format.folders(document))
  return listFolders(createFolderMemory(store), folders)
}

async function trashOne(
  context: ServiceContext,
  { path, engine, reason }: EngineCleanupPlan['rows'][number],
): Promise<OutcomeRow> {
  const { store, settings } = context
  try {
    const why = `${engine}: ${reason}`
    const entry = await logged(
      context,
      { call: 'document.cleanup', item: path, reason: why, file: { before: path, after: path } },
      () =>
        store.trashDocument(path, {
          reason: why,
          keepDays: settings.value.cleanup.trashDays,
        }),
      ({ id }) => ({ undo: { call: 'cleanup.restore', item: path, target: id } }),
    )
    return { item: path, outcome: 'done', cause: null, result: entry.id }
  } catch (error) {
    return { item: path, outcome: 'failed', cause: toAppError(error).message, result: null }
  }
}
