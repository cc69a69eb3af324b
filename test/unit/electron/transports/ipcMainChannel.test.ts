import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { ipcMainChannel } from '../../../../electron/transports/ipcMainChannel.ts'
import { ipcName } from '../../../../electron/transports/ipcName.ts'

type Frame = { readonly url: string }
type Event = {
  readonly sender: unknown
  readonly senderFrame: Frame
  readonly reply: (name: string, frame: string) => void
}

function openWindow(ipcMain: EventEmitter) {
  const sent: string[] = []
  const contents = Object.assign(new EventEmitter(), {
    send: (_name: string, frame: string) => void sent.push(frame),
    isDestroyed: () => false,
  })
  const channel = ipcMainChannel<Event>({
    ipcMain,
    contents,
    isAllowed: ({ senderFrame }) => senderFrame.url === 'app://main',
  })
  const frames: string[] = []
  channel.onFrame((frame) => frames.push(frame))
  const receive = (frame: unknown, url = 'app://main'): unknown[] => {
    const replies: unknown[] = []
    const reply = (_name: string, text: string): void => void replies.push(JSON.parse(text))
    ipcMain.emit(ipcName, { sender: contents, senderFrame: { url }, reply }, frame)
    return replies
  }
  return { channel, contents, frames, sent, receive }
}

it('[Q18] a frame of a page that is none of ours is refused with an error', () => {
  const { frames, receive } = openWindow(new EventEmitter())

  const replies = receive('{}', 'https://example.org')

  expect(replies).toEqual([
    {
      kind: 'error',
      id: null,
      code: 'untrusted',
      message: 'Calls are taken from the main page only.',
      details: {},
    },
  ])
  expect(frames).toEqual([])
})

it('[Q18] each window has its own pipe', () => {
  const ipcMain = new EventEmitter()
  const [first, second] = [openWindow(ipcMain), openWindow(ipcMain)]

  first.receive('one')
  second.receive('two')

  expect([first.frames, second.frames]).toEqual([['one'], ['two']])
})

it('[Q12] a message that is no text is handed on as a frame that will be refused', () => {
  const { frames, receive } = openWindow(new EventEmitter())

  receive({ kind: 'call' })

  expect(frames).toEqual(['null'])
})

it.each(['destroyed', 'render-process-gone', 'did-navigate'])(
  '[Q18] the pipe closes and hears nothing more on %s',
  (end) => {
    const ipcMain = new EventEmitter()
    const { channel, contents, frames, receive } = openWindow(ipcMain)
    let closings = 0
    channel.onClose(() => (closings += 1))

    contents.emit(end)
    receive('late')

    expect([closings, frames, ipcMain.listenerCount(ipcName)]).toEqual([1, [], 0])
    expect(() => channel.send('late')).toThrow('The window is closed.')
  },
)
