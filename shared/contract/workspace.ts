import { z } from 'zod'
import { BundleFacts } from './bundles.ts'
import type { CallRow } from './call.ts'
import { Settings } from '../schema/settings.ts'
import { ScheduledCleanup } from './cleanup.ts'
import { lazyObject } from '../schema/lazyObject.ts'

export const Workspace = lazyObject(() => ({
  id: z.string(),
  name: z.string(),
  /** Null where the host keeps its paths to itself. */
  path: z.string().nullable(),
  /** Set when a single file was opened instead of a folder: its path relative to `path`. */
  document: z.string().nullable(),
  writable: z.boolean(),
  readOnlyReason: z.string().nullable(),
  trusted: z.boolean(),
  isSample: z.boolean(),
  application: z.object({ version: z.string(), host: z.enum(['electron', 'browser', 'cli']) }),
  /** What is wrong with `unstuck.json`; the last good settings stay in force. */
  settingsProblem: z.string().nullable(),
  /** What the last clean-up by schedule came to. */
  lastCleanup: ScheduledCleanup.nullable().optional(),
  /** Of a bundle that was opened: what it says of itself. It is unpacked, read-only and never trusted. */
  bundle: BundleFacts.nullable().optional(),
  /** What is masked besides what looks like a secret: names of keys, patterns of values, paths. */
  redaction: Settings.shape.redaction.unwrap().optional(),
}))
export type Workspace = z.infer<typeof Workspace>

export const RecentWorkspace = lazyObject(() => ({
  path: z.string(),
  name: z.string(),
  /** How many of its runs needed attention when it was last looked at; null: not known. */
  attention: z.number().int().nullable(),
  isCurrent: z.boolean(),
}))
export type RecentWorkspace = z.infer<typeof RecentWorkspace>

export const workspaceCalls = {
  /**
   * What is open: a folder, one file of it or a bundle; whether it can be written and is trusted; what its last
   * clean-up by schedule did; what its settings want hidden.
   */
  'workspace.get': { input: z.object({}), output: Workspace, effect: 'read' },
  /** Says whether steps of this folder's workflows may be executed. Kept outside the workspace. */
  'workspace.trust': {
    input: z.object({ trusted: z.boolean() }),
    output: Workspace,
    effect: 'write',
  },
  /** Shows the workspace in the file manager of who looks at it, which only the desktop application has. */
  'workspace.reveal': {
    input: z.object({}),
    /** False: the host has no desktop. */
    output: z.object({ shown: z.boolean() }),
    effect: 'read',
  },
  /** Workspaces that were open lately, the latest first. A host that shows one workspace names no other. */
  'workspace.recent': {
    input: z.object({}),
    output: z.object({ workspaces: z.array(RecentWorkspace).max(10), canOpen: z.boolean() }),
    effect: 'read',
  },
  /** Opens one of the recent ones in place of this. The answer comes before: the page is loaded anew. */
  'workspace.open': {
    input: z.object({
      path: z.string().min(1).max(4096),
      /** What its page is to show first, as in an address: `#/…`. */
      view: z
        .string()
        .regex(/^#\/\S*$/)
        .max(4096)
        .optional(),
    }),
    output: z.object({ opening: z.string() }),
    effect: 'write',
  },
  /**
   * Opens the encrypted bundle that this host was given. Until then every call fails with `needs: passphrase`; a wrong one
   * fails so too, and can be followed by another. Never logged, never kept.
   */
  'workspace.unlock': {
    input: z.object({ passphrase: z.string().min(1).max(1000) }),
    output: z.object({ name: z.string() }),
    effect: 'read',
  },
  /** Adds real runs of every kind to an empty workspace. */
  'sample.create': {
    input: z.object({}),
    output: z.object({ runs: z.number().int() }),
    effect: 'write',
    progress: z.object({ sentence: z.string() }),
  },
} as const satisfies Record<string, CallRow>
