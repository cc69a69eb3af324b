import { z } from 'zod'
import { Field } from './field.ts'
import { StepId } from './ids.ts'
import { VariablePattern } from './inheritedVariables.ts'
import { Json } from './json.ts'
import { lazyObject } from './lazyObject.ts'

const name = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$/,
    'expected 1 to 80 letters, digits, spaces, dots, underscores or hyphens, starting with a letter or digit',
  )

/** Seconds as a number, or a duration such as `500ms`, `30s`, `5m`, `2h`, `1d`. */
export const Duration = z.union([
  z.number().positive(),
  z
    .string()
    .regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'expected a duration such as 500ms, 30s, 5m, 2h or 1d'),
])
export type Duration = z.infer<typeof Duration>

/** `none`: may run any number of times. `idempotent`: repeating it changes nothing. `external`: repeating it may do harm. */
export const SideEffects = z.enum(['none', 'idempotent', 'external'])
export type SideEffects = z.infer<typeof SideEffects>

/** Text in which `${{ … }}` stands for the value of an expression. */
const Template = z.string()
/** A condition or a value: one expression, with or without `${{ }}` around it. */
const Expression = z.string().min(1).max(10_000)

const RetryShape = lazyObject(() => ({
  attempts: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .describe('How often the step is tried in all, the first time included.'),
  delay: Duration.optional().describe(
    'How long to wait before it is tried again. Default: at once.',
  ),
  backoff: z
    .enum(['fixed', 'exponential'])
    .optional()
    .describe('`exponential` doubles the delay each time. Default `fixed`.'),
  maxDelay: Duration.optional().describe('The longest delay.'),
  jitter: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Share of each delay that is left to chance, 0 to 1. Default 0.'),
  on: z
    .array(z.union([z.string().min(1), z.number().int()]))
    .min(1)
    .optional()
    .describe(
      'Which failures are tried again: names of errors (`Timeout`, `HttpStatus`, …) or exit codes. Default: all.',
    ),
}))
export const RetryPolicy = RetryShape.strict()
export type RetryPolicy = z.infer<typeof RetryPolicy>

const ForEachShape = lazyObject(() => ({
  items: z.union([z.array(Json), Expression]).describe('A list, or an expression that gives one.'),
  parallel: z
    .number()
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe('How many items may run at the same time. Default: the limit of the workflow.'),
}))
export const ForEach = ForEachShape.strict()
export type ForEach = z.infer<typeof ForEach>

const HttpShape = lazyObject(() => ({
  url: Template.min(1).describe('Where the call goes; a template.'),
  method: z
    .string()
    .regex(/^[A-Z]{1,20}$/, 'expected a method such as GET or POST')
    .optional()
    .describe('Default GET.'),
  headers: z.record(z.string(), Template).optional().describe('By name a template.'),
  body: Json.optional().describe(
    'A text is sent as it is, anything else as JSON; texts in it are templates.',
  ),
  expect: z
    .array(z.union([z.number().int().min(100).max(599), z.string().regex(/^[1-5]xx$/)]))
    .min(1)
    .optional()
    .describe('Statuses that are a success: `204`, or a class such as `2xx`. Default `2xx`.'),
}))
export const HttpCall = HttpShape.strict()
export type HttpCall = z.infer<typeof HttpCall>

const WaitShape = lazyObject(() => ({
  for: z
    .union([Duration, Expression])
    .optional()
    .describe('How long: a duration, or an expression that gives one.'),
  until: Expression.optional().describe(
    'A moment, ISO 8601 with a time zone, or an expression that gives one.',
  ),
}))
export const Wait = WaitShape.strict().refine(
  (wait) => (wait.for === undefined) !== (wait.until === undefined),
  {
    message: 'a wait has either `for` (a duration) or `until` (a moment), and only one of them',
  },
)
export type Wait = z.infer<typeof Wait>

const GateShape = lazyObject(() => ({
  message: Template.max(10_000).optional().describe('What is to be decided; a template.'),
  who: Template.max(200).optional().describe('Who should decide, in words: a person, a team.'),
  fields: z
    .record(z.string().min(1).max(100), Json)
    .optional()
    .describe('What is filled in with an approval, by name a field; the output of the step.'),
  expires: Duration.optional().describe('How long it waits for a decision. Default: without end.'),
  onExpiry: z
    .enum(['approve', 'reject'])
    .optional()
    .describe('What an expiry does. Default `reject`.'),
}))
export const Gate = lazyObject(() => ({
  ...GateShape.shape,
  fields: z
    .record(
      z.string(),
      Json.refine((field) => Field.safeParse(field).success, { message: 'not a field of a form' }),
    )
    .optional(),
})).strict()
export type Gate = z.infer<typeof Gate>

const StepShape = lazyObject(() => ({
  title: z.string().max(200).optional().describe('What people read instead of the id.'),
  run: z
    .string()
    .min(1)
    .optional()
    .describe('A line for the shell. Values reach it through `environment`, never by `${{ }}`.'),
  command: z
    .array(Template)
    .min(1)
    .optional()
    .describe('A program and its arguments, started without a shell; each a template.'),
  stdin: Template.optional().describe('Standard input of `run` and `command`; a template.'),
  module: z
    .string()
    .min(1)
    .optional()
    .describe(
      '`./file.ts#name`: a function of a module, the default export without a name. It runs in a process of its own.',
    ),
  http: z
    .union([Template.min(1), HttpCall])
    .optional()
    .describe('An HTTP call: an address, or an address with method, headers and body.'),
  wait: z.union([Duration, Wait]).optional().describe('Waits for a duration, or until a moment.'),
  gate: Gate.optional().describe('Waits for a person to approve or to reject.'),
  workflow: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Path of another definition, beside this one: it is carried out as a run of its own.',
    ),
  with: z
    .record(z.string(), Json)
    .optional()
    .describe('Argument of `module`, or inputs of `workflow`; texts in it are templates.'),
  function: z
    .string()
    .min(1)
    .optional()
    .describe('Name of a function of the program that carries the run; only a program has these.'),
  needs: z.array(StepId).optional().describe('Steps that have to end before this one begins.'),
  when: Expression.optional().describe(
    'A condition, asked once all that the step needs has ended; false skips the step.',
  ),
  forEach: z
    .union([z.array(Json), Expression, ForEach])
    .optional()
    .describe('Runs the step once for each item of a list, with `item` and `index`.'),
  timeout: Duration.optional().describe('How long one attempt may take.'),
  sideEffects: SideEffects.optional().describe(
    'What a second run of the step may do outside: nothing (`none`), nothing more (`idempotent`), or harm (`external`). Default: `external` for whatever can change something.',
  ),
  onInterrupted: z
    .enum(['ask', 'rerun', 'fail'])
    .optional()
    .describe(
      'What a resume does when it is not known whether the step has had its effect. Default: `ask` when it is external, else `rerun`.',
    ),
  continueOnError: z
    .boolean()
    .optional()
    .describe('What needs this step goes on although it failed.'),
  workingFolder: Template.optional().describe(
    'Where it runs, from the folder of the definition; a template.',
  ),
  environment: z
    .record(z.string(), Template)
    .optional()
    .describe('Variables for its process, by name a template.'),
  passEnvironment: z
    .array(VariablePattern)
    .optional()
    .describe(
      'Variables of the environment of Unstuck that its process gets beside the base set: names, NAME* or *.',
    ),
  output: Json.optional().describe(
    'What the step returns, made of its `result`; texts in it are templates. Default: the result as it is.',
  ),
  maxOutput: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Largest output that is kept, in bytes. Default 16 MiB; more fails the step.'),
}))

/** What makes a step: exactly one of these stands in it. */
export const stepKinds = [
  'run',
  'command',
  'module',
  'http',
  'wait',
  'gate',
  'workflow',
  'function',
] as const
export type StepKind = (typeof stepKinds)[number]

export const StepDefinition = lazyObject(() => ({
  ...StepShape.shape,
  retry: RetryPolicy.optional().describe('When and how often the step is tried again.'),
}))
  .strict()
  .refine((step) => stepKinds.filter((kind) => step[kind] !== undefined).length === 1, {
    message: `a step has exactly one of ${stepKinds.slice(0, -1).join(', ')}`,
  })
export type StepDefinition = z.infer<typeof StepDefinition>

/** A step of a definition; `step[i]` is an item of a `forEach` and no name of its own. */
const DefinedStepId = StepId.refine((id) => !id.includes('['), 'a name without [ and ]')

const WorkflowShape = lazyObject(() => ({
  name: name.describe('What the workflow is called.'),
  version: z
    .string()
    .max(80)
    .optional()
    .describe('Any text; it is shown, and compared when a run is resumed.'),
  description: z.string().optional().describe('What the workflow is for.'),
  inputs: z
    .record(z.string(), Json)
    .optional()
    .describe(
      'By name a default value, or a field: an object whose `type` is one of string, text, integer, number, boolean, choice, date, json.',
    ),
  parallel: z
    .number()
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe('How many steps may run at the same time. Default 4.'),
  passEnvironment: z
    .array(VariablePattern)
    .optional()
    .describe('The same for every step: variables of the environment that their processes get.'),
  output: Json.optional().describe(
    'What the run returns to a run that waits for it; texts in it are templates.',
  ),
}))

/** A workflow as its author wrote it. Unknown keys are refused: a misspelt `needs` must not run. */
export const WorkflowDefinition = lazyObject(() => ({
  ...WorkflowShape.shape,
  steps: z
    .record(DefinedStepId, StepDefinition)
    .refine((steps) => Object.keys(steps).length > 0, {
      message: 'a workflow has at least one step',
    })
    .describe('What is done, by id.'),
})).strict()
export type WorkflowDefinition = z.infer<typeof WorkflowDefinition>

/** A workflow as a run has recorded it, perhaps by a version that knows more: what is unknown is kept. */
export const RecordedDefinition = lazyObject(() => ({
  ...WorkflowShape.shape,
  steps: z.record(
    StepId,
    z.looseObject({
      ...StepShape.shape,
      retry: RetryShape.loose().optional(),
      http: z.union([z.string(), HttpShape.loose()]).optional(),
      wait: z.union([Duration, WaitShape.loose()]).optional(),
      gate: GateShape.loose().optional(),
      forEach: z.union([z.array(Json), Expression, ForEachShape.loose()]).optional(),
    }),
  ),
})).loose()
export type RecordedDefinition = z.infer<typeof RecordedDefinition>
