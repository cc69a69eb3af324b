import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright'
import type { Controls } from '../electronDouble/control.ts'
import { chromiumFlags, chromiumPath, root } from './machine.ts'
import { startNode, type Running } from './processes.ts'
import type { Desktop, Opened, OpenOptions } from './target.ts'

const register = pathToFileURL(join(root, 'test/e2e/electronDouble/register.ts')).href
const main = join(root, 'dist/main/main.js')

/** The built main process, preload script and screens, on a double of Electron that drives a real Chromium. */
export async function openInElectronDouble(options: OpenOptions): Promise<Opened> {
  const path = options.path === null ? [] : [options.path]
  const args = ['--import', register, main, `--user-data-dir=${options.userData}`, ...path]
  const running = startNode(args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...options.env,
      UNSTUCK_CHROMIUM: chromiumPath(),
      UNSTUCK_CHROMIUM_FLAGS: JSON.stringify(['--remote-debugging-port=0', ...chromiumFlags]),
    },
  })
  const loaded = messageOf(running, 'loaded')
  const { endpoint } = await messageOf(running, 'ready')
  await loaded
  const browser = await chromium.connectOverCDP(String(endpoint))
  const page = browser.contexts()[0]?.pages()[0]
  if (page === undefined) throw new Error(`The double has no page.\n${running.stderr()}`)
  return {
    page,
    pid: running.pid,
    desktop: desktopOf(running),
    output: () => running.stdout() + running.stderr(),
    close: async () => {
      await running.stop()
      await browser.close()
    },
  }
}

type Message = { readonly event?: string; readonly [key: string]: unknown }

function messageOf(running: Running, event: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    running.child.on('message', (message: Message) => {
      if (message.event === event) resolve(message)
    })
    void running.ended.then(({ code, signal }) =>
      reject(
        new Error(`The application ended (${code ?? signal}) too early.\n${running.stderr()}`),
      ),
    )
  })
}

function desktopOf(running: Running): Desktop {
  const ask = createAsk(running)
  return {
    chooseFromMenu: (...labels) => ask('chooseFromMenu', labels),
    answerNext: (answer) => ask('answerNext', answer),
    sendForeign: (sender, frame) =>
      ask('receiveForeign', {
        channel: 'unstuck:frame',
        args: [frame],
        isOtherWindow: sender.isOtherWindow ?? false,
        senderFrame: {
          origin: sender.origin,
          parent: sender.parentOrigin ? { origin: sender.parentOrigin, parent: null } : null,
        },
      }),
    fetchOwn: (url) => ask('fetchOwn', url),
    startSecondInstance: (path) => ask('startSecondInstance', { path }),
    drop: (path) => ask('drop', pathToFileURL(path).href),
    isWindowVisible: () => ask('isWindowVisible', null),
    closeWindow: () => ask('closeWindow', null),
    ended: running.ended.then(({ code }) => code),
    records: () => ask('records', null),
    askPermission: (permission, url) => ask('askPermission', { permission, url }),
  }
}

type Argument<N extends keyof Controls> = Parameters<Controls[N]> extends [infer A] ? A : null

function createAsk(running: Running) {
  let asked = 0
  return async <N extends keyof Controls>(
    name: N,
    argument: Argument<N>,
  ): Promise<Awaited<ReturnType<Controls[N]>>> => {
    const id = ++asked
    const answer = new Promise<Message>((resolve) => {
      const listen = (message: Message): void => {
        if (message['id'] !== id) return
        running.child.off('message', listen)
        resolve(message)
      }
      running.child.on('message', listen)
    })
    running.child.send({ id, name, argument })
    const { value, error } = await answer
    if (typeof error === 'string') throw new Error(error)
    return value as Awaited<ReturnType<Controls[N]>> // both sides are typed by Controls
  }
}
