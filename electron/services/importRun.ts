// Makes a run of Unstuck of another engine's state; the document stays, and a copy of it is kept as evidence.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { ImportPlan } from '../../shared/contract/documentImport.ts'
import type { FormatImport } from '../../shared/core/formats/format.ts'
import { AppError } from '../../shared/errors.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { decodeUtf8 } from './decodeUtf8.ts'
import { openFormat } from './documentPlan.ts'
import { importReasonOf } from './exportRun.ts'
import { logged } from './logged.ts'
import { headAfter } from './migrateDocument.ts'
import { readStoredRun } from './openStoredRun.ts'
import { planned, requireApproved, type Planned } from './planned.ts'
import type { FormatState } from './readFormat.ts'
import { nativeRef } from './refs.ts'
import { newRunId } from './startRunRecords.ts'

type MadeImport = { readonly shown: Planned<ImportPlan>; readonly run: Run | null }

export async function planImport(
  context: ServiceContext,
  input: HandlerInput<'document.import.plan'>,
): Promise<CallOutput<'document.import.plan'>> {
  return (await makeImport(context, input)).shown
}

/** [F212] */
export async function applyImport(
  context: ServiceContext,
  input: HandlerInput<'document.import.apply'>,
): Promise<CallOutput<'document.import.apply'>> {
  const { document, item } = input.ref
  const { shown, run } = await makeImport(context, input)
  requireApproved(shown, input, document)
  if (run === null) {
    const problems = [...shown.plan.problems]
    const message = `${document} is not imported: ${problems.join(' ')}`
    throw new AppError('invalid-input', message, { document, problems })
  }
  const file = { before: document, after: context.store.layout.head(run.id) }
  await logged(context, { call: 'document.import', item: document, run: run.id, file }, () =>
    writeRun(context, run, { document, item }),
  )
  context.emit('runs.changed', { runs: null })
  const { reading } = await readStoredRun(context, run.id)
  const isSound = reading.findings.every(({ severity }) => severity !== 'error')
  return { ref: nativeRef(context, run.id), observed: reading.run !== null && isSound }
}

async function makeImport(
  context: ServiceContext,
  input: HandlerInput<'document.import.plan'>,
): Promise<MadeImport> {
  const asOf = input.asOf ?? context.now()
  const { state } = await openFormat(context, input.ref)
  const workflow = state.reading.run?.workflow.name ?? null
  const id = input.run ?? newRunId(context, workflow ?? state.format.name, asOf)
  const definition = await definitionOf(context, state, input.definition)
  const made = state.format.toRun(
    state.set,
    { definition, commands: input.commands, id },
    { sha256: context.sha256, now: asOf },
  )
  const run = made.kind === 'ok' ? noted(made.run, state) : null
  const plan = planOf(made, { state, id, run })
  const rev = `${state.rev} ${context.sha256(definition ?? '')}`
  return { shown: planned(context, plan, { rev, asOf }), run }
}

function planOf(
  made: FormatImport,
  {
    state,
    id,
    run,
  }: { readonly state: FormatState; readonly id: string; readonly run: Run | null },
): ImportPlan {
  return {
    document: state.set.document,
    engine: state.format.name,
    ready: run !== null,
    run: id,
    workflow: run?.workflow.name ?? null,
    steps: Object.entries(run?.steps ?? {}).map(([step, { status }]) => ({ id: step, status })),
    notes: made.kind === 'ok' ? [...made.notes] : [],
    problems: made.kind === 'ok' ? [] : [...made.problems],
  }
}

/** [F285] The run says what it was made of; where nothing was noted, the note does too. */
function noted(run: Run, { format, set, revs }: FormatState): Run {
  const note = run.annotations.note ?? `Imported from ${format.name}: ${set.document}`
  const origin = {
    format: format.id,
    document: set.document,
    item: set.item,
    digest: revs.get(set.document) ?? '',
  }
  return { ...run, origin, annotations: { ...run.annotations, note } }
}

/** The file that was named, or the one that the format found to belong to the document. */
async function definitionOf(
  { store }: ServiceContext,
  { set }: FormatState,
  named: string | null,
): Promise<string | null> {
  if (named === null) return [...set.texts].find(([path]) => /\.ya?ml$/i.test(path))?.[1] ?? null
  const { bytes } = await store.readDocument(named)
  const decoded = decodeUtf8(bytes)
  if ('text' in decoded) return decoded.text
  throw new AppError('invalid-input', `${named} is no definition: ${decoded.problem}`)
}

/** The run is never left without the copy that proves where it is from. */
async function writeRun(
  context: ServiceContext,
  run: Run,
  { document, item }: { readonly document: string; readonly item: string | null },
): Promise<void> {
  const { store } = context
  const { id, createdAt } = run
  const writer = await store.create(id, { purpose: 'import', controlSocket: null, createdAt })
  try {
    const records = await writer.append([{ type: 'keyframe', run }], { durable: true })
    await writer.replaceHead(headAfter(context, run, { records, writer }))
    try {
      await store.copyToBackup(document, { run: id, reason: importReasonOf(item) })
    } catch (error) {
      const keepDays = context.settings.value.cleanup.trashDays
      const reason = 'its document could not be copied'
      await writer.trash({ reason, workflow: run.workflow.name, keepDays })
      throw error
    }
  } finally {
    await writer.release()
  }
}
