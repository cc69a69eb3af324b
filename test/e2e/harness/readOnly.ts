import { execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Makes a folder read-only, for root too. Returns what undoes it, or why it cannot be done on this machine. */
export async function makeReadOnly(
  folder: string,
): Promise<{ readonly undo: () => Promise<void> } | { readonly problem: string }> {
  if (process.getuid?.() !== 0) {
    await chmod(folder, 0o555)
    return { undo: () => chmod(folder, 0o755) }
  }
  try {
    await run('mount', ['--bind', folder, folder])
    await run('mount', ['-o', 'remount,ro,bind', folder])
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
  return { undo: () => run('umount', ['-l', folder]).then(() => undefined) }
}
