import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { LogMatch, LogPlace } from '../../shared/contract/reading.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { requireRun, openStoredRun } from './openStoredRun.ts'
import { stepIds } from './openRun.ts'
import { runIdOf } from './refs.ts'
import { formerName } from './renamedLogs.ts'
import { searchLog } from './searchLog.ts'

type Input = HandlerInput<'log.search'>
type Log = {
  readonly step: StepId
  readonly attempt: number
  readonly path: string
  readonly sizeBytes: number
}

/** A page of the lines in which a text stands, through all logs of a run. */
export async function searchLogs(
  context: ServiceContext,
  input: Input,
  { signal }: { readonly signal: CancelSignal },
): Promise<CallOutput<'log.search'>> {
  const logs = await logsOf(context, input)
  const start = input.from === null ? 0 : Math.max(0, indexOf(logs, input.from))
  const matches: LogMatch[] = []
  let leftBytes = mostBytes
  let next: LogPlace | null = null

  for (const [index, { step, attempt, path }] of logs.entries()) {
    if (index < start || next !== null) continue
    throwIfCancelled(signal, 'Searching the logs')
    const isFirst = index === start && input.from !== null
    const page = await searchLog(context.store, path, {
      query: input.query,
      from: isFirst && input.from !== null ? input.from : { offset: 0, line: 1 },
      limit: input.limit - matches.length,
      mostBytes: leftBytes,
      signal,
    })
    matches.push(...page.lines.map((line) => ({ step, attempt, ...line })))
    leftBytes -= page.searchedBytes
    if (page.next !== null) next = { step, attempt, ...page.next }
    else if (leftBytes <= 0 || matches.length >= input.limit) next = startOf(logs[index + 1])
  }
  return { matches, next, ...progressOf(logs, next) }
}

/** What is looked through for one answer: a quarter of a second. */
const mostBytes = 32 * 1024 * 1024

/** Those that are there, in the order of the steps. */
async function logsOf(context: ServiceContext, input: Input): Promise<readonly Log[]> {
  const opened = await openStoredRun(context, input.ref)
  const run = requireRun(opened)
  const sizes = new Map(opened.stored.files.map(({ path, sizeBytes }) => [path, sizeBytes]))
  const id = runIdOf(context, input.ref)
  return attemptsOf(run, input).flatMap(({ step, attempt }) => {
    // [M27]
    const names = [step, formerName(run, step)].filter((name) => name !== null)
    const paths = names.map((name) => context.store.layout.log(id, name, attempt))
    const path = paths.find((one) => sizes.has(one))
    const sizeBytes = path === undefined ? undefined : sizes.get(path)
    return path === undefined || sizeBytes === undefined ? [] : [{ step, attempt, path, sizeBytes }]
  })
}

function attemptsOf(run: Run, { step: wanted, attempt: only }: Input) {
  return stepIds(run).flatMap((step) => {
    if (wanted !== null && step !== wanted) return []
    const attempts = run.steps[step]?.attempts ?? []
    return attempts
      .filter(({ number }) => only === null || number === only)
      .map(({ number }) => ({ step, attempt: number }))
  })
}

function indexOf(logs: readonly Log[], from: LogPlace): number {
  return logs.findIndex(({ step, attempt }) => step === from.step && attempt === from.attempt)
}

function startOf(log: Log | undefined): LogPlace | null {
  return log === undefined ? null : { step: log.step, attempt: log.attempt, offset: 0, line: 1 }
}

function progressOf(logs: readonly Log[], next: LogPlace | null) {
  const size = (some: readonly Log[]) => some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const totalBytes = size(logs)
  if (next === null) return { searchedBytes: totalBytes, totalBytes }
  return { searchedBytes: size(logs.slice(0, indexOf(logs, next))) + next.offset, totalBytes }
}
