import { z } from 'zod'

/**
 * Why a value of a form cannot be taken; `name` is the field's, or one that no field has. A refusal carries a list of them as
 * `details.problems`.
 */
export const ValueProblem = z.object({ name: z.string(), message: z.string() })
export type ValueProblem = z.infer<typeof ValueProblem>
