import { dialog, type BrowserWindow } from 'electron'
import { showUnseen } from '../../shared/unseen.ts'
import type { LiveRun, Workspaces } from './workspaces.ts'

const answers = ['background', 'pause', 'cancel', 'stay'] as const
type Answer = (typeof answers)[number]

/**
 * Asks what becomes of live runs, and does it. False: the application stays.
 * In the background the window is hidden and the process ends when the last run rests.
 */
export async function mayLeave(window: BrowserWindow, workspaces: Workspaces): Promise<boolean> {
  const live = workspaces.liveRuns()
  if (live.length === 0) return true
  const answer = await ask(window, live.length)
  if (answer === 'stay') return false
  if (answer !== 'background') return restAll(window, live, answer)
  window.hide()
  await workspaces.whenIdle()
  return !window.isVisible() // shown again meanwhile: a person is using it
}

async function ask(window: BrowserWindow, count: number): Promise<Answer> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: count === 1 ? 'A run is going on.' : `${count} runs are going on.`,
    detail:
      'In the background they go on without a window, and Unstuck ends with the last of them. ' +
      'Pausing waits for the steps that run now; a paused run can be resumed at any time. ' +
      'Cancelling ends its steps.',
    buttons: ['Go on in the background', 'Pause', 'Cancel the runs', 'Do not quit'],
    defaultId: 0,
    cancelId: 3,
  })
  return answers[response] ?? 'stay'
}

/** Both resolve only when it is on disk that the run rests. */
async function restAll(
  window: BrowserWindow,
  live: readonly LiveRun[],
  how: 'pause' | 'cancel',
): Promise<boolean> {
  const results = await Promise.allSettled(live.map((one) => one[how]()))
  const failures = results.flatMap((result, index) =>
    result.status === 'fulfilled' ? [] : [`${live[index]?.run ?? ''}: ${String(result.reason)}`],
  )
  if (failures.length === 0) return true
  await dialog.showMessageBox(window, {
    type: 'warning',
    message: `Not every run could be ${how === 'pause' ? 'paused' : 'cancelled'}. Unstuck stays open.`,
    detail: showUnseen(failures.join('\n')),
    buttons: ['OK'],
  })
  return false
}
