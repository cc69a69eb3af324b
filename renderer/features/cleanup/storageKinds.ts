import type { StorageKind } from '../../../shared/schema/storageKind.ts'

/** What each kind of file is called, and what it is. */
export const storageKinds: {
  readonly [K in StorageKind]: { readonly name: string; readonly hint: string }
} = {
  head: { name: 'Heads', hint: 'The whole run as one readable document' },
  journal: { name: 'Journals', hint: 'What happened to each run, record by record' },
  log: { name: 'Logs', hint: 'Output of the steps' },
  step: { name: 'Step reports', hint: 'What running steps report' },
  backup: { name: 'Backups', hint: 'Copies of what was there before a change' },
  archive: { name: 'Archive', hint: 'Compressed runs, still listed' },
  trash: { name: 'Trash', hint: 'What was taken away and can be restored' },
  temporary: { name: 'Left-over files', hint: 'Files that a process did not finish' },
  operation: { name: 'Operations log', hint: 'Who changed what' },
  other: { name: 'Others', hint: 'Locks, lists of changes and files that are no runs' },
}
