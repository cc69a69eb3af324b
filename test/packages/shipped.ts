// What can be seen of a package from outside.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AsarFile } from './readAsar.ts'
import { fuseSentinel } from './standIn.ts'

const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const

/** As they stand in the program, in the order of Electron's documentation. */
export async function fusesOf(program: string): Promise<Readonly<Record<string, boolean>>> {
  const bytes = await readFile(program)
  const start = bytes.indexOf(fuseSentinel) + fuseSentinel.length + 2
  const states = fuseNames.map((name, index) => {
    return [name, String.fromCharCode(bytes[start + index] ?? 0) === '1'] as const
  })
  return Object.fromEntries(states)
}

/** What a bundle asks for by name. */
export function importsOf(text: string): readonly string[] {
  const asked =
    /^(?:import|export)\b[^'"\n;]*?["']([^"'\n]+)["'];?$|\b(?:require|import)\("([^"]+)"\)/gm
  return [...text.matchAll(asked)].map(([, one, other]) => one ?? other ?? '')
}

/** Of all together, rounded up. */
export function kB(files: readonly AsarFile[]): number {
  return Math.ceil(files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1000)
}

/** Every file in a folder. */
export async function readAll(folder: string): Promise<readonly AsarFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  return Promise.all(files.map(async (path) => ({ path, bytes: await readFile(path) })))
}
