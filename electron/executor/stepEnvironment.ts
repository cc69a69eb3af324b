import { inheritedVariables } from '../../shared/schema/inheritedVariables.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { RunFacts } from '../../shared/core/run/runDraft.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { AttemptFiles } from './attemptFolder.ts'
import type { ExecutorContext } from './executorContext.ts'

export type StepEnvironment = {
  readonly environment: Record<string, string>
  readonly path: string
}

/**
 * The variables of an attempt: of the host's the base set and what is named, then the step's own, then Unstuck's. PATH of the
 * command is apart, because the wrapper's own tools must be found whatever a step says.
 */
export function stepEnvironment(
  context: Pick<ExecutorContext, 'environment' | 'passEnvironment' | 'store' | 'controlSocket'>,
  attempt: {
    readonly run: RunFacts
    readonly step: StepId
    readonly number: number
    /** The same for every attempt and every resume of a run's step: another service can tell a repetition by it. */
    readonly key: string
    readonly own: Readonly<Record<string, string>>
    /** The host's variables that the step asks for. */
    readonly passed: readonly string[]
    readonly files: AttemptFiles
  },
): StepEnvironment {
  const { run, step, own, files } = attempt
  const asked = run.workflow.definition?.passEnvironment ?? []
  const named = [...attempt.passed, ...asked, ...context.passEnvironment()]
  const host = inheritedVariables(context.environment, named)
  const hostPath = host['PATH'] ?? systemPath
  const environment = {
    ...host,
    ...own,
    PATH: `${hostPath}:${systemPath}`,
    UNSTUCK_RUN: run.id,
    UNSTUCK_STEP: step,
    UNSTUCK_ATTEMPT: String(attempt.number),
    UNSTUCK_IDEMPOTENCY_KEY: attempt.key,
    UNSTUCK_OUTPUT: files.output,
    UNSTUCK_INPUTS: files.inputs,
    UNSTUCK_NEEDS: files.needs,
    UNSTUCK_STATE_DIR: context.store.root,
    UNSTUCK_CONTROL: context.controlSocket ?? '',
  }
  return { environment, path: ownValue(own, 'PATH') ?? hostPath }
}

const systemPath = '/usr/local/bin:/usr/bin:/bin'
