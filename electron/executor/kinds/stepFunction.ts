import type { Json } from '../../../shared/schema/json.ts'

/** What the function of a `module` or `function` step gets beside its argument. */
export type StepContext = {
  readonly run: string
  readonly step: string
  /** Counts from 1. */
  readonly attempt: number
  /** The same in every attempt and every resume: another service can tell a repetition by it. */
  readonly key: string
  readonly inputs: { readonly [name: string]: Json }
  /** By step, what the steps that this one needs have returned. */
  readonly needs: { readonly [step: string]: Json }
  /** Aborted when the step is cancelled or its time is over. */
  readonly signal: AbortSignal
  /** Writes a line into the step's log. */
  readonly log: (text: string) => void
  /** Makes a checkpoint of the run; resolves when the process that carries the run took the order. */
  readonly checkpoint: (name: string) => Promise<void>
}

/** What a step does in JavaScript. What it returns, or resolves to, has to be JSON; `undefined` is null. */
export type StepFunction = (argument: Json, context: StepContext) => unknown
