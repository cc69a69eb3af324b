import { dialog, type BrowserWindow } from 'electron'
import { showUnseen } from '../../shared/unseen.ts'
import { toAppError, type ErrorCode } from '../../shared/errors.ts'

const advice = {
  'invalid-input': 'Choose another folder or file.',
  'not-found': 'It may have been moved or deleted. Choose another folder or file.',
  corrupt: 'Open it to see what is damaged; nothing was changed.',
  locked: 'Close the other program that uses it, then try again.',
  'version-too-new': 'Update Unstuck; the file was not touched.',
  stale: 'Something changed in between. Try again.',
  untrusted: 'Open the folder, look at its workflows, and trust it if you know them.',
  'read-only': 'It can be looked at; to change it, open a folder that can be written.',
  cancelled: 'Nothing was changed.',
  busy: 'Nothing was changed. Wait a little, then try again.',
  'in-doubt': 'Look at the operations before you do it again.',
  io: 'Check that the disk is there, that it is not full, and that you may read it. Then try again.',
  bug: 'This should not happen. Start Unstuck again; if it comes back, report it with this text.',
} as const satisfies Record<ErrorCode, string>

/** What happened, and what to do. */
export function explain(error: unknown): string {
  const known = toAppError(error)
  return showUnseen(`${known.message}\n\n${advice[known.code]}`)
}

export async function showProblem(
  window: BrowserWindow,
  title: string,
  error: unknown,
): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'error',
    message: showUnseen(title),
    detail: explain(error),
    buttons: ['OK'],
  })
}
