// The resume of many runs: which, what would be done, and the batch that does it.
import type { CallInput, CallOutput, Client } from '../../shared/contract/contract.ts'
import { RunView } from '../../shared/contract/runs.ts'
import type { BatchDecision } from '../../shared/core/batch/resumeBatchPlan.ts'
import { AppError } from '../../shared/errors.ts'
import { StepId } from '../../shared/schema/ids.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { decisionsOf, requireOutputs } from './decisionsOf.ts'
import { describeBatchPlan } from './describe/batch.ts'
import { exits } from './exitCodes.ts'
import { followBatch } from './followBatch.ts'
import { readQuery } from './listQuery.ts'
import { sayProgress } from './sayProgress.ts'
import { wholeNumber } from './values.ts'

export const manyOptions = {
  select: {
    type: 'string',
    value: 'QUERY',
    help: 'every run that matches, as in the filter bar: a plan, and with --apply a batch',
  },
  view: {
    type: 'string',
    value: 'VIEW',
    help: `with --select: only of this view, one of ${RunView.options.join(', ')}`,
  },
  except: { type: 'string', multiple: true, value: 'RUN', help: 'of many: leave this one out' },
  group: {
    type: 'string',
    value: 'ERROR',
    help: 'every run that failed like this (unstuck list --group-by error)',
  },
  apply: { type: 'boolean', help: 'with --select or --group: start the batch' },
  digest: {
    type: 'string',
    value: 'DIGEST',
    help: 'with --apply: only if the plan is still this one',
  },
  canary: { type: 'string', value: 'N', help: 'so many first, then it waits for you (1)' },
  parallel: { type: 'string', value: 'N', help: 'so many at the same time (4)' },
  guard: {
    type: 'string',
    value: 'K/N',
    help: 'pause when K of the last N runs fail for one reason (3/10); off: never',
  },
  reason: { type: 'string', value: 'TEXT', help: 'why, for the operations log' },
} as const satisfies OptionTable

const ownOptions = {
  ...manyOptions,
  plan: { type: 'boolean', help: '' },
  decide: { type: 'string', multiple: true, help: '' },
  output: { type: 'string', multiple: true, help: '' },
  'current-definition': { type: 'boolean', help: '' },
  'stop-after': { type: 'string', help: '' },
} as const satisfies OptionTable
type Context = CommandContext<typeof ownOptions>
type Values = Context['options']
type Which = CallInput<'resume.batch.plan'>
type Planned = CallOutput<'resume.batch.plan'>

export function isMany(
  { select, group }: Pick<Values, 'select' | 'group'>,
  runs: readonly string[],
): boolean {
  const isAsked = select !== undefined || group !== undefined
  if (isAsked && runs.length > 0)
    throw new AppError('invalid-input', 'Say which RUN, or --select or --group, not both.')
  if (!isAsked && runs.length === 0)
    throw new AppError('invalid-input', 'Say which RUN, or --select QUERY, or --group ERROR.')
  return isAsked || runs.length > 1
}

export async function resumeMany(context: Context): Promise<Outcome> {
  const { apply, plan: isPlan, digest, reason = null } = context.options
  if (apply && isPlan) throw new AppError('invalid-input', 'Say --plan or --apply, not both.')
  const client = await context.client()
  const input = await decided(context, client, await whichOf(context))
  const planned = await planOf(context, client, input)
  if (!apply) return outcomeOfPlan(context, planned)
  if (digest !== undefined && planned.digest !== digest)
    throw new AppError('stale', 'Runs changed since that plan. Nothing was done; plan again.', {
      digest: planned.digest,
    })
  if (!planned.plan.ready) {
    const lines = describeBatchPlan(planned, context.paint)
    throw new AppError(
      'invalid-input',
      ['None of these runs can be resumed.', ...lines].join('\n  '),
    )
  }
  const { rev, digest: approved, asOf } = planned
  const pace = paceOf(context.options)
  const title = titleOf(context)
  const begun = await client.call(
    'resume.batch.start',
    { ...input, ...pace, rev, digest: approved, asOf, title, reason },
    { signal: context.signal },
  )
  context.say(`Batch ${begun.batch}: ${begun.total} runs`)
  const followed = await followBatch(context, begun.batch)
  return { ...followed, output: { ...begun, shown: followed.output } }
}

async function whichOf(context: Context): Promise<Which> {
  const { select, group, except, view: inView } = context.options
  const { 'current-definition': isCurrent, 'stop-after': stopAfter } = context.options
  const documents = context.positionals
  const asked = { status: [], workflow: [], where: [], text: undefined }
  const query = { ...asked, view: inView, query: select, 'group-by': undefined }
  const { view, text, filter } = await readQuery(query, context)
  const alike =
    group === undefined
      ? []
      : [{ kind: 'words', field: 'error', values: [group], isNot: false } as const]
  return {
    view,
    text,
    filter: [...filter, ...alike.map((one) => ({ ...one, values: [...one.values] }))],
    documents: documents.length === 0 ? null : [...documents],
    except: [...except],
    definition: isCurrent ? 'current' : 'recorded',
    stopAfter: stopAfter ?? null,
  }
}

/** A decision about a step is for every workflow that asks about it, unless it says `WORKFLOW/STEP`. */
async function decided(context: Context, client: Client, input: Which): Promise<Which> {
  const said = Object.entries(decisionsOf(context.options))
  if (said.length === 0) return input
  const { plan } = await planOf(context, client, input)
  const decisions: BatchDecision[] = []
  for (const [name, decision] of said) {
    const fits = plan.questions.filter(
      ({ workflow, step }) => name === step || name === `${workflow}/${step}`,
    )
    if (fits.length === 0) {
      const message = `None of these runs asks about ${name}. --plan shows what they ask.`
      throw new AppError('invalid-input', message)
    }
    requireOutputs(
      fits.map(({ reads }) => ({ step: name, reads, decision })),
      context.options.output,
    )
    for (const { workflow, step } of fits)
      decisions.push({ workflow, step: StepId.parse(step), decision })
  }
  return { ...input, decisions }
}

function planOf(context: Context, client: Client, input: Which): Promise<Planned> {
  const { signal } = context
  return client.call('resume.batch.plan', input, { signal, onProgress: sayNow(context) })
}

/** Thousands of lines would hide the plan. */
function sayNow(context: Context): ReturnType<typeof sayProgress> {
  const say = sayProgress(context)
  return (progress) => {
    if (progress.done % 500 === 0) say(progress)
  }
}

function outcomeOfPlan(context: Context, planned: Planned): Outcome {
  return {
    output: planned,
    lines: describeBatchPlan(planned, context.paint),
    exit: planned.plan.ready ? exits.done : exits.notReady,
  }
}

function paceOf({ canary, parallel, guard }: Values) {
  const [first, ofLast] = (guard ?? '3/10').split('/')
  return {
    canary: wholeNumber(canary, 'canary') ?? 1,
    parallel: wholeNumber(parallel, 'parallel') ?? 4,
    guard:
      guard === 'off'
        ? null
        : {
            failures: wholeNumber(first, 'guard') ?? 3,
            of: wholeNumber(ofLast, 'guard') ?? 10,
          },
  }
}

function titleOf({ options: { select, group, view }, positionals }: Context): string {
  if (positionals.length > 0) return `${positionals.length} chosen runs`
  const alike = group === undefined ? [] : [`failed like: ${group}`]
  return [view, select, ...alike]
    .filter((part) => part !== undefined)
    .join(' · ')
    .slice(0, 500)
}
