import { z } from 'zod'
import { errorCodes } from '../../shared/errors.ts'
import { AnnotationChange } from '../../shared/schema/annotationChange.ts'
import { CheckpointId, RunId, StepId } from '../../shared/schema/ids.ts'
import { Json } from '../../shared/schema/json.ts'

const asked = { run: RunId, by: z.string().max(200), reason: z.string().max(2000).nullable() }

/** What a process asks of the one that holds a run: one line of JSON through its control socket. */
export const ControlCommand = z.discriminatedUnion('command', [
  z.strictObject({ ...asked, command: z.literal('pause') }),
  z.strictObject({ ...asked, command: z.literal('cancel') }),
  z.strictObject({
    ...asked,
    command: z.literal('decide'),
    step: StepId,
    decision: z.enum(['approved', 'rejected']),
    values: z.record(z.string(), Json),
  }),
  z.strictObject({ ...asked, command: z.literal('retry'), step: StepId }),
  z.strictObject({ ...asked, command: z.literal('annotate'), change: AnnotationChange }),
  z.strictObject({ ...asked, command: z.literal('checkpoint'), name: z.string().min(1).max(200) }),
])
export type ControlCommand = z.infer<typeof ControlCommand>

/** `ok`: a pause or a cancel was taken, and the journal shows what came of it; anything else is recorded. */
export const ControlAnswer = z.union([
  z.strictObject({ ok: z.literal(true), checkpoint: CheckpointId.optional() }),
  z.strictObject({ error: z.strictObject({ code: z.enum(errorCodes), message: z.string() }) }),
])
export type ControlAnswer = z.infer<typeof ControlAnswer>

/** The values of a gate's form are the largest that goes through it. */
export const maxControlLine = 1_048_576
