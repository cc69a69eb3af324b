import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { planRepair, type RepairOutcome } from '../../shared/core/repair/planRepair.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { listedFacts } from '../../shared/core/diagnose/listedFacts.ts'
import { replay } from '../../shared/core/run/replay.ts'
import type { Backup, RunWriter } from '../store/store.ts'
import { shownFindings } from '../../shared/core/repair/shownFindings.ts'
import { checkItem } from './checkRun.ts'
import type { ServiceContext } from './context.ts'
import { decodeUtf8 } from './decodeUtf8.ts'
import { logged } from './logged.ts'
import { readStoredRun, requireKnownVersion } from './openStoredRun.ts'
import { planned, requireApproved, type Planned } from './planned.ts'
import { nativeRef, runIdOf } from './refs.ts'
import { requireUntouched } from './requireUntouched.ts'
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'

type RepairInput = HandlerInput<'repair.plan'>
type PlannedRepair = {
  readonly shown: CallOutput<'repair.plan'>
  readonly outcome: RepairOutcome | null
}

export async function planRepairOf(
  context: ServiceContext,
  input: RepairInput,
): Promise<CallOutput<'repair.plan'>> {
  return (await makePlan(context, input)).shown
}

/** Backs up, cuts what is damaged, writes the good state behind it, and reads it back. */
export async function applyRepair(
  context: ServiceContext,
  input: HandlerInput<'repair.apply'>,
): Promise<CallOutput<'repair.apply'>> {
  const id = runIdOf(context, input.ref)
  const backup = await logged(context, { call: 'repair.apply', item: id }, async () => {
    const writer = await context.store.open(id, { purpose: 'repair', controlSocket: null })
    try {
      const { shown, outcome } = await makePlan(context, input)
      requireApproved(shown, input, `Run ${id}`)
      if (outcome === null || !shown.plan.ready)
        throw new AppError(
          'invalid-input',
          `Run ${id} is not repaired: ${shown.plan.problems.join(' ') || 'there is nothing to do.'}`,
          { run: id },
        )
      const saved = await writer.backup('before repair')
      await write(context, writer, { outcome, backup: saved, sourceName: shown.plan.source ?? '' })
      return saved
    } finally {
      await writer.release()
    }
  })
  context.emit('runs.changed', { runs: [id] })
  const checked = await checkItem(context, nativeRef(context, id), { around: false })
  const findings = shownFindings(checked.findings)
  return {
    findings,
    backup: backup.id,
    observed: findings.every((finding) => finding.severity !== 'error'),
  }
}

/** Puts a backup's files back, exactly; what they replace goes to a backup in turn. Refused once the run went on. */
export async function undoRepair(
  context: ServiceContext,
  input: HandlerInput<'repair.undo'>,
): Promise<CallOutput<'repair.undo'>> {
  const id = runIdOf(context, input.ref)
  const backup = await logged(context, { call: 'repair.undo', item: id }, async () => {
    const known = await context.store.backups(id)
    const wanted = known.find((one) => one.id === input.backup)
    if (wanted === undefined)
      throw new AppError('not-found', `Run ${id} has no backup "${input.backup}".`, {
        run: id,
        backups: known.map((one) => one.id),
      })
    const writer = await context.store.open(id, { purpose: 'undo', controlSocket: null })
    try {
      await requireUntouched(context, id, wanted)
      const saved = await writer.backup('before undo')
      await writer.restoreBackup(input.backup)
      return saved
    } finally {
      await writer.release()
    }
  })
  context.emit('runs.changed', { runs: [id] })
  return { backup: backup.id, observed: await isRestored(context, id, input.backup) }
}

async function makePlan(context: ServiceContext, input: RepairInput): Promise<PlannedRepair> {
  const id = runIdOf(context, input.ref)
  const opened = await readStoredRun(context, id)
  requireKnownVersion(opened)
  const backups = await readBackups(context, id)
  const asOf = input.asOf ?? context.now()

  const { plan, outcome } = planRepair({
    document: id,
    reading: opened.reading,
    head: opened.head,
    journal: opened.stored.journal,
    backups,
    rejected: input.rejected,
    source: input.source,
    sha256: context.sha256,
  })
  const shown: Planned<typeof plan> = planned(context, plan, { rev: opened.stored.rev, asOf })
  return { shown, outcome }
}

/** The newest backups of a head that still decode: candidates for the good state. */
async function readBackups(
  context: ServiceContext,
  id: RunId,
): Promise<Parameters<typeof planRepair>[0]['backups']> {
  const head = context.store.layout.head(id)
  const recent = (await context.store.backups(id)).slice(0, backupsTried)
  const read = await Promise.all(
    recent.map(async ({ id: backup, at, files }) => {
      if (!files.includes(head)) return null
      const stored = await context.store.readBackup(id, backup, head)
      const decoded = decodeUtf8(stored.bytes)
      const reading = 'text' in decoded ? decodeHead(decoded.text, context.sha256) : null
      return { id: backup, at, run: reading?.kind === 'ok' ? reading.run : null }
    }),
  )
  return read.filter((one) => one !== null)
}

const backupsTried = 10

async function write(
  context: ServiceContext,
  writer: RunWriter,
  by: { readonly outcome: RepairOutcome; readonly backup: Backup; readonly sourceName: string },
): Promise<void> {
  const { outcome, backup } = by
  if (outcome.cutJournalTo !== null) {
    // Until the keyframe is down only the head holds what stood behind the cut: a repair that ends in between leaves a
    // finding, and not a run that reads well and knows less.
    await writer.replaceHead(encodeHead(outcome.run, context.sha256))
    await writer.cutJournal(outcome.cutJournalTo)
  }
  if (outcome.continueAfterSeq !== null) writer.continueAfter(outcome.continueAfterSeq)
  const records = await writer.append(
    [
      {
        type: 'repaired',
        source: by.sourceName,
        backup: backup.id,
        dropped: outcome.dropped,
        by: context.user,
        reason: null,
      },
      { type: 'keyframe', run: outcome.run },
    ],
    { durable: true },
  )
  const repaired = replay(records.map((record) => ({ kind: 'known', record })))
  if (repaired === null) return
  const listed = listedFacts(repaired, { journalBytes: writer.journalBytes(), records: [] })
  await writer.replaceHead(encodeHead(repaired, context.sha256, listed))
}

async function isRestored(context: ServiceContext, id: RunId, backup: string): Promise<boolean> {
  const known = (await context.store.backups(id)).find((one) => one.id === backup)
  if (known === undefined) return false
  for (const file of known.files) {
    const [now, then] = await Promise.all([
      context.store.readDocument(file),
      context.store.readBackup(id, backup, file),
    ])
    if (now.rev !== then.rev) return false
  }
  return true
}
