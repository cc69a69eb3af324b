import type { Json } from '../../shared/schema/json.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'

/** What the function of a step gets. */
export type StepArgument<Context, Inputs, Needs> = {
  /** What the program gave to `createRunner`. It is never written anywhere. */
  readonly context: Context
  readonly inputs: Inputs
  /** By name, what the steps that this one needs have returned. A copy: changing it changes nothing. */
  readonly needs: Needs
  /** Aborted when the run is cancelled or the step's time is over. */
  readonly signal: AbortSignal
  /** The same in every attempt and after every resume: another service can tell a repetition by it. */
  readonly key: string
  /** Id of the run; without a store it means nothing outside of it. */
  readonly run: string
  readonly step: string
  /** Counts from 1. */
  readonly attempt: number
  /** Writes a line into the step's log; nowhere without a store. */
  readonly log: (text: string) => void
  /** Makes a named checkpoint of the run. */
  readonly checkpoint: (name: string) => Promise<void>
}

/** What any step may say beside what it does; as in a definition file. */
export type StepOptions = Pick<
  StepDefinition,
  'title' | 'retry' | 'timeout' | 'sideEffects' | 'onInterrupted' | 'maxOutput'
>

/** What of a result is kept: JSON has no `undefined`. */
export type Kept<Result> = [Result] extends [void] ? null : Result

/** A step that may be skipped or may fail without ending the run leaves null. */
export type OrNull<When, Continue> =
  | (When extends string ? null : never)
  | (Continue extends true ? null : never)

/** The values that a run gets for the inputs that a workflow declares: of a field its type, of a default value that value's. */
export type InputValues<Declared> = {
  readonly [Name in keyof Declared]: InputValue<Declared[Name]>
}

type InputValue<Declared> = Declared extends { readonly type: keyof FieldValues }
  ? FieldValues[Declared['type']] | (Declared extends { readonly required: false } ? null : never)
  : Widened<Declared>

type FieldValues = {
  readonly string: string
  readonly text: string
  readonly choice: string
  readonly date: string
  readonly integer: number
  readonly number: number
  readonly boolean: boolean
  readonly json: Json
}

/** The type of a literal, not the literal. */
type Widened<Value> = Value extends string
  ? string
  : Value extends number
    ? number
    : Value extends boolean
      ? boolean
      : Value extends object
        ? { readonly [Key in keyof Value]: Widened<Value[Key]> }
        : Json
