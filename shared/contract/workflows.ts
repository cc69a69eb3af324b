import { z } from 'zod'
import { Field } from '../schema/field.ts'
import { Json } from '../schema/json.ts'
import { SideEffects, stepKinds } from '../schema/workflow.ts'
import type { CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** A flaw of a definition. Line and column count from 1. */
export const DefinitionProblem = lazyObject(() => ({
  message: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  /** Keys to the value, such as `steps.build.needs[0]`; empty for the file. */
  path: z.string(),
  /** What may have been meant. */
  suggestion: z.string().nullable(),
}))
export type DefinitionProblem = z.infer<typeof DefinitionProblem>

const facts = {
  /** Relative to the workspace where it lies inside. */
  path: z.string(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  description: z.string().nullable(),
}

export const workflowCalls = {
  /** Definitions in the workspace, by path. Those in TypeScript or JavaScript are named without being executed. */
  'workflow.list': {
    input: z.object({}),
    output: lazyObject(() => ({
      workflows: z.array(
        z.object({ ...facts, steps: z.number().int(), problems: z.number().int() }),
      ),
    })),
    effect: 'read',
  },
  /** A definition with all its problems and what it asks for. One in TypeScript or JavaScript is executed, if the workspace is trusted. */
  'workflow.read': {
    input: z.object({
      /** Path of a definition, absolute or relative to the workspace. */
      definition: z.string().min(1),
    }),
    output: lazyObject(() => ({
      ...facts,
      fields: z.array(
        z.object({ name: z.string(), field: Field.nullable(), default: Json.nullable() }),
      ),
      /** In dependency order. */
      steps: z.array(
        z.object({
          id: z.string(),
          title: z.string().nullable(),
          kind: z.enum(stepKinds),
          needs: z.array(z.string()),
          forEach: z.boolean(),
          /** Whether it stands under a condition. */
          conditional: z.boolean().optional(),
          /** What a second run of it may do, as far as it is declared or follows from its kind. */
          sideEffects: SideEffects.optional(),
        }),
      ),
      problems: z.array(DefinitionProblem),
    })),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
