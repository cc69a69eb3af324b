import type { Command } from './command.ts'
import { approveCommand } from './commands/approve.ts'
import { archiveCommand } from './commands/archive.ts'
import { blameCommand } from './commands/blame.ts'
import { batchCommand } from './commands/batch.ts'
import { bundleCommand } from './commands/bundle.ts'
import { cancelCommand } from './commands/cancel.ts'
import { checkCommand } from './commands/check.ts'
import { checkpointCommand } from './commands/checkpoint.ts'
import { cleanupCommand } from './commands/cleanup.ts'
import { diffCommand } from './commands/diff.ts'
import { editCommand } from './commands/edit.ts'
import { errorsCommand } from './commands/errors.ts'
import { exportCommand } from './commands/export.ts'
import { hostCommand } from './commands/host.ts'
import { importCommand } from './commands/import.ts'
import { listCommand } from './commands/list.ts'
import { lockCommand } from './commands/lock.ts'
import { mapCommand } from './commands/map.ts'
import { migrateCommand } from './commands/migrate.ts'
import { annotateCommand } from './commands/annotate.ts'
import { openCommand } from './commands/open.ts'
import { operationsCommand } from './commands/operations.ts'
import { pauseCommand } from './commands/pause.ts'
import { rejectCommand } from './commands/reject.ts'
import { repairCommand } from './commands/repair.ts'
import { restoreCommand } from './commands/restore.ts'
import { resumeCommand } from './commands/resume.ts'
import { retryCommand } from './commands/retry.ts'
import { runCommand } from './commands/run.ts'
import { salvageCommand } from './commands/salvage.ts'
import { sampleCommand } from './commands/sample.ts'
import { selectCommand } from './commands/select.ts'
import { serveCommand } from './commands/serve.ts'
import { settingsCommand } from './commands/settings.ts'
import { showCommand } from './commands/show.ts'
import { storageCommand } from './commands/storage.ts'
import { trashCommand } from './commands/trash.ts'
import { trustCommand } from './commands/trust.ts'
import { tryCommand } from './commands/try.ts'
import { unarchiveCommand } from './commands/unarchive.ts'
import { viewCommand } from './commands/view.ts'
import { undoCommand } from './commands/undo.ts'
import { validateCommand } from './commands/validate.ts'

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  listCommand,
  viewCommand,
  errorsCommand,
  selectCommand,
  showCommand,
  diffCommand,
  blameCommand,
  checkCommand,
  validateCommand,
  runCommand,
  resumeCommand,
  batchCommand,
  pauseCommand,
  cancelCommand,
  approveCommand,
  rejectCommand,
  retryCommand,
  checkpointCommand,
  tryCommand,
  editCommand,
  undoCommand,
  repairCommand,
  salvageCommand,
  migrateCommand,
  mapCommand,
  importCommand,
  exportCommand,
  bundleCommand,
  openCommand,
  cleanupCommand,
  restoreCommand,
  trashCommand,
  storageCommand,
  annotateCommand,
  operationsCommand,
  archiveCommand,
  unarchiveCommand,
  lockCommand,
  settingsCommand,
  trustCommand,
  hostCommand,
  serveCommand,
  sampleCommand,
]
