import type { CallInput } from '../../../shared/contract/contract.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import { AppError } from '../../../shared/errors.ts'
import { changeDocument, undoDocument } from '../changeDocument.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeFindings } from '../describe/findings.ts'
import { describeRepair } from '../describe/repair.ts'
import { exits } from '../exitCodes.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { findAny, findRef } from '../references.ts'
import { flawedRuns, repairMany, undoMany } from '../repairMany.ts'
import { section } from '../text/table.ts'

const options = {
  ...planOrApply,
  source: {
    type: 'string',
    value: 'SOURCE',
    help: 'take the good state from this source of the plan',
  },
  reject: { type: 'string', multiple: true, value: 'FIX', help: 'leave out this fix of the plan' },
  accept: { type: 'string', multiple: true, value: 'FIX', help: 'of a FILE: do this guess too' },
  all: { type: 'boolean', help: 'every run with findings, a row each' },
  digest: {
    type: 'string',
    value: 'DIGEST',
    help: 'with --all --apply: only if the plan is still this one',
  },
  undo: {
    type: 'string',
    value: 'BACKUP',
    help: 'put back what a repair replaced; with --all the digest of a repair of many',
  },
} as const

type Context = CommandContext<typeof options>

export const repairCommand = defineCommand({
  name: 'repair',
  usage: 'RUN… | FILE | --all',
  summary: 'Plan how damaged state is repaired, and with --apply do it. A backup is made first.',
  positionals: { min: 0, max: 10_000 },
  options,
  examples: [
    'unstuck repair latest',
    'unstuck repair latest --apply',
    'unstuck repair latest --source journal-start --reject R10@cp-5 --apply',
    'unstuck repair --all --plan',
    'unstuck repair --all --apply',
    'unstuck repair latest --undo BACKUP',
    'unstuck repair states/broken.json --reject cut@120 --apply',
  ],
  run: async (context) => {
    const [text = ''] = context.positionals
    const { source = null, reject: rejected, undo, all, digest = null } = context.options
    const apply = wantsApply(context.options)
    if (all || context.positionals.length > 1) {
      requireMany(context)
      if (undo !== undefined) return undoMany(context, undo)
      const runs = all ? await flawedRuns(context) : await namedRuns(context)
      return repairMany(context, runs, { apply, digest })
    }
    if (text === '') throw new AppError('invalid-input', 'Say which RUN, or --all.')
    const ref = await findAny({ ...context, client: await context.client() }, text)
    if (ref.format !== 'unstuck') return repairDocument(context, ref, apply)
    if (undo !== undefined) return undoRepair(context, ref, undo)
    const input = { ref, source, rejected: [...rejected] }
    return apply ? applyRepair(context, input) : planRepair(context, input)
  },
})

async function repairDocument(context: Context, ref: Ref, apply: boolean): Promise<Outcome> {
  const { source: repair = null, undo, accept, reject } = context.options
  if (undo !== undefined) return undoDocument(context, ref, undo)
  const reason = apply ? 'repair' : null
  return changeDocument(context, ref, {
    action: { kind: 'repair', repair, accepted: [...accept], rejected: [...reject] },
    reason,
  })
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

/** What is chosen of a source or a fix is chosen of one run. */
function requireMany({ positionals, options: { source, reject, undo, all } }: Context): void {
  if (all && positionals.length > 0)
    throw new AppError('invalid-input', 'Say which RUNs, or --all, not both.')
  if (source !== undefined || reject.length > 0)
    throw new AppError('invalid-input', '--source and --reject are about one RUN. Say which.')
  if (undo !== undefined && !all)
    throw new AppError('invalid-input', '--undo is about one RUN, or with --all about a digest.')
}

async function namedRuns(context: Context): Promise<readonly string[]> {
  const client = await context.client()
  const refs: Ref[] = []
  for (const text of context.positionals) refs.push(await findRef({ ...context, client }, text))
  const foreign = refs.find(({ format }) => format !== 'unstuck')
  if (foreign === undefined) return refs.map(({ document }) => document)
  const message = `${foreign.document} is no run of Unstuck’s own format. Repair it by itself.`
  throw new AppError('invalid-input', message)
}

function notReady({ document }: Ref, problems: readonly string[]): AppError {
  const reasons = problems.length === 0 ? ['Nothing was found that could be repaired.'] : problems
  const message = [`Run ${document} cannot be repaired like this.`, ...reasons].join('\n  ')
  return new AppError('invalid-input', message, { run: document, problems })
}
