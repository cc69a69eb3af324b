// What a test may do to the double, over the channel between parent and child process.
import { app } from './app.ts'
import { currentWindow } from './browserWindow.ts'
import { answerNext } from './dialog.ts'
import { chooseFromMenu } from './menu.ts'
import { preventable } from './preventable.ts'
import { records } from './records.ts'
import { askPermission, respondTo } from './session.ts'
import type { ReceiveOptions } from './webContents.ts'

export type Controls = typeof controls

const controls = {
  records: () => records,
  chooseFromMenu: (path: readonly string[]) => chooseFromMenu(path),
  answerNext: (answer: Parameters<typeof answerNext>[0]) => answerNext(answer),
  askPermission: (asked: { readonly permission: string; readonly url: string }) =>
    askPermission(asked.permission, asked.url),
  /** A message that does not come from the application's own page. */
  receiveForeign: (message: {
    readonly channel: string
    readonly args: readonly unknown[]
    readonly senderFrame: ReceiveOptions['senderFrame']
    readonly isOtherWindow: boolean
  }) =>
    currentWindow().webContents.receive(message.channel, message.args, {
      isForeign: true,
      senderFrame: message.senderFrame,
      isOtherWindow: message.isOtherWindow,
    }),
  fetchOwn: async (url: string) => {
    const response = await respondTo(new Request(url))
    const policy = response?.headers.get('Content-Security-Policy') ?? null
    return { status: response?.status ?? 0, policy }
  },
  startSecondInstance: (additional: unknown) => {
    app.emit('second-instance', {}, [], '', additional)
  },
  drop: (url: string) => {
    const event = preventable({ url, isMainFrame: true })
    currentWindow().webContents.emit('will-frame-navigate', event)
    return { isPrevented: event.defaultPrevented }
  },
  closeWindow: () => {
    if (currentWindow().close()) app.emit('window-all-closed')
  },
  isWindowVisible: () => currentWindow().isVisible(),
  quit: () => app.quit(),
}

export function answerControl(): void {
  process.on('message', (asked: Asked) => {
    perform(asked).then(
      (value) => process.send?.({ id: asked.id, value: value ?? null }),
      (error: unknown) => process.send?.({ id: asked.id, error: String(error) }),
    )
  })
}

type Asked = { readonly id: number; readonly name: keyof Controls; readonly argument: unknown }

async function perform({ name, argument }: Asked): Promise<unknown> {
  const control = controls[name] as (argument: unknown) => unknown // the harness types its side with Controls
  return control(argument)
}
