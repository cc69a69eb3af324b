import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Client } from '../../shared/contract/contract.ts'
import { connect } from '../../shared/rpc/connect.ts'

/** The packaged main process, with this process as its page. */
export type Started = {
  readonly client: Client
  readonly preload: string
  /** The page that it loaded first. */
  readonly page: string
  /** Resolves with the exit code of an application that is let go. */
  close(): Promise<number | null>
  kill(): void
}

const electron = fileURLToPath(new URL('windowless/register.ts', import.meta.url))

type Message = { readonly frame?: string; readonly preload?: string; readonly page?: string }

/** Starts the program of the package, as a desktop does, on a workspace. */
export async function startPackaged(options: {
  readonly program: string
  readonly workspace: string
  readonly userData: string
  readonly env: Readonly<Record<string, string>>
}): Promise<Started> {
  const { program, workspace, userData } = options
  const child = spawn(program, [workspace], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...options.env,
      STAND_IN_NODE: process.execPath,
      STAND_IN_ELECTRON: electron,
      STAND_IN_USER_DATA: userData,
    },
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const told = { preload: '', page: '' }
  await new Promise<void>((resolve, reject) => {
    child.on('message', ({ preload, page }: Message) => {
      if (preload !== undefined) told.preload = preload
      if (page === undefined) return
      told.page = page
      resolve()
    })
    child.once('error', reject)
    void ended.then((code) => reject(new Error(`The application ended (${code}) too early.`)))
  })
  const client = connect({
    send: (frame) => void child.send({ frame }),
    onFrame: (listener) => {
      const hear = ({ frame }: Message): void => void (frame !== undefined && listener(frame))
      child.on('message', hear)
      return () => void child.off('message', hear)
    },
    onClose: (listener) => {
      child.once('exit', listener)
      return () => void child.off('exit', listener)
    },
    close: () => undefined,
  })
  return {
    client,
    ...told,
    kill: () => void child.kill('SIGKILL'),
    close: () => {
      client.close()
      child.disconnect()
      return ended
    },
  }
}
