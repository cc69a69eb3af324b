// The sample, made once for all tests of a worker: to make it takes longer than most of them do with it.
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startCli, type Environment } from './processes.ts'

export type SharedSample = {
  /** The folder as it was made. Its runs know their folder, so it is the same one each time. */
  anew(): Promise<string>
}

export function createSharedSample(folder: string, env: Environment): SharedSample {
  const [workspace, kept] = [join(folder, 'workspace-1'), join(folder, 'kept')]
  let made: Promise<void> | null = null

  async function make(): Promise<void> {
    const making = startCli(['sample', workspace], { cwd: folder, env })
    const { code } = await making.ended
    if (code !== 0) throw new Error(`The sample was not made: ${making.stderr()}`)
    await copy(workspace, kept)
  }

  return {
    anew: async () => {
      await (made ??= make())
      await rm(workspace, { recursive: true, force: true, maxRetries: 5 })
      await copy(kept, workspace)
      return workspace
    },
  }
}

/** Some formats say no time, and the file's is taken. */
function copy(from: string, to: string): Promise<void> {
  return cp(from, to, { recursive: true, preserveTimestamps: true })
}
