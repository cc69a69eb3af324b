import { app, dialog, type BrowserWindow } from 'electron'
import { electronUpdater } from './electronUpdater.ts'
import { feedOf, offerUpdate, type Question } from './updates.ts'

/** Where a feed is named. One that cannot be reached disturbs nobody; a download that was agreed to and failed is told. */
export async function lookForUpdate(
  window: BrowserWindow,
  remembered: string | null,
): Promise<void> {
  const feed = feedOf(process.env, remembered)
  if (feed.kind === 'off' || !app.isPackaged) return
  if (feed.kind === 'refused') return void process.stderr.write(`${feed.why}\n`)
  let isAgreed = false
  try {
    await offerUpdate(electronUpdater(feed.url), app.getVersion(), async (question) => {
      isAgreed = await agrees(window, question)
      return isAgreed
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    if (isAgreed) return tellFailure(window, why)
    process.stderr.write(`Updates could not be looked for at ${feed.url}: ${why}\n`)
  }
}

async function agrees(window: BrowserWindow, question: Question): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    ...question,
    buttons: ['Not now', 'Install when I quit'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}

async function tellFailure(window: BrowserWindow, why: string): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The update is not installed.',
    detail: `${why}\n\nThis version stays as it is. Start Unstuck again to try once more, or install the new version by hand.`,
    buttons: ['OK'],
  })
}
