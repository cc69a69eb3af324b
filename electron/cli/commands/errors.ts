import type { Client } from '../../../shared/contract/contract.ts'
import { readLogTail } from '../../../shared/contract/readLogTail.ts'
import { AppError } from '../../../shared/errors.ts'
import { ErrorState, type ErrorDecision } from '../../../shared/schema/errorGroup.ts'
import { defineCommand, type CommandContext, type OptionTable, type Outcome } from '../command.ts'
import { describeError, describeErrors } from '../describe/errors.ts'
import { exits } from '../exitCodes.ts'
import { moment } from '../moment.ts'
import { printable } from '../text/printable.ts'
import { oneOf, verbOf, wholeNumber } from '../values.ts'

const verbs = ['list', 'show', 'resolve', 'mute', 'reopen'] as const

const options = {
  state: { type: 'string', value: 'STATE', help: 'with list: open, resolved or muted ones' },
  text: { type: 'string', value: 'TEXT', help: 'with list: only with these letters' },
  limit: { type: 'string', value: 'N', help: 'with list: at most this many (50)' },
  offset: { type: 'string', value: 'N', help: 'with list: leave out this many (0)' },
  more: { type: 'string', value: 'N', help: 'with mute: until so many more have failed like this' },
  until: {
    type: 'string',
    value: 'TIME',
    help: 'with mute: until 2026-01-02, a time in UTC, or in 30min, 12h, 7d',
  },
  reason: { type: 'string', value: 'TEXT', help: 'why, for the operations log' },
} as const satisfies OptionTable

type Context = CommandContext<typeof options>

export const errorsCommand = defineCommand({
  name: 'errors',
  usage: '[list | show|resolve|mute|reopen ERROR]',
  summary: 'Runs that failed alike: what was tried, what got past it, and what is still open.',
  details: [
    'ERROR is the id that the list shows, or the whole text. An error is resolved once a fork, or a run that was resumed, was seen past the step; what fails like it afterwards opens it again.',
  ],
  positionals: { min: 0, max: 2 },
  options,
  examples: [
    'unstuck errors',
    'unstuck errors show 3f2a9c01be',
    'unstuck errors mute 3f2a9c01be --more 10 --reason "known outage"',
  ],
  run: async (context) => {
    const [word = 'list', error] = context.positionals
    const verb = verbOf(word, verbs, 'errors')
    if ((verb === 'list') !== (error === undefined)) {
      const usage = verb === 'list' ? 'list' : `${verb} ERROR`
      throw new AppError('invalid-input', `Use: unstuck errors ${usage}`)
    }
    const client = await context.client()
    if (error === undefined) return list(context, client)
    if (verb === 'show') return show(context, client, error)
    return decide(context, client, { error, decision: decisionOf(verb, context) })
  },
})

async function list({ options: given, paint, now, signal }: Context, client: Client) {
  const limit = wholeNumber(given.limit, 'limit') ?? 50
  const offset = wholeNumber(given.offset, 'offset') ?? 0
  const state = oneOf(given.state, ErrorState.options, 'state') ?? null
  const asked = { state, text: given.text ?? '', limit, offset }
  const output = await client.call('error.list', asked, { signal })
  return { output, lines: describeErrors(output, { offset, paint, now }), exit: exits.done }
}

async function show({ paint, now, signal }: Context, client: Client, error: string) {
  const output = await client.call('error.get', { error }, { signal })
  const { newest } = output
  const log = newest === null ? [] : (await readLogTail(client, newest)).lines
  return { output, lines: describeError(output, log, { paint, now }), exit: exits.done }
}

function decisionOf(verb: (typeof verbs)[number], { options: given, now }: Context): ErrorDecision {
  if (verb === 'resolve') return { kind: 'resolved' }
  if (verb === 'reopen') return { kind: 'open' }
  const until = moment(given.until, 'until', { ahead: now })
  return { kind: 'muted', more: wholeNumber(given.more, 'more'), until }
}

async function decide(
  { options: given, signal }: Context,
  client: Client,
  { error: asked, decision }: { readonly error: string; readonly decision: ErrorDecision },
): Promise<Outcome> {
  const { error } = await client.call('error.get', { error: asked }, { signal })
  const { reason = null } = given
  const output = await client.call('error.decide', { error, decision, reason }, { signal })
  const verb = output.observed ? words[decision.kind] : 'Requested, and not seen yet'
  return {
    output,
    lines: [`${verb}: ${printable(error)}`],
    exit: output.observed ? exits.done : exits.notSeen,
  }
}

const words = {
  none: 'Forgotten',
  open: 'Reopened',
  resolved: 'Said to be resolved',
  muted: 'Muted',
} as const satisfies Record<ErrorDecision['kind'], string>
