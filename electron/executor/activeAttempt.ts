import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Scope } from '../../shared/core/expression/scope.ts'
import type { RunFacts } from '../../shared/core/run/runDraft.ts'
import type { StepProcess } from '../../shared/schema/run.ts'
import { durationMs, kindOf } from '../../shared/schema/stepMeaning.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'
import { after } from './after.ts'
import { maxOutputOf } from './attemptOutput.ts'
import { readAttemptReport } from './attemptReport.ts'
import { readAttemptResult, type AttemptResult } from './attemptResult.ts'
import type { ExecutorContext } from './executorContext.ts'
import { mapOutput } from './kinds/mapOutput.ts'
import { endGroup } from './signalGroup.ts'
import type { StartedWrapper } from './startWrapper.ts'
import { findAttempt } from './stepProcess.ts'

export type StopCause = 'timeout' | 'cancel'

/** An attempt that this host watches: its own child, one that it found, or a function of its own. */
export type ActiveAttempt = {
  readonly step: StepId
  readonly number: number
  /** Another host began it. */
  readonly isAdopted: boolean
  /**
   * Resolves when the wrapper has ended and, where the attempt was stopped, its process group is empty. An output is what
   * the definition makes of the result, and no larger than it allows.
   */
  readonly result: Promise<AttemptResult>
  /** Why it was stopped; null while it was not, or had ended before. */
  readonly stoppedFor: () => StopCause | null
  /** TERM to the process group, KILL after the grace. */
  stop(cause: StopCause): void
  /** Stops watching; the wrapper goes on. `result` stays open. */
  leave(): void
}

export type WatchedAttempt = {
  readonly run: RunFacts
  readonly step: StepId
  readonly definition: StepDefinition
  readonly scope: Scope
  readonly number: number
  readonly workingFolder: string | null
  /** Names of its variables; left out: not known any more. */
  readonly given?: ReadonlySet<string>
  readonly process: StepProcess
  readonly startedAt: string
  /** Null: another host's child, which is polled. */
  readonly wrapper: StartedWrapper | null
}

/** An attempt that has ended already. */
export function settledAttempt(
  result: AttemptResult,
  attempt: Pick<ActiveAttempt, 'step' | 'number' | 'isAdopted'>,
): ActiveAttempt {
  return {
    ...attempt,
    result: Promise.resolve(result),
    stoppedFor: () => null,
    stop: () => undefined,
    leave: () => undefined,
  }
}

export function watchAttempt(context: ExecutorContext, attempt: WatchedAttempt): ActiveAttempt {
  const { run, step, definition, number, process, wrapper, workingFolder } = attempt
  const { store, machine } = context
  const folder = join(store.root, store.layout.step(run.id, step, number))
  const log = join(store.root, store.layout.log(run.id, step, number))
  const left = new AbortController()
  let stoppedFor: StopCause | null = null
  let stopping: Promise<readonly PromiseSettledResult<void>[]> | null = null
  const forgetTimeout = armTimeout()

  return {
    step,
    number,
    isAdopted: wrapper === null,
    result: settle(),
    stoppedFor: () => stoppedFor,
    stop,
    leave() {
      forgetTimeout()
      wrapper?.leave()
      left.abort()
    },
  }

  async function settle(): Promise<AttemptResult> {
    const end = wrapper === null ? null : await wrapper.ended
    if (end === null || end.signal !== null) await goneOrReported()
    forgetTimeout()
    for (const one of (await stopping) ?? []) if (one.status === 'rejected') throw one.reason
    const kind = kindOf(definition)
    const isCall = kind === 'module' || kind === 'http'
    const maxOutput = maxOutputOf(definition)
    const withheld = withheldFrom(context, attempt.given)
    const read = { step, folder, log, workingFolder, maxOutput, isCall, end, withheld }
    const keep = (text: string): Promise<void> => appendFile(log, text, { mode: 0o600 })
    return mapOutput(await readAttemptResult(read), { ...attempt, keep })
  }

  /** Another host's child is polled; so is what is left of our own where its wrapper was killed. */
  async function goneOrReported(): Promise<void> {
    for (;;) {
      const found = await findAttempt(machine, process)
      if (found === 'none') return
      const { exitCode } = await readAttemptReport(folder)
      if (found === 'orphans' && exitCode !== null) return
      await Promise.allSettled([sleep(pollMs, undefined, { signal: left.signal })])
      if (left.signal.aborted) return new Promise(() => undefined)
    }
  }

  function armTimeout(): () => void {
    if (definition.timeout === undefined) return () => undefined
    const passedMs = Date.parse(context.now()) - Date.parse(attempt.startedAt)
    return after(durationMs(definition.timeout) - passedMs, () => stop('timeout'))
  }

  function stop(cause: StopCause): void {
    stopping ??= Promise.allSettled([endProcesses(cause)])
  }

  async function endProcesses(cause: StopCause): Promise<void> {
    // A command that has ended is done: only its wrapper still copies output.
    const report = await readAttemptReport(folder)
    if (report.exitCode !== null) return
    // The number of a process that was found may be another's by now; the one of our child is kept until it is collected.
    if (wrapper === null && (await findAttempt(machine, process)) === 'none') return
    stoppedFor = cause
    await endGroup(process.processGroup, { graceMs: context.graceMs })
  }
}

const pollMs = 200

/** Variables of the host that the attempt did not get. */
function withheldFrom(
  { environment }: ExecutorContext,
  given: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  if (given === undefined) return new Set()
  return new Set(Object.keys(environment).filter((name) => !given.has(name)))
}
