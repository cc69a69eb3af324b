import { ownValue } from '../../shared/schema/json.ts'
import type { RunId, StepId } from '../../shared/schema/ids.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'
import type { AttemptFiles } from './attemptFolder.ts'

export type StepEnvironment = {
  readonly environment: Record<string, string>
  readonly path: string
}

/**
 * The variables of an attempt: the host's, then the step's own, then Unstuck's. PATH of the command is apart, because the
 * wrapper's own tools must be found whatever a step says.
 */
export function stepEnvironment(options: {
  readonly host: Readonly<Record<string, string | undefined>>
  readonly definition: StepDefinition
  readonly run: RunId
  readonly step: StepId
  readonly attempt: number
  readonly files: AttemptFiles
}): StepEnvironment {
  const { definition, run, step, files } = options
  const host = Object.fromEntries(
    Object.entries(options.host).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
  const own = definition.environment ?? {}
  const hostPath = host['PATH'] ?? systemPath
  const environment = {
    ...host,
    ...own,
    PATH: `${hostPath}:${systemPath}`,
    UNSTUCK_RUN: run,
    UNSTUCK_STEP: step,
    UNSTUCK_ATTEMPT: String(options.attempt),
    UNSTUCK_IDEMPOTENCY_KEY: idempotencyKey(run, step),
    UNSTUCK_OUTPUT: files.output,
    UNSTUCK_INPUTS: files.inputs,
    UNSTUCK_NEEDS: files.needs,
  }
  return { environment, path: ownValue(own, 'PATH') ?? hostPath }
}

/** The same for every attempt and every resume of a run's step: another service can tell a repetition by it. */
export function idempotencyKey(run: RunId, step: StepId): string {
  return `${run}/${step}`
}

const systemPath = '/usr/local/bin:/usr/bin:/bin'
