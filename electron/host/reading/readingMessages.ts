// What crosses between a host and its reading workers beside the frames of calls, which are strings.
import { z } from 'zod'
import { events, type EventName } from '../../../shared/contract/contract.ts'
import { RunId } from '../../../shared/schema/ids.ts'

/** `list` knows every row of the workspace; `documents` reads runs that are too large for the host's own thread; `exports` makes files. */
export const ReadingPurpose = z.enum(['list', 'documents', 'exports'])
export type ReadingPurpose = z.infer<typeof ReadingPurpose>

/** Given to a worker when it starts. */
export const ReadingTask = z.object({
  purpose: ReadingPurpose,
  path: z.string(),
  host: z.enum(['electron', 'browser', 'cli']),
  configFolder: z.string(),
  cacheFolder: z.string(),
  isSample: z.boolean(),
})
export type ReadingTask = z.infer<typeof ReadingTask>

const eventNames = Object.keys(events) as EventName[] // keys of a closed literal

const Unlocked = z.strictObject({
  run: RunId,
  day: z.string(),
  key: z.string(),
  bytes: z.instanceof(SharedArrayBuffer),
  sizeBytes: z.number(),
})

/** What a host tells a worker: something changed, an archive was opened or locked again, or it is to end. */
export const ReadingMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), name: z.enum(eventNames), value: z.unknown() }),
  z.strictObject({ kind: z.literal('unlocked'), archive: Unlocked }),
  z.strictObject({ kind: z.literal('locked'), runs: z.array(RunId).readonly() }),
  z.strictObject({ kind: z.literal('close') }),
])
export type ReadingMessage = z.infer<typeof ReadingMessage>
