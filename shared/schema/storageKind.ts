import { z } from 'zod'

/** What a file of a workspace is, for the breakdown of its storage. */
export const StorageKind = z.enum([
  'head',
  'journal',
  'log',
  'step',
  'backup',
  'archive',
  'trash',
  'temporary',
  'operation',
  'other',
])
export type StorageKind = z.infer<typeof StorageKind>
