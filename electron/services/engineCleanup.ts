// What goes by the rules of other engines: planned over all files of their folders, moved to the trash.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { EngineCleanupPlan } from '../../shared/contract/engineCleanup.ts'
import type { FileFacts, Format } from '../../shared/core/formats/format.ts'
import { batch, type BatchRow } from './batch.ts'
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
  return (await makePlan(context, input)).shown
}

/** [E184] One entry in the trash for each file, so that each is put back alone. */
export async function applyEngineCleanup(
  context: ServiceContext,
  input: HandlerInput<'document.cleanup.apply'>,
  options: HandlerOptions<'document.cleanup.apply'>,
): Promise<CallOutput<'document.cleanup.apply'>> {
  const { shown, victims } = await makePlan(context, input)
  requireApproved(shown, input, 'The state of other engines')
  let freedBytes = 0
  const work = victims.map((victim): BatchRow => ({
    item: victim.path,
    work: async () => {
      const entry = await trashOne(context, victim)
      freedBytes += victim.sizeBytes
      return entry
    },
  }))
  const rows = await batch(context, { call: 'document.cleanup.apply', rows: work }, options)
  context.emit('runs.changed', { runs: null })
  return { rows: [...rows], freedBytes }
}

type CleanupRow = EngineCleanupPlan['rows'][number]
type MadePlan = {
  readonly shown: Planned<EngineCleanupPlan>
  /** All that go, also those of which no row is told. */
  readonly victims: readonly CleanupRow[]
}

async function makePlan(context: ServiceContext, input: Input): Promise<MadePlan> {
  const asOf = input.asOf ?? context.now()
  const found = await listForeign(context)
  const rows: CleanupRow[] = []
  const seen: unknown[] = []
  for (const { format, documents } of found) {
    if (format.cleanup === undefined) continue
    const files = await filesOf(context, format, documents)
    const { texts } = await readTexts(context.store, files, limits)
    seen.push(files)
    const asked = { sha256: context.sha256, now: asOf }
    const verdicts = format.cleanup(files, texts, input, asked)
    const sizes = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes]))
    for (const { path, goes, reason } of verdicts)
      rows.push({ engine: format.name, path, goes, reason, sizeBytes: sizes.get(path) ?? 0 })
  }
  const victims = rows.filter(({ goes }) => goes)
  const staying = rows.filter(({ goes }) => !goes)
  const plan: EngineCleanupPlan = {
    ready: victims.length > 0,
    engines: found.map(({ format }) => saidOf(format)),
    total: {
      files: victims.length,
      sizeBytes: victims.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      staying: staying.length,
    },
    rows: [...victims, ...staying].slice(0, mostRows),
  }
  const rev = `sha256:${context.sha256(JSON.stringify(seen))}`
  return { shown: planned(context, plan, { rev, asOf }), victims }
}

/** A message holds no more; what goes is the same whether it is shown or not, and the plan's revision is of all files. */
const mostRows = 2000

function saidOf({ name, cleanupRules }: Format): EngineCleanupPlan['engines'][number] {
  const { rules = [], dangers = [] } = cleanupRules ?? {}
  return { engine: name, rules: [...rules], dangers: [...dangers] }
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
  { path, engine, reason }: CleanupRow,
): Promise<string> {
  const { store, settings } = context
  const why = `${engine}: ${reason}`
  const entry = await logged(
    context,
    { call: 'document.cleanup', item: path, reason: why, file: { before: path, after: path } },
    () => store.trashDocument(path, { reason: why, keepDays: settings.value.cleanup.trashDays }),
    ({ id }) => ({ undo: { call: 'cleanup.restore', item: path, target: id } }),
  )
  return entry.id
}
