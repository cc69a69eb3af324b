import type { RetryPolicy, StepDefinition } from '../../../../schema/workflow.ts'
import { fieldsOf, hasCommands, listOf, textOf } from '../definition/awfDefinition.ts'
import type { AwfStateDefinition, Fields } from '../definition/awfDefinition.ts'
import { goDurationMs } from './goDuration.ts'
import { translateCommand, translateText } from './translateCommand.ts'

/** A state that runs a command, as a step of ours without its place in the graph. */
export type CommandStep = {
  readonly step: StepDefinition
  /** Steps whose output it uses. */
  readonly uses: readonly string[]
  /** What of it cannot be said, by name. */
  readonly problems: readonly string[]
}

export function commandStep({ name, fields }: AwfStateDefinition): CommandStep {
  const command = translateCommand(textOf(fields['command']) ?? '')
  const folder = translateText(textOf(fields['dir']) ?? '')
  const timeout = timeoutOf(fields['timeout'])
  const retry = retryOf(fields['retry'])
  const description = textOf(fields['description'])
  const problems = [
    ...(command.text.trim() === '' ? ['it has no `command`'] : []),
    ...command.problems,
    ...folder.problems,
    ...timeout.problems,
    ...retry.problems,
    ...otherFields(fields, known),
    ...(hasCommands(fields['hooks']) ? ['its `hooks` run commands'] : []),
  ]
  return {
    step: {
      ...(description === null ? {} : { title: description.slice(0, 200) }),
      run: command.text.trim() === '' ? 'true' : command.text,
      ...(Object.keys(command.environment).length === 0
        ? {}
        : { environment: command.environment }),
      ...(folder.text === '' ? {} : { workingFolder: folder.text }),
      ...(timeout.value === null ? {} : { timeout: timeout.value }),
      ...(retry.value === null ? {} : { retry: retry.value }),
    },
    uses: [...command.steps, ...folder.steps],
    problems: problems.map((problem) => `The state ${name}: ${problem}.`),
  }
}

const known: ReadonlySet<string> = new Set([
  'type',
  'description',
  'command',
  'dir',
  'timeout',
  'on_success',
  'on_failure',
  'transitions',
  'retry',
  'continue_on_error',
  'hooks',
])

/** Fields that say something and are not among these. */
export function otherFields(fields: Fields, among: ReadonlySet<string>): readonly string[] {
  return Object.entries(fields)
    .filter(([key, value]) => !among.has(key) && !isEmpty(value))
    .map(([key]) => `\`${key}\` has no counterpart`)
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true
  if (value === 0n || value === 0) return true
  return Array.isArray(value)
    ? value.length === 0
    : fieldsOf(value) !== null && Object.keys(fieldsOf(value) ?? {}).length === 0
}

type Read<T> = { readonly value: T | null; readonly problems: readonly string[] }

/** AWF counts whole seconds: half a second is no limit. */
function timeoutOf(value: unknown): Read<number> {
  const text = textOf(value)
  if (text === null) return { value: null, problems: [] }
  const ms = goDurationMs(text)
  if (ms === null)
    return { value: null, problems: [`\`timeout\` is ${text}, which is no duration`] }
  const seconds = Math.floor(ms / 1000)
  return { value: seconds > 0 ? seconds : null, problems: [] }
}

function retryOf(value: unknown): Read<RetryPolicy> {
  const fields = fieldsOf(value)
  if (fields === null) return { value: null, problems: [] }
  const attempts = Number(textOf(fields['max_attempts']) ?? '1')
  const delay = durationOf(fields, 'initial_delay')
  const longest = durationOf(fields, 'max_delay')
  const backoff = textOf(fields['backoff']) ?? 'constant'
  const multiplier = Number(textOf(fields['multiplier']) ?? '2')
  const jitter = Number(textOf(fields['jitter']) ?? '0')
  const codes = listOf(fields['retryable_exit_codes']).map(Number)
  const problems = [
    ...delay.problems,
    ...longest.problems,
    ...(Number.isInteger(attempts) && attempts >= 1 ? [] : ['`retry.max_attempts` is no number']),
    ...(backoff === 'constant' || backoff === 'exponential'
      ? []
      : [`\`retry.backoff\` ${backoff} has no counterpart`]),
    ...(backoff === 'exponential' && multiplier !== 2
      ? ['`retry.multiplier` other than 2 has no counterpart']
      : []),
    ...(jitter >= 0 && jitter <= 1 ? [] : ['`retry.jitter` is not between 0 and 1']),
  ]
  if (problems.length > 0) return { value: null, problems }
  return {
    value: {
      attempts,
      ...(delay.value === null ? {} : { delay: delay.value }),
      ...(backoff === 'exponential' ? { backoff: 'exponential' as const } : {}),
      ...(longest.value === null ? {} : { maxDelay: longest.value }),
      ...(jitter === 0 ? {} : { jitter }),
      ...(codes.length === 0 ? {} : { on: codes }),
    },
    problems: [],
  }
}

/** Seconds; none at all for zero. */
function durationOf(fields: Fields, field: string): Read<number> {
  const text = textOf(fields[field])
  if (text === null) return { value: null, problems: [] }
  const ms = goDurationMs(text)
  if (ms === null)
    return { value: null, problems: [`\`retry.${field}\` is ${text}, which is no duration`] }
  return { value: ms > 0 ? ms / 1000 : null, problems: [] }
}
