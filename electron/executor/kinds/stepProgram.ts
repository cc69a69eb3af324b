import { join } from 'node:path'
import { besideArchive, type NodeProgram } from '../findNode.ts'

/** The command that does what a call file says, when the path of that file is put behind it. */
export function stepProgram(
  node: Extract<NodeProgram, { readonly kind: 'found' }>,
): readonly string[] {
  return [node.path, ...node.flags, stepEntry(import.meta.dirname)]
}

/** Beside the program in a bundle, in the folder above in the source; in the desktop package it is the one of the command line. */
function stepEntry(folder: string): string {
  const resources = besideArchive(folder)
  if (resources !== null) return join(resources, 'command', 'cli', 'step.js')
  const isSource = import.meta.filename.endsWith('.ts')
  return isSource ? join(folder, '..', 'stepMain.ts') : join(folder, 'step.js')
}
