import { EventEmitter } from 'node:events'
import { closeChromium, launchChromium } from './chromium.ts'
import { closeWindow } from './browserWindow.ts'
import { preventable } from './preventable.ts'
import { record } from './records.ts'

const events = new EventEmitter()
const ready = launchChromium(userData())

export const app = Object.assign(events, {
  isPackaged: false,
  enableSandbox: () => record('app.enableSandbox'),
  requestSingleInstanceLock: (additional: unknown) => {
    record('app.requestSingleInstanceLock', { additional })
    return true
  },
  whenReady: async () => void (await ready),
  getPath: (name: string) => {
    if (name !== 'userData') throw new Error(`The double has no path ${name}.`)
    return userData()
  },
  getVersion: () => '0.0.0-double',
  quit: () => {
    const event = preventable({})
    events.emit('before-quit', event)
    if (!event.defaultPrevented && closeWindow()) void end(0)
  },
  exit: (code: number) => void end(code),
})

process.on('SIGTERM', () => app.quit())

async function end(code: number): Promise<void> {
  events.emit('quit')
  await closeChromium()
  process.exit(code)
}

/** The switch is Chromium's, and means the same to Electron. */
function userData(): string {
  const prefix = '--user-data-dir='
  const found = process.argv.find((arg) => arg.startsWith(prefix))
  if (found === undefined) throw new Error('The double is started with --user-data-dir.')
  return found.slice(prefix.length)
}
