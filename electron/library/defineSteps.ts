import type { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { checkDefinition } from './checkDefinition.ts'
import type { InputValues, Kept, OrNull, StepArgument, StepOptions } from './stepTypes.ts'

/** The function of a step as a runner calls it. */
export type RunnerFunction = (
  argument: StepArgument<
    unknown,
    { readonly [name: string]: Json },
    { readonly [step: string]: Json }
  > & {
    /** What the step's `with` says. */
    readonly argument: Json
    /** Of a step for each item of a list. */
    readonly item: Json
    readonly index: number | null
  },
) => unknown

/** What a workflow says beside its steps; as in a definition file. */
export type WorkflowHead<Inputs> = {
  readonly name: string
  readonly version?: string
  readonly description?: string
  /** By name a default value, or a field such as `{ type: 'integer', minimum: 1 }`. */
  readonly inputs?: Inputs
  /** How many steps may run at the same time, 1 to 256. Default 4. */
  readonly parallel?: number
}

/** A workflow with its functions, whatever their types. */
export interface RunnableWorkflow {
  /** What is recorded of it: JSON in which each function stands by its step's name. */
  readonly definition: WorkflowDefinition
  readonly functions: ReadonlyMap<string, RunnerFunction>
  readonly needsContext: boolean
}

/**
 * A workflow whose steps are functions of this program. Each method returns a new workflow with one more step; a step can
 * need those before it only, and its function gets what they returned, by name and typed.
 */
export interface StepWorkflow<Context, Inputs, Outputs> extends RunnableWorkflow {
  /** Only for the types: what the program has to give to `createRunner` as `context`. */
  needing<Given>(): StepWorkflow<Given, Inputs, Outputs>
  /** A step that is a function. What it returns has to be JSON; nothing is null. */
  step<
    const Id extends string,
    Result,
    const Needs extends readonly (keyof Outputs & string)[] = [],
    When extends string | undefined = undefined,
    const Continue extends boolean = false,
  >(
    id: Id,
    step: StepOptions & {
      readonly needs?: Needs
      /** A condition, asked once all that it needs has ended; false skips the step, which then leaves null. */
      readonly when?: When
      readonly continueOnError?: Continue
      readonly run: (
        argument: StepArgument<Context, Inputs, Pick<Outputs, Needs[number]>>,
      ) => Result | Promise<Result>
    },
  ): StepWorkflow<Context, Inputs, Outputs & Record<Id, Kept<Result> | OrNull<When, Continue>>>
  /** A function for each item of a list; it leaves the list of what they returned, null for one that failed and may. */
  forEach<
    const Id extends string,
    Result,
    Item = Json,
    const Needs extends readonly (keyof Outputs & string)[] = [],
    const Continue extends boolean = false,
  >(
    id: Id,
    step: StepOptions & {
      /** The list, or an expression that gives one, such as `steps.fetch.output.rows`. */
      readonly items: readonly Item[] | string
      /** How many items may run at the same time. Default: as many as steps. */
      readonly parallel?: number
      readonly needs?: Needs
      readonly continueOnError?: Continue
      readonly run: (
        argument: StepArgument<Context, Inputs, Pick<Outputs, Needs[number]>> & {
          readonly item: Item
          readonly index: number
        },
      ) => Result | Promise<Result>
    },
  ): StepWorkflow<
    Context,
    Inputs,
    Outputs & Record<Id, readonly (Kept<Result> | OrNull<undefined, Continue>)[]>
  >
  /** A step of another kind (`command`, `http`, `wait`, `gate`, …), as a definition file has it. */
  add<const Id extends string>(
    id: Id,
    step: z.input<typeof StepDefinition>,
  ): StepWorkflow<Context, Inputs, Outputs & Record<Id, Json>>
}

/** Begins a workflow of functions: `defineSteps({ name: 'orders' }).step('fetch', { run: … })`. */
export function defineSteps<const Inputs extends { readonly [name: string]: Json } = NoInputs>(
  head: WorkflowHead<Inputs>,
): StepWorkflow<undefined, InputValues<Inputs>, unknown> {
  return build<undefined, InputValues<Inputs>, unknown>({
    head,
    steps: {},
    functions: new Map(),
    needsContext: false,
  })
}

type NoInputs = { readonly [name in never]: Json }

type Parts = {
  readonly head: WorkflowHead<unknown>
  /** Checked as a whole, when the definition is asked for. */
  readonly steps: { readonly [id: string]: StepDraft }
  readonly functions: ReadonlyMap<string, RunnerFunction>
  readonly needsContext: boolean
}

function build<Context, Inputs, Outputs>(parts: Parts): StepWorkflow<Context, Inputs, Outputs> {
  const { head, steps, functions, needsContext } = parts
  const withStep = (id: string, { run, ...step }: FunctionStep) =>
    build({
      ...parts,
      steps: withOne(parts, id, { ...step, function: id }),
      // Its types were checked where it was handed in.
      functions: new Map([...functions, [id, run as RunnerFunction]]),
    })
  return {
    get definition() {
      return checkDefinition({ ...head, steps })
    },
    functions,
    needsContext,
    needing: () => build({ ...parts, needsContext: true }),
    step: (id, { needs, ...step }) =>
      withStep(id, { ...step, ...(needs === undefined ? {} : { needs: [...needs] }) }),
    forEach: (id, { items, parallel, needs, ...step }) =>
      withStep(id, {
        ...step,
        ...(needs === undefined ? {} : { needs: [...needs] }),
        forEach: { items, ...(parallel === undefined ? {} : { parallel }) },
        with: { item: '${{ item }}', index: '${{ index }}' },
      }),
    add: (id, step) => build({ ...parts, steps: withOne(parts, id, step) }),
  }
}

type StepDraft = object

type FunctionStep = { readonly run: unknown; readonly [key: string]: unknown }

function withOne({ steps, head }: Parts, id: string, step: StepDraft): Parts['steps'] {
  if (!Object.hasOwn(steps, id)) return { ...steps, [id]: step }
  throw new AppError(
    'invalid-input',
    `The workflow ${head.name} has two steps ${id}. Give one of them another name.`,
    { step: id },
  )
}
