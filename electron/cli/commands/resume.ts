import { resolve } from 'node:path'
import type { CallInput, CallOutput, Client } from '../../../shared/contract/contract.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import { readSentences } from '../../../shared/core/resume/outputReaders.ts'
import { AppError } from '../../../shared/errors.ts'
import { isForeign, resumeDocument } from '../changeDocument.ts'
import { defineCommand, type CommandContext, type OptionValues, type Outcome } from '../command.ts'
import { describeResume } from '../describe/resume.ts'
import { exits } from '../exitCodes.ts'
import { followRun, outcomeOfRun } from '../followRun.ts'
import { editedInputs } from '../inputValues.ts'
import { findCheckpoint, findRun } from '../references.ts'
import { isMany, manyOptions, resumeMany } from '../resumeMany.ts'
import { decisions, decisionsOf, requireOutputs } from '../decisionsOf.ts'
import { saySettingsProblem } from '../saySettingsProblem.ts'
import { shellLine } from '../text/shellLine.ts'
import { startPlanned } from '../startPlanned.ts'
import { keyValue, keyValues } from '../values.ts'

const options = {
  ...manyOptions,
  plan: { type: 'boolean', help: 'only show what would be done' },
  yes: { type: 'boolean', short: 'y', help: 'do not ask before steps are run' },
  from: {
    type: 'string',
    value: 'CHECKPOINT',
    help: 'from this checkpoint; an earlier one makes a fork',
  },
  fork: { type: 'boolean', help: 'as a new run; this one stays as it is' },
  decide: {
    type: 'string',
    multiple: true,
    value: 'STEP=DECISION',
    help: `for a step in doubt: ${decisions.join(', ')}`,
  },
  output: {
    type: 'string',
    multiple: true,
    value: 'STEP=JSON',
    help: 'with --decide STEP=happened: what it returned (null where no later step reads it by name)',
  },
  input: {
    type: 'string',
    multiple: true,
    value: 'KEY=VALUE',
    help: 'edits an input of the run; the others stay',
  },
  variable: {
    type: 'string',
    multiple: true,
    value: 'KEY=VALUE',
    help: 'sets a variable of the run',
  },
  'remove-variable': {
    type: 'string',
    multiple: true,
    value: 'KEY',
    help: 'takes a variable of the run away',
  },
  'accept-loss': {
    type: 'boolean',
    help: 'behind a repair that could not save every step: you know what they did',
  },
  'stop-after': { type: 'string', value: 'STEP', help: 'pause when this step is done' },
  definition: {
    type: 'string',
    value: 'FILE',
    help: 'the definition that is in this file: for a run that carries none, or one that moved',
  },
  'current-definition': { type: 'boolean', help: 'the definition as it is now, not as recorded' },
  map: {
    type: 'string',
    multiple: true,
    value: 'OLD=NEW',
    help: 'with another definition: what it calls a step now',
  },
  'map-proposed': {
    type: 'boolean',
    help: 'with another definition: also map as the plan proposes',
  },
} as const

type Context = CommandContext<typeof options>
type Input = CallInput<'resume.plan'>
type Planned = CallOutput<'resume.plan'>

export const resumeCommand = defineCommand({
  name: 'resume',
  usage: 'RUN… | FILE | --select QUERY | --group ERROR',
  summary: 'Plan how a run goes on; then, when you agree, let it go on and wait until it rests.',
  details: [
    'Without --yes it asks when steps would run; without a terminal it then refuses.',
    'With --select or --group many runs are resumed as a batch, which is kept and goes on after a restart (unstuck batch).',
    'With --yes a plan that a step outran is made again, up to 3 times, if nothing else is run or asked.',
  ],
  positionals: { min: 0, max: 10_000 },
  options,
  examples: [
    'unstuck resume latest --plan',
    'unstuck resume latest --decide charge=happened --output charge=\'{"id":7}\' --yes',
    'unstuck resume deploy-2026 --from cp-2 --stop-after migrate --yes',
    'unstuck resume latest --current-definition --map charge=pay --variable retries=3 --yes',
    'unstuck resume etl-7 --definition etl.yaml --map-proposed --plan',
    'unstuck resume --select "status:failed workflow:payments" --plan',
    'unstuck resume --select "status:failed workflow:payments" --decide charge=rerun --canary 1 --apply',
  ],
  run: async (context) => {
    const [text = ''] = context.positionals
    if (isMany(context.options, context.positionals)) return resumeMany(context)
    const client = await context.client()
    const { ref, archived = false } = await findRun({ ...context, client }, text)
    if (isForeign(ref)) {
      const { from = null, plan: isPlan, yes: isAgreed } = context.options
      return resumeDocument(context, ref, { from, isPlan, isAgreed })
    }
    const asked = await inputOf(context, ref)
    const input = context.options['map-proposed'] ? await withProposed(client, asked) : asked
    const planned = await client.call('resume.plan', input, context)
    if (planned.plan.byProgram && planned.plan.mode === 'same' && !archived) {
      const { from = null, plan: isPlan, yes: isAgreed } = context.options
      return resumeDocument(context, ref, { from, isPlan, isAgreed })
    }
    if (context.options.plan) return outcomeOfPlan(context, planned, archived)

    for (const line of describeResume(planned.plan, context.paint)) context.say(line)
    if (archived) throw inArchive(ref)
    requireOutputs(
      planned.plan.steps.map((row) => ({ ...row, reads: readSentences(row) })),
      context.options.output,
    )
    if (!planned.plan.ready) throw await notReady(client, ref, planned.plan)
    await saySettingsProblem(client, context.say)
    await agree(context, planned)
    const { say, options: said } = context
    const started = await startPlanned(client, input, { planned, isAgreed: said.yes, say })
    const run = started.ref.document
    context.say(started.observed ? `Resumed ${run}` : `Requested: ${run} is to go on`)
    return outcomeOfRun(context, started, await followRun(context, started.ref))
  },
})

async function inputOf(context: Context, ref: Ref): Promise<Input> {
  const values = context.options
  const client = await context.client()
  const { cwd } = context
  return {
    ref,
    from: values.from === undefined ? null : await findCheckpoint(client, ref, values.from),
    fork: values.fork,
    inputs:
      values.input.length === 0 ? null : await editedInputs(client, values.input, { ref, cwd }),
    ...variablesOf(values),
    ...mappingOf(values),
    decisions: decisionsOf(values),
    ...definitionOf(values, cwd),
    stopAfter: values['stop-after'] ?? null,
    ...(values['accept-loss'] ? { acceptLoss: true } : {}),
  }
}

function definitionOf(
  values: OptionValues<typeof options>,
  cwd: string,
): Pick<Input, 'definition' | 'definitionFile'> {
  const { definition: file } = values
  if (file !== undefined) return { definition: 'current', definitionFile: resolve(cwd, file) }
  return { definition: values['current-definition'] ? 'current' : 'recorded' }
}

/** What a person maps goes before what the plan proposes. */
async function withProposed(client: Client, input: Input): Promise<Input> {
  const { plan } = await client.call('resume.plan', input)
  const said = input.mapping ?? {}
  const taken = new Set<string>(Object.values(said))
  const proposed = plan.definition.proposed.filter(
    ({ was, now }) => !Object.hasOwn(said, was) && !taken.has(now),
  )
  const pairs = proposed.map(({ was, now }) => [was, now] as const)
  return { ...input, mapping: { ...Object.fromEntries(pairs), ...said } }
}

/** Left out where nothing of it is asked for. */
function variablesOf(values: OptionValues<typeof options>): Pick<Input, 'variables'> {
  const { variable, 'remove-variable': remove } = values
  if (variable.length + remove.length === 0) return {}
  return { variables: { set: keyValues(variable, 'variable'), remove: [...remove] } }
}

function mappingOf({ map }: OptionValues<typeof options>): Pick<Input, 'mapping'> {
  if (map.length === 0) return {}
  return { mapping: Object.fromEntries(map.map((pair) => keyValue(pair, 'map'))) }
}

function outcomeOfPlan({ paint }: Context, planned: Planned, archived: boolean): Outcome {
  const { run } = planned.plan
  const hint = archived ? ['', `The run is archived. First: unstuck unarchive ${run}`] : []
  return {
    output: planned,
    lines: [...describeResume(planned.plan, paint), ...hint],
    exit: planned.plan.ready ? exits.done : exits.notReady,
  }
}

/** Throws unless, where the plan runs steps, a person agreed to it. */
async function agree(context: Context, { plan }: Planned): Promise<void> {
  const runs = plan.steps.filter(({ action }) => action === 'run').length
  const total = plan.steps.length + plan.unlisted
  if (runs === 0 || context.options.yes) return
  if (!context.isTty || context.json) {
    const message = `This would run ${runs} of ${total} steps of ${plan.run}. Look at it with --plan, then say --yes.`
    throw new AppError('invalid-input', message, { run: plan.run, runs })
  }
  const answer = await context.ask(`Run ${runs} of ${total} steps? [y/N] `)
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new AppError('cancelled', `Nothing was done: ${plan.run} stays as it is.`)
  }
}

function inArchive({ document }: Ref): AppError {
  const message = `Run ${document} is archived. Bring it back first: unstuck unarchive ${document}`
  return new AppError('invalid-input', message, { run: document })
}

async function notReady(client: Client, ref: Ref, plan: Planned['plan']): Promise<AppError> {
  const { run, problems, steps, command } = plan
  const [{ liveness, holder }, { trusted }] = await Promise.all([
    client.call('run.get', { ref }),
    client.call('workspace.get', {}),
  ])
  if (liveness === 'alive')
    return new AppError('locked', [`Run ${run} is held.`, ...problems].join('\n  '), {
      run,
      holder,
    })
  const asked = steps.filter(({ action }) => action === 'ask')
  const open = asked.map(({ step }) => step)
  const hints = [
    ...asked
      .slice(0, mostHints)
      .map(({ step, options: words }) => `Decide on ${step}: --decide ${step}=${words.join('|')}`),
    ...(plan.loss?.accepted === false ? ['Say that you know of the loss: --accept-loss'] : []),
    ...(command === null ? [] : [`Resume it by its program: ${shellLine(command)}`]),
  ]
  const message = [`Run ${run} cannot go on yet.`, ...problems, ...hints].join('\n  ')
  const code = trusted ? 'invalid-input' : 'untrusted'
  return new AppError(code, message, { run, problems, undecided: open, command })
}

const mostHints = 20
