import { z } from 'zod'
import { SettingsFinding } from '../schema/settingsFinding.ts'
import { AsOf, Rev, type CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** JSON text, cut where it is long. */
const ShownJson = z.object({ text: z.string(), isCut: z.boolean() })

/** One setting: what holds, who says so, and what the others would say. */
export const SettingState = lazyObject(() => ({
  key: z.string(),
  value: ShownJson,
  source: z.enum(['default', 'file', 'kept', 'environment']),
  /** What the text says, and where; null: nothing. */
  said: lazyObject(() => ({
    json: ShownJson,
    line: z.number().int(),
    column: z.number().int(),
    /** The key of an older version that says it. */
    oldKey: z.string().nullable(),
  })).nullable(),
  /** The variable that is set for it; one that cannot be used is among the findings. */
  variable: z.object({ name: z.string(), text: z.string(), isUsed: z.boolean() }).nullable(),
}))
export type SettingState = z.infer<typeof SettingState>

/** What is done with `unstuck.json`. */
export const SettingsAction = z.discriminatedUnion('kind', [
  lazyObject(() => ({
    kind: z.literal('set'),
    changes: z
      .array(
        z.object({
          /** Of a setting, or a JSON pointer of what stands in the file. */
          key: z.string().min(1).max(1000),
          /** JSON text; null: taken out, so that the default holds. */
          json: z.string().max(200_000).nullable(),
        }),
      )
      .min(1)
      .max(100),
  })),
  /** From an older version to this one. */
  z.object({ kind: z.literal('migrate') }),
  /** From the configuration of tapps-agents in this folder. */
  z.object({ kind: z.literal('import') }),
  /** Back to the text that was in force last. */
  z.object({ kind: z.literal('restore') }),
])
export type SettingsAction = z.infer<typeof SettingsAction>

/** A line of the file before and after; null: it is not there. */
const PlannedLine = lazyObject(() => ({
  before: z.number().int().nullable(),
  after: z.number().int().nullable(),
  text: z.string(),
}))

export const SettingsPlan = lazyObject(() => ({
  ready: z.boolean(),
  /** Why it is not done. */
  problems: z.array(z.string()),
  /** Those of them that have a place. */
  findings: z.array(SettingsFinding),
  /** Settings that would have another value in force. */
  rows: z.array(
    z.object({ key: z.string(), before: z.string(), after: z.string(), isOverridden: z.boolean() }),
  ),
  lines: z.array(PlannedLine),
  /** More lines than are shown. */
  linesCut: z.number().int(),
  /** Of a migration or an import: each key of the old form, what it is here, and why it is nothing. */
  taken: z.array(
    z.object({
      path: z.string(),
      value: z.string(),
      keys: z.array(z.string()),
      note: z.string().nullable(),
    }),
  ),
}))
export type SettingsPlan = z.infer<typeof SettingsPlan>

export const settingsCalls = {
  /** Every setting as it is in force now; the file is looked at again for it. */
  'settings.get': {
    input: z.object({}),
    output: lazyObject(() => ({
      settings: z.array(SettingState),
      /** Everything that is wrong with the file and the environment. */
      findings: z.array(SettingsFinding).max(200),
      /** Null: there is no such file. */
      file: z
        .object({ rev: Rev, version: z.number().int().nullable(), isUsed: z.boolean() })
        .nullable(),
      /** An older version that `migrate` brings to this one. */
      isOld: z.boolean(),
      /** Since when an earlier text is in force in place of the file; null: it is not. */
      keptSince: z.string().nullable(),
      /** The configuration of tapps-agents that could be imported. */
      importable: z.string().nullable(),
    })),
    effect: 'read',
  },
  /** The text of the file before and after, and what of it would be in force. */
  'settings.plan': {
    input: z.object({ action: SettingsAction, asOf: AsOf.nullable().default(null) }),
    output: z.object({
      plan: SettingsPlan,
      digest: z.string(),
      rev: Rev,
      asOf: AsOf,
    }),
    effect: 'read',
  },
  /** Whether a sample would be masked by each of these patterns; `built-in`: without any. */
  'settings.try': {
    input: lazyObject(() => ({
      of: z.enum(['keys', 'values', 'paths']),
      patterns: z.array(z.string().max(2000)).max(200),
      sample: z.string().max(10_000),
    })),
    output: z.object({ ends: z.array(z.enum(['pattern', 'built-in', 'no'])) }),
    effect: 'read',
  },
  /** Writes it, with a backup. Refused with `stale` where the file or the plan changed. Taken back by `document.undo`. */
  'settings.apply': {
    input: z.object({
      action: SettingsAction,
      asOf: AsOf,
      rev: Rev,
      digest: z.string().min(1),
    }),
    output: z.object({ rev: Rev, backup: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
