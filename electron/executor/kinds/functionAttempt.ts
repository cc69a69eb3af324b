import { parseJson } from '../../../shared/schema/parseJson.ts'
import { AppError } from '../../../shared/errors.ts'
import { Json, maxJsonDepth } from '../../../shared/schema/json.ts'
import { runError, type AttemptResult } from '../attemptResult.ts'
import type { AttemptToBegin, BegunAttempt } from '../beginAttempt.ts'
import type { ExecutorContext } from '../executorContext.ts'
import { createFunctionLog, type FunctionLog } from './functionLog.ts'
import { limitOutput, mapOutput } from './mapOutput.ts'
import type { PreparedFunction } from './prepared.ts'
import type { StepContext } from './stepFunction.ts'
import { toJsonText } from './toJsonText.ts'
import { toRunError } from './toRunError.ts'
import { watchFunction } from './watchFunction.ts'

type FunctionAttempt = AttemptToBegin & { readonly key: string }

/** An attempt of a function of this process. It has no process of its own, so after a kill it is in doubt. */
export function createFunctionAttempt(
  context: ExecutorContext,
  attempt: FunctionAttempt,
  prepared: PreparedFunction,
): BegunAttempt {
  const { step, definition, number } = attempt
  const control = new AbortController()
  let goes = false
  return {
    step,
    definition,
    number,
    process: null,
    go: () => {
      goes = true
    },
    abandon: () => undefined,
    watch: () => watchFunction(attempt, { control, result: carryOut(), graceMs: context.graceMs }),
  }

  async function carryOut(): Promise<AttemptResult> {
    if (!goes) return { kind: 'neverBegan' }
    const log = createFunctionLog(context, attempt)
    const result = await callFunction(context, prepared, contextOf(attempt, log, control.signal))
    await log.written()
    if (result.kind !== 'succeeded') return result
    const mapped = { ...attempt, keep: log.put }
    return mapOutput(await limitOutput(result, mapped), mapped)
  }
}

async function callFunction(
  { functions }: ExecutorContext,
  { name, argument }: PreparedFunction,
  stepContext: StepContext,
): Promise<AttemptResult> {
  try {
    const returned: unknown = await functions?.get(name)?.(structuredClone(argument), stepContext)
    const written = toJsonText(returned)
    // A copy: what the function changes later does not reach the run.
    const output = 'text' in written ? Json.safeParse(parseJson(written.text)) : null
    if (output?.success === true) return { kind: 'succeeded', output: output.data, exitCode: null }
    const why = 'problem' in written ? written.problem : `it is deeper than ${maxJsonDepth} levels`
    const message = `Step ${stepContext.step}: what the function \`${name}\` returned is no JSON: ${why}.`
    return { kind: 'failed', error: runError('InvalidOutput', message), exitCode: null }
  } catch (thrown) {
    return { kind: 'failed', error: toRunError(thrown), exitCode: null }
  }
}

/** With copies: what the function changes in them does not reach the run. */
function contextOf(attempt: FunctionAttempt, log: FunctionLog, signal: AbortSignal): StepContext {
  const { run, step, number, key, outputs, checkpoint } = attempt
  return {
    run: run.id,
    step,
    attempt: number,
    key,
    inputs: structuredClone(run.inputs),
    needs: structuredClone(outputs),
    signal,
    log: log.writeLine,
    checkpoint: checkpoint ?? refuseCheckpoint,
  }
}

function refuseCheckpoint(): Promise<void> {
  const message = 'No checkpoint can be made from here: nothing takes orders for this run.'
  return Promise.reject(new AppError('invalid-input', message))
}
