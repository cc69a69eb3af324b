import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'

/** The folder that is opened, and the one document in it when a file was named. */
export async function locateWorkspace(
  path: string,
): Promise<{ readonly root: string; readonly document: string | null }> {
  const absolute = await existing(resolve(path))
  if ((await stat(absolute)).isDirectory()) return { root: absolute, document: null }
  const root = workspaceAround(absolute) ?? dirname(absolute)
  return { root, document: absolute.slice(root.length + 1).replaceAll('\\', '/') }
}

/** The workspace of a file that lies at `runs/<file>` or `runs/<day>/<file>`. */
function workspaceAround(file: string): string | null {
  const folder = dirname(file)
  const runs = [folder, dirname(folder)].find((one) => basename(one) === 'runs')
  return runs === undefined ? null : dirname(runs)
}

async function existing(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new AppError(
        'not-found',
        `There is no folder or file ${path}. Check the name, or make the folder first.`,
        { path },
        { cause: error },
      )
    const cause = error instanceof Error ? error.message : String(error)
    throw new AppError('io', `${path} cannot be opened: ${cause}`, { path }, { cause: error })
  }
}
