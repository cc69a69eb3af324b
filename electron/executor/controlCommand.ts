import { z } from 'zod'
import { errorCodes } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'

/** What a process asks of the one that holds a run: one line of JSON through its control socket. */
export const ControlCommand = z.strictObject({
  run: RunId,
  command: z.enum(['pause', 'cancel']),
  by: z.string().max(200),
  reason: z.string().max(2000).nullable(),
})
export type ControlCommand = z.infer<typeof ControlCommand>

/** `ok`: the command was taken. What came of it is in the journal. */
export const ControlAnswer = z.union([
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ error: z.strictObject({ code: z.enum(errorCodes), message: z.string() }) }),
])
export type ControlAnswer = z.infer<typeof ControlAnswer>

export const maxControlLine = 16_384
