import { join } from 'node:path'
import type { ExecutorContext } from '../executorContext.ts'

/** This process's own program, as Node: inside Electron it has to be told to be nothing else. */
export function ownNode(): ExecutorContext['node'] {
  const isElectron = process.versions['electron'] !== undefined
  return {
    command: [process.execPath],
    environment: isElectron ? { ELECTRON_RUN_AS_NODE: '1' } : {},
  }
}

/** The command that does what a call file says, when the path of that file is put behind it. */
export function stepProgram(node: ExecutorContext['node']): readonly string[] {
  return [...node.command, ...stripsTypes, stepEntry]
}

// From Node 22.18 on types are stripped unasked.
const stripsTypes =
  process.features.typescript === false
    ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
    : []

/** Beside the program in a bundle, in the folder above in the source. */
const stepEntry = import.meta.filename.endsWith('.ts')
  ? join(import.meta.dirname, '..', 'stepMain.ts')
  : join(import.meta.dirname, 'step.js')
