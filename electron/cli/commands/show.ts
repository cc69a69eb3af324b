import type { Ref } from '../../../shared/contract/call.ts'
import type { Client } from '../../../shared/contract/contract.ts'
import { readLogTail } from '../../../shared/contract/readLogTail.ts'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { proofOf } from '../../../shared/core/diagnose/proofOf.ts'
import type { LogPlace } from '../../../shared/contract/reading.ts'
import { AppError } from '../../../shared/errors.ts'
import { StepId } from '../../../shared/schema/ids.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeLines, describeMatches, describeUses } from '../describe/found.ts'
import { describeHistory } from '../describe/history.ts'
import { describeRun, type LogTail } from '../describe/run.ts'
import { describeState } from '../describe/state.ts'
import { exits } from '../exitCodes.ts'
import { findSubject } from '../findSubject.ts'
import { readPassphrase, unlockOption } from '../passphrase.ts'
import { printSlices } from '../printSlices.ts'
import { findCheckpoint } from '../references.ts'
import { oneOf, wholeNumber } from '../values.ts'

const options = {
  checkpoint: { type: 'string', value: 'CHECKPOINT', help: 'the state at this checkpoint' },
  history: { type: 'boolean', help: 'the journal, newest record first' },
  log: { type: 'string', value: 'STEP', help: 'the output of a step' },
  attempt: { type: 'string', value: 'N', help: 'with --log: which attempt (the last one)' },
  state: {
    type: 'string',
    value: 'POINTER',
    help: 'what the state has at this pointer; "" is all',
  },
  value: { type: 'string', value: 'POINTER', help: 'the value at this pointer, as JSON' },
  find: { type: 'string', value: 'TEXT', help: 'where this stands in the state: key, path, value' },
  grep: { type: 'string', value: 'TEXT', help: 'the lines of all logs that hold this' },
  uses: { type: 'string', value: 'STEP', help: 'what a step reads and writes' },
  raw: { type: 'string', value: 'FILE', help: 'the bytes of head, journal or document' },
  limit: { type: 'string', value: 'N', help: 'at most this many records or children (100)' },
  offset: { type: 'string', value: 'N', help: 'with --json: where the slice or page begins (0)' },
  ...unlockOption,
} as const

type Context = CommandContext<typeof options>
type Subject = { readonly client: Client; readonly ref: Ref }

export const showCommand = defineCommand({
  name: 'show',
  usage: 'RUN|FILE',
  summary: 'Say why a run does not move, then what it has done. Reads only.',
  positionals: { min: 1, max: 1 },
  options,
  examples: [
    'unstuck show latest',
    'unstuck show deploy-2026 --log migrate',
    'unstuck show latest --checkpoint cp-2 --state /variables',
    'unstuck show latest --grep "connection refused"',
  ],
  run: async (context) => {
    const [text = ''] = context.positionals
    const show = part(context)
    const passphrase = await readPassphrase(context.options['passphrase-file'], context)
    const { client, row } = await findSubject({ ...context, passphrase }, text)
    return show({ client, ref: row.ref })
  },
})

/** Which part was asked for; one at a time. */
function part(context: Context): (subject: Subject) => Promise<Outcome> {
  const { history, log, state, value, raw, find, grep, uses, checkpoint } = context.options
  const parts = [history || undefined, log, state, value, raw, find, grep, uses]
  if (parts.filter((one) => one !== undefined).length > 1) {
    throw new AppError(
      'invalid-input',
      'Ask for one of --history, --log, --state, --value, --raw, --find, --grep, --uses.',
    )
  }
  if (find !== undefined) return (subject) => showMatches(context, subject, find)
  if (grep !== undefined) return (subject) => showLines(context, subject, grep)
  if (uses !== undefined) return (subject) => showUses(context, subject, uses)
  if (history) return (subject) => showHistory(context, subject)
  if (log !== undefined) return (subject) => showLog(context, subject, log)
  if (raw !== undefined) return (subject) => showRaw(context, subject, raw)
  if (value !== undefined) return (subject) => showValue(context, subject, value)
  if (state !== undefined || checkpoint !== undefined) {
    return (subject) => showState(context, subject, state ?? '')
  }
  return (subject) => showRun(context, subject)
}

async function showRun(context: Context, { client, ref }: Subject): Promise<Outcome> {
  const output = await client.call('run.get', { ref }, context)
  const tail = context.json ? null : await tailOf(client, output)
  return { output, lines: describeRun(output, context, tail), exit: exits.done }
}

/** The end of the log that stands with the reasons on the screen too. */
async function tailOf(client: Client, { ref, diagnoses }: RunDetail): Promise<LogTail | null> {
  const log = proofOf(diagnoses)
  if (log === null) return null
  const { step, attempt } = log
  const { lines } = await readLogTail(client, { ref, step: StepId.parse(step), attempt })
  return lines.length === 0 ? null : { step, attempt, lines }
}

async function showHistory(context: Context, { client, ref }: Subject): Promise<Outcome> {
  const limit = wholeNumber(context.options.limit, 'limit') ?? 100
  const output = await client.call('run.history', { ref, limit }, context)
  return { output, lines: describeHistory(output, context.paint), exit: exits.done }
}

async function showState(context: Context, subject: Subject, pointer: string): Promise<Outcome> {
  const { client, ref } = subject
  const limit = wholeNumber(context.options.limit, 'limit') ?? 100
  const offset = wholeNumber(context.options.offset, 'offset') ?? 0
  const checkpoint = await checkpointOf(context, subject)
  const input = { ref, checkpoint, pointer, limit, offset }
  const output = await client.call('state.read', input, context)
  return { output, lines: describeState(output, context.paint), exit: exits.done }
}

async function showValue(context: Context, subject: Subject, pointer: string): Promise<Outcome> {
  const { client, ref } = subject
  const checkpoint = await checkpointOf(context, subject)
  return printSlices(context, (slice) =>
    client.call('state.value', { ref, checkpoint, pointer, ...slice }, context),
  )
}

async function showMatches(context: Context, subject: Subject, query: string): Promise<Outcome> {
  const { client, ref } = subject
  const limit = wholeNumber(context.options.limit, 'limit') ?? 100
  const checkpoint = await checkpointOf(context, subject)
  const output = await client.call('state.search', { ref, checkpoint, query, limit }, context)
  return { output, lines: describeMatches(output), exit: exits.done }
}

/** Pages are asked for until there are enough lines: one that looked through much may have none. */
async function showLines(
  context: Context,
  { client, ref }: Subject,
  query: string,
): Promise<Outcome> {
  const limit = wholeNumber(context.options.limit, 'limit') ?? 100
  const ask = (from: LogPlace | null, left: number) =>
    client.call('log.search', { ref, query, from, limit: left }, context)
  let page = await ask(null, limit)
  const matches = [...page.matches]
  while (page.next !== null && matches.length < limit) {
    page = await ask(page.next, limit - matches.length)
    matches.push(...page.matches)
  }
  const more = page.next === null ? [] : ['There may be more: --limit.']
  const lines = [...describeLines(matches), ...more]
  return { output: { ...page, matches }, lines, exit: exits.done }
}

async function showUses(context: Context, subject: Subject, text: string): Promise<Outcome> {
  const { client, ref } = subject
  const checkpoint = await checkpointOf(context, subject)
  const step = StepId.parse(text)
  const output = await client.call('step.uses', { ref, step, checkpoint }, context)
  return { output, lines: describeUses(output), exit: exits.done }
}

async function showLog(context: Context, { client, ref }: Subject, step: string): Promise<Outcome> {
  const attempt =
    wholeNumber(context.options.attempt, 'attempt') ?? (await lastAttempt(client, ref, step))
  return printSlices(context, (slice) =>
    client.call('run.log', { ref, step, attempt, ...slice }, context),
  )
}

async function showRaw(context: Context, { client, ref }: Subject, text: string): Promise<Outcome> {
  const file = oneOf(text, ['head', 'journal', 'document'], 'raw') ?? 'head'
  return printSlices(context, (slice) => client.call('run.raw', { ref, file, ...slice }, context))
}

async function checkpointOf(context: Context, { client, ref }: Subject): Promise<string | null> {
  const text = context.options.checkpoint
  return text === undefined ? null : findCheckpoint(client, ref, text)
}

async function lastAttempt(client: Client, ref: Ref, step: string): Promise<number> {
  const { run } = await client.call('run.get', { ref })
  const names = run?.steps.map(({ id }): string => id) ?? []
  const attempts = await attemptsOf(client, ref, step)
  if (attempts === null) {
    const message = `Run ${ref.document} has no step "${step}". It has: ${names.join(', ') || 'none'}.`
    throw new AppError('not-found', message, { run: ref.document, step })
  }
  if (attempts > 0) return attempts
  throw new AppError('not-found', `Step ${step} of ${ref.document} has not begun: it has no log.`)
}

/** How often the step was tried; null when there is no such step. */
async function attemptsOf(client: Client, ref: Ref, step: string): Promise<number | null> {
  for (let offset = 0; ; offset += 500) {
    const page = await client.call('run.steps', { ref, offset, limit: 500 })
    const found = page.steps.find(({ id }) => id === step)
    if (found) return found.attempts.at(-1)?.number ?? 0
    if (offset + 500 >= page.total) return null
  }
}
