import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { LoggedChange } from '../../shared/schema/operation.ts'
import { notRepaired, stateRepairs } from '../../shared/core/repair/state/stateRepairs.ts'
import { shownFindings } from '../../shared/core/repair/shownFindings.ts'
import { checkItem } from './checkRun.ts'
import type { ServiceContext } from './context.ts'
import { keepEvidence } from './keepEvidence.ts'
import { logged, type LoggedEnd } from './logged.ts'
import { makeRepairPlan } from './makeRepairPlan.ts'
import { requireApproved } from './planned.ts'
import { nativeRef, runIdOf } from './refs.ts'
import { requireBetter } from './requireBetter.ts'
import { requireUntouched } from './requireUntouched.ts'
import { writeRepair } from './writeRepair.ts'

export async function planRepairOf(
  context: ServiceContext,
  input: HandlerInput<'repair.plan'>,
): Promise<CallOutput<'repair.plan'>> {
  return (await makeRepairPlan(context, input)).shown
}

/** Backs up, cuts what is damaged, writes the good state behind it, and reads it back. */
export async function applyRepair(
  context: ServiceContext,
  input: HandlerInput<'repair.apply'>,
): Promise<CallOutput<'repair.apply'>> {
  const item = `Run ${runIdOf(context, input.ref)}`
  return repairOne(context, {
    input,
    call: 'repair.apply',
    approve: (shown) => requireApproved(shown, input, item),
  })
}

export type OneRepair = {
  readonly input: HandlerInput<'repair.plan'>
  readonly call: 'repair.apply' | 'repair.batch.apply'
  /** Digest of the plan of many that it is done with. */
  readonly batch?: string
  /** Throws `stale` unless this is what was approved. */
  readonly approve: (shown: CallOutput<'repair.plan'>) => void
}

/** The repair of one run under its lock, by itself or as one of many. */
export async function repairOne(
  context: ServiceContext,
  { input, call, batch, approve }: OneRepair,
): Promise<CallOutput<'repair.apply'>> {
  const id = runIdOf(context, input.ref)
  const work = async () => {
    const writer = await context.store.open(id, { purpose: 'repair', controlSocket: null })
    try {
      const { shown, outcome } = await makeRepairPlan(context, input)
      approve(shown)
      if (outcome === null || !shown.plan.ready)
        throw new AppError(
          'invalid-input',
          `Run ${id} is not repaired: ${shown.plan.problems.join(' ') || 'there is nothing to do.'}`,
          { run: id },
        )
      const saved = await writer.backup('before repair')
      const evidence = await keepEvidence(context, writer, { backup: saved, plan: shown })
      const before = await checkItem(context, nativeRef(context, id), { around: false })
      await writeRepair(context, writer, { outcome, backup: saved, plan: shown.plan })
      await requireBetter(context, writer, { before: before.findings, backup: saved })
      return { saved, evidence }
    } finally {
      await writer.release()
    }
  }
  const { saved: backup, evidence } = await logged(context, { call, item: id }, work, (made) =>
    endOf(id, made, batch),
  )
  context.emit('runs.changed', { runs: [id] })
  const checked = await checkItem(context, nativeRef(context, id), { around: false })
  const findings = shownFindings(checked.findings)
  return {
    findings,
    backup: backup.id,
    evidence,
    observed: checked.findings.every(
      ({ rule, severity }) => severity !== 'error' || isOfState(rule),
    ),
  }
}

/** Contradictions that a person left, or that have no repair: the files themselves were read back. */
function isOfState(rule: string): boolean {
  return rule in stateRepairs || rule in notRepaired
}

type Done = { readonly evidence: string; readonly saved: { readonly id: string } }

/** [R94] The log tells which repairs were done together, and by which backup each is undone. */
function endOf(run: RunId, { evidence, saved }: Done, batch: string | undefined): LoggedEnd {
  const together = batch === undefined ? [] : [told('/backup', saved.id), told('/batch', batch)]
  return { changes: [told('/evidence', evidence), ...together], undo: undoOf(run, saved.id) }
}

function told(path: string, after: string): LoggedChange {
  return { path, before: null, after }
}

function undoOf(run: RunId, backup: string) {
  return { call: 'repair.undo', item: run, target: backup } as const
}

/** Puts a backup's files back, exactly; what they replace goes to a backup in turn. Refused once the run went on. */
export async function undoRepair(
  context: ServiceContext,
  input: HandlerInput<'repair.undo'>,
): Promise<CallOutput<'repair.undo'>> {
  const id = runIdOf(context, input.ref)
  const work = async () => {
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
  }
  const backup = await logged(context, { call: 'repair.undo', item: id }, work, (saved) => ({
    undo: undoOf(id, saved.id),
  }))
  context.emit('runs.changed', { runs: [id] })
  return { backup: backup.id, observed: await isRestored(context, id, input.backup) }
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
