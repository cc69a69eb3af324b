import type { z } from 'zod'
import type { Json } from '../../shared/schema/json.ts'
import type { StepDefinition, StepKind, WorkflowDefinition } from '../../shared/schema/workflow.ts'

/** A workflow as `defineWorkflow` takes it: what a definition file holds, with types. */
export type WorkflowSource<Steps> = AsWritten<Omit<z.input<typeof WorkflowDefinition>, 'steps'>> & {
  readonly steps: Steps & {
    readonly [Id in keyof Steps]: StepSource<Exclude<keyof Steps & string, Id>> &
      NothingElse<Steps[Id]>
  }
}

/** A misspelt setting is no setting. */
type NothingElse<Step> = { readonly [Key in Exclude<keyof Step, keyof StepDefinition>]: never }

/** A step of exactly one kind, with the settings that fit it. `Id`: the names of the other steps. */
export type StepSource<Id extends string = string> = {
  [Kind in FileKind]: Common<Id> & Only<Kind> & Fitting<Kind>
}[FileKind]

type Written = AsWritten<z.input<typeof StepDefinition>>
type FileKind = Exclude<StepKind, 'function'>

/** Settings that only some kinds have. */
type KindsOf = {
  readonly stdin: 'run' | 'command'
  readonly with: 'module' | 'workflow'
  readonly workingFolder: 'run' | 'command' | 'module'
  readonly environment: 'run' | 'command' | 'module'
  readonly passEnvironment: 'run' | 'command' | 'module'
  readonly timeout: Exclude<FileKind, 'wait' | 'gate'>
  readonly retry: Exclude<FileKind, 'wait' | 'gate'>
  readonly sideEffects: Exclude<FileKind, 'wait' | 'gate'>
  readonly onInterrupted: 'run' | 'command' | 'module' | 'http'
  readonly maxOutput: Exclude<FileKind, 'wait' | 'gate'>
}

type Common<Id extends string> = Omit<Written, StepKind | keyof KindsOf | 'needs'> & {
  /** Steps that have to end before this one begins. */
  readonly needs?: readonly Id[]
}

type Only<Kind extends FileKind> = { readonly [K in Kind]: NonNullable<Written[K]> } & {
  readonly [K in Exclude<StepKind, Kind>]?: never
}

type Fitting<Kind extends FileKind> = {
  readonly [Key in keyof KindsOf]?: Kind extends KindsOf[Key] ? Written[Key] : never
}

/** Lists and maps that nobody will change. */
type AsWritten<T> = Json extends T
  ? T
  : T extends readonly (infer Item)[]
    ? readonly AsWritten<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: AsWritten<T[Key]> }
      : T

/**
 * A workflow in a module: `export default defineWorkflow({ name, steps })`, started with `unstuck run workflow.ts`. Needs name
 * steps that exist, and each step has one kind with the settings that fit it; the rest is checked when it is read. Returns
 * what it was given.
 */
export function defineWorkflow<const Steps extends { readonly [Id in keyof Steps]: object }>(
  source: WorkflowSource<Steps>,
): WorkflowSource<Steps> {
  return source
}
