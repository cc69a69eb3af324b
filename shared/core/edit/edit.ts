import { z } from 'zod'
import type { Run } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import type { ProposedStep } from '../resume/resumePlan.ts'
import { StepId } from '../../schema/ids.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

/** RFC 6901, into the run. */
const Path = z
  .string()
  .max(1000)
  .regex(/^(?:\/(?:[^~]|~[01])*)+$/, 'expected a pointer such as /inputs/amount')
/** A value as it was typed: as text, because a number such as 9007199254740993 would not survive being parsed. */
const JsonText = z.string().max(900_000)

/** One thing that a person wants to be different in a run. */
export const Edit = z.discriminatedUnion('kind', [
  /** The value there becomes this one; a key that an object lacks is added. */
  z.object({ kind: z.literal('set'), path: Path, json: JsonText }),
  /** A key that is not there yet, or an item before the one that has this index (`-`: behind the last). */
  z.object({ kind: z.literal('add'), path: Path, json: JsonText }),
  z.object({ kind: z.literal('remove'), path: Path }),
  /** The key of an object becomes another; its value stays. */
  z.object({ kind: z.literal('rename'), path: Path, name: z.string().max(1000) }),
  /** The step is taken to have succeeded with this output. */
  z.object({ kind: z.literal('succeed'), step: StepId, json: JsonText }),
  lazyObject(() => ({
    kind: z.literal('fail'),
    step: StepId,
    message: z.string().trim().min(1).max(10_000),
  })),
  z.object({ kind: z.literal('skip'), step: StepId }),
  /** Back to pending; `dependents`: with all that has gone on from its result. */
  z.object({ kind: z.literal('reset'), step: StepId, dependents: z.boolean().default(true) }),
])
export type Edit = z.infer<typeof Edit>

/** Many runs go over to a definition that changed: by the names of their steps the names that they have in it. */
export const MapSteps = lazyObject(() => ({
  kind: z.literal('mapSteps'),
  /** Path of the definition, absolute or relative to the workspace. */
  definition: z.string().min(1),
  mapping: z.record(z.string(), StepId).default({}),
}))
export type MapSteps = z.infer<typeof MapSteps>

/** The same with the definition that the file held when it was read. */
export type MapEdit = {
  readonly kind: 'mapSteps'
  readonly workflow: Run['workflow'] & { readonly definition: WorkflowDefinition }
  readonly mapping: Readonly<Record<string, StepId>>
}

export type UnmappedSteps = {
  readonly missing: readonly string[]
  readonly added: readonly string[]
  readonly proposed: readonly ProposedStep[]
}
export type ValueEdit = Extract<Edit, { readonly path: string }>
export type StepEdit = Extract<Edit, { readonly step: string }>

export function isMapEdit(edit: Edit | MapEdit): edit is MapEdit {
  return edit.kind === 'mapSteps'
}

export function isStepEdit(edit: Edit | MapEdit): edit is StepEdit {
  return 'step' in edit
}
