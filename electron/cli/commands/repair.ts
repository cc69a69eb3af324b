import type { CallInput } from '../../../shared/contract/contract.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import { AppError } from '../../../shared/errors.ts'
import { changeDocument, isForeign, undoDocument } from '../changeDocument.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeFindings } from '../describe/findings.ts'
import { describeRepair } from '../describe/repair.ts'
import { exits } from '../exitCodes.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { planAllRepairs } from '../planAllRepairs.ts'
import { findRef } from '../references.ts'
import { section } from '../text/table.ts'

const options = {
  ...planOrApply,
  source: {
    type: 'string',
    value: 'SOURCE',
    help: 'take the good state from this source of the plan',
  },
  reject: { type: 'string', multiple: true, value: 'FIX', help: 'leave out this fix of the plan' },
  all: { type: 'boolean', help: 'plan the repair of every run with findings, a row each' },
  undo: { type: 'string', value: 'BACKUP', help: 'put back what a repair replaced' },
} as const

type Context = CommandContext<typeof options>

export const repairCommand = defineCommand({
  name: 'repair',
  usage: '[RUN]',
  summary: 'Plan how damaged state is repaired, and with --apply do it. A backup is made first.',
  positionals: { min: 0, max: 1 },
  options,
  examples: [
    'unstuck repair latest',
    'unstuck repair latest --apply',
    'unstuck repair latest --source journal-start --reject R10@cp-5 --apply',
    'unstuck repair --all --plan',
    'unstuck repair latest --undo BACKUP',
  ],
  run: async (context) => {
    const [text = ''] = context.positionals
    const { source = null, reject: rejected, undo } = context.options
    const apply = wantsApply(context.options)
    if (context.options.all) {
      requireAlone(context, apply)
      return planAllRepairs(context)
    }
    if (text === '') throw new AppError('invalid-input', 'Say which RUN, or --all --plan.')
    const ref = await findRef({ ...context, client: await context.client() }, text)
    if (isForeign(ref)) return repairDocument(context, ref, apply)
    if (undo !== undefined) return undoRepair(context, ref, undo)
    const input = { ref, source, rejected: [...rejected] }
    return apply ? applyRepair(context, input) : planRepair(context, input)
  },
})

async function repairDocument(context: Context, ref: Ref, apply: boolean): Promise<Outcome> {
  const { source: repair = null, undo } = context.options
  if (undo !== undefined) return undoDocument(context, ref, undo)
  const reason = apply ? 'repair' : null
  return changeDocument(context, ref, { action: { kind: 'repair', repair }, reason })
}

async function planRepair(context: Context, input: CallInput<'repair.plan'>): Promise<Outcome> {
  const client = await context.client()
  const output = await client.call('repair.plan', input, context)
  const { plan } = output
  const hint = plan.ready ? ['', `Do it: unstuck repair ${input.ref.document} --apply`] : []
  const isHealthy = plan.findings.length === 0
  return {
    output,
    lines: [...describeRepair(plan, context.paint), ...(isHealthy ? [] : hint)],
    exit: plan.ready || isHealthy ? exits.done : exits.notReady,
  }
}

async function applyRepair(context: Context, input: CallInput<'repair.plan'>): Promise<Outcome> {
  const client = await context.client()
  const { plan, rev, digest, asOf } = await client.call('repair.plan', input, context)
  if (!plan.ready) throw notReady(input.ref, plan.problems)
  const output = await client.call('repair.apply', { ...input, rev, digest, asOf })
  const run = input.ref.document
  const isClean = output.findings.every(({ severity }) => severity !== 'error')
  return {
    output,
    lines: [
      output.observed ? `Repaired ${run}, and read back.` : `Requested: the repair of ${run}.`,
      `Evidence of the damage: ${output.evidence}`,
      `Backup: ${output.backup}. Undo: unstuck repair ${run} --undo ${output.backup}`,
      ...section('Findings that remain', describeFindings(output.findings, context.paint)),
    ],
    exit: isClean ? exits.done : exits.findings,
  }
}

async function undoRepair(context: Context, ref: Ref, backup: string): Promise<Outcome> {
  const client = await context.client()
  const output = await client.call('repair.undo', { ref, backup })
  const verb = output.observed ? 'Put back' : 'Requested: put back'
  return {
    output,
    lines: [`${verb} ${backup}. What it replaced is in backup ${output.backup}.`],
    exit: exits.done,
  }
}

/** [R83] Each repair is looked at by itself before it is done. */
function requireAlone(context: Context, apply: boolean): void {
  const { positionals } = context
  const { source, reject, undo } = context.options
  const isAlone = positionals.length === 0 && source === undefined && undo === undefined
  if (!apply && isAlone && reject.length === 0) return
  throw new AppError(
    'invalid-input',
    '--all only plans, and takes no RUN, --source, --reject or --undo. Apply the repair of each run by itself.',
  )
}

function notReady({ document }: Ref, problems: readonly string[]): AppError {
  const reasons = problems.length === 0 ? ['Nothing was found that could be repaired.'] : problems
  const message = [`Run ${document} cannot be repaired like this.`, ...reasons].join('\n  ')
  return new AppError('invalid-input', message, { run: document, problems })
}
