/** What a call of the log is called on a screen; a call that has no words of its own is shown as it is. */
export function operationWords(call: string): string {
  return words.get(call) ?? call
}

const words: ReadonlyMap<string, string> = new Map([
  ['run.start', 'Start'],
  ['resume.apply', 'Resume'],
  ['resume.batch.start', 'Start a batch'],
  ['resume.batch.pause', 'Pause a batch'],
  ['resume.batch.continue', 'Let a batch go on'],
  ['resume.batch.cancel', 'Cancel a batch'],
  ['resume.batch.retry', 'Retry what failed in a batch'],
  ['run.retry', 'Retry now'],
  ['run.decide', 'Decide at a gate'],
  ['run.pause', 'Pause'],
  ['run.cancel', 'Cancel'],
  ['run.checkpoint', 'Make a checkpoint'],
  ['run.annotate', 'Annotate'],
  ['run.archive', 'Archive'],
  ['run.unarchive', 'Bring back from the archive'],
  ['step.try', 'Try a step'],
  ['lock.break', 'Break a lock'],
  ['edit.apply', 'Edit'],
  ['edit.batch.apply', 'Edit (one of many)'],
  ['edit.undo', 'Undo an edit'],
  ['repair.apply', 'Repair'],
  ['repair.undo', 'Undo a repair'],
  ['repair.batch.apply', 'Repair (one of many)'],
  ['repair.batch.undo', 'Undo a repair (one of many)'],
  ['migrate.apply', 'Migrate'],
  ['migrate.rollback', 'Roll back a migration'],
  ['cleanup.apply', 'Clean up'],
  ['cleanup.restore', 'Restore from the trash'],
  ['cleanup.schedule', 'Clean up by schedule'],
  ['cleanup.settings.set', 'Keep a clean-up policy'],
  ['purge.apply', 'Delete for good'],
  ['trash.sweep', 'Sweep left-over files'],
  ['document.edit', 'Edit another engine’s state'],
  ['document.repair', 'Repair another engine’s state'],
  ['document.migrate', 'Migrate another engine’s state'],
  ['document.undo', 'Undo a change of another engine’s state'],
  ['document.resume', 'Resume by the engine’s own command'],
  ['document.import', 'Import'],
  ['document.map', 'Map a document'],
  ['document.cleanup', 'Clean up by the engine’s rules'],
])
/** Calls that a log may have, in the order in which a person is asked to choose one. */
export const operationCalls: readonly string[] = [...words.keys()]
