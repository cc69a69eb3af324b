// The id of this machine: the system's own, or one that is kept in the user's configuration folder.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asWriteError, isRefused, isMissing, isTaken } from './storeErrors.ts'

export type MachineIdOptions = {
  readonly configFolder: string
  readonly randomId: (length: number) => string
  readonly systemFiles?: readonly string[]
}

export async function readMachineId(options: MachineIdOptions): Promise<string> {
  const kept = join(options.configFolder, 'machine-id')
  for (const path of [...(options.systemFiles ?? systemFiles), kept]) {
    const id = await readId(path)
    if (id !== null) return id
  }
  return keepId(kept, options)
}

async function readId(path: string): Promise<string | null> {
  try {
    const id = (await readFile(path, 'utf8')).trim()
    // systemd writes "uninitialized" while an image is prepared.
    return id === '' || id === 'uninitialized' ? null : id
  } catch (error) {
    if (isMissing(error) || isRefused(error)) return null
    throw error
  }
}

/** An id that cannot be kept is not one: an empty id proves nothing, so a lock is then never taken for stale. */
async function keepId(path: string, options: MachineIdOptions): Promise<string> {
  try {
    await mkdir(options.configFolder, { recursive: true, mode: 0o700 })
    const id = options.randomId(32)
    await writeFile(path, `${id}\n`, { flag: 'wx', mode: 0o600 })
    return id
  } catch (error) {
    if (isTaken(error)) return (await readId(path)) ?? ''
    if (isRefused(error)) return ''
    const what = `The id of this machine could not be kept in ${options.configFolder}`
    throw asWriteError(error, what)
  }
}

const systemFiles = ['/etc/machine-id', '/var/lib/dbus/machine-id'] as const
