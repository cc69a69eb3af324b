import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Json } from '../../../shared/schema/json.ts'
import type { ModuleCall } from './stepCall.ts'
import type { StepContext } from './stepFunction.ts'
import { placedSyntaxError } from './placedSyntaxError.ts'
import { StepFailure } from './stepFailure.ts'
import { toJsonText } from './toJsonText.ts'

/** Calls a function of a module; resolves to the JSON text of what it returned. */
export async function callModule(call: ModuleCall, signal: AbortSignal): Promise<string> {
  const called = await loadFunction(call)
  const written = toJsonText(await called(call.argument, stepContext(signal)))
  if ('text' in written) return written.text
  throw new StepFailure(
    'InvalidOutput',
    `Step ${step()}: what ${describe(call)} returned is no JSON: ${written.problem}.`,
  )
}

type Called = (argument: Json, context: StepContext) => unknown

async function loadFunction(call: ModuleCall): Promise<Called> {
  if (!existsSync(call.path))
    throw new StepFailure(
      'ModuleNotFound',
      `Step ${step()}: its module ${call.path} does not exist. Paths start at the folder of the definition.`,
    )
  const exported = { ...(await load(call)) }
  const called: unknown = Object.hasOwn(exported, exportOf(call)) ? exported[exportOf(call)] : null
  if (typeof called === 'function') return called as Called // what it takes is its author's word
  throw new StepFailure('FunctionNotFound', missingFunction(call, exported))
}

async function load(call: ModuleCall): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(call.path).href)) as Record<string, unknown> // any module
  } catch (error) {
    if (error instanceof SyntaxError) throw placedSyntaxError(error, call.path)
    throw error
  }
}

function missingFunction(call: ModuleCall, exported: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(exported).filter((name) => typeof exported[name] === 'function')
  const what =
    call.name === null
      ? 'has no function as its default export'
      : `has no function \`${call.name}\``
  const others = names.length === 0 ? 'It exports no function.' : `It exports ${names.join(', ')}.`
  return `Step ${step()}: the module ${call.path} ${what}. ${others}`
}

function exportOf({ name }: ModuleCall): string {
  return name ?? 'default'
}

function describe(call: ModuleCall): string {
  return `\`${exportOf(call)}\` of ${call.written.replace(/#.*$/s, '')}`
}

function stepContext(signal: AbortSignal): StepContext {
  return {
    run: variable('UNSTUCK_RUN'),
    step: step(),
    attempt: Number(variable('UNSTUCK_ATTEMPT')),
    key: variable('UNSTUCK_IDEMPOTENCY_KEY'),
    inputs: readRecord('UNSTUCK_INPUTS'),
    needs: readRecord('UNSTUCK_NEEDS'),
    signal,
    log: (text) => console.log(text),
    checkpoint: async (name) =>
      (await import('./askCheckpoint.ts')).askCheckpoint({
        address: variable('UNSTUCK_CONTROL'),
        run: variable('UNSTUCK_RUN'),
        step: step(),
        name,
      }),
  }
}

function step(): string {
  return variable('UNSTUCK_STEP')
}

function variable(name: string): string {
  return process.env[name] ?? ''
}

function readRecord(name: string): Readonly<Record<string, Json>> {
  return JSON.parse(readFileSync(variable(name), 'utf8')) as Record<string, Json> // written by the executor
}
