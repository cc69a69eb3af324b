import { z } from 'zod'
import { lazyObject } from './lazyObject.ts'

/** What is wrong with a setting: where it stands, what was expected, and what was found, cut and with secrets masked. */
export const SettingsFinding = lazyObject(() => ({
  /** `unstuck.json`, or the name of an environment variable. */
  source: z.string(),
  /** RFC 6901; the empty one is the whole document. Null: a variable has no place in a document. */
  pointer: z.string().nullable(),
  /** From 1; null where it is not said by a text. */
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  expected: z.string(),
  found: z.string(),
}))
export type SettingsFinding = z.infer<typeof SettingsFinding>
