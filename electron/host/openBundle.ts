// A bundle is opened like a workspace: unpacked into a private folder, which goes with its host.
import { mkdir, realpath, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { neverCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import { bundleEnding } from '../../shared/core/bundle/manifest.ts'
import { looksLikeBundle, readBundle } from '../bundle/readBundle.ts'
import { makePrivateFolder } from '../executor/privateFolder.ts'
import { bundleFacts } from '../services/bundles/bundleFacts.ts'
import type { OpenedBundle } from '../services/bundles/bundleDesk.ts'
import type { Trust } from '../services/context.ts'

export type UnpackedBundle = {
  readonly root: string
  readonly cacheFolder: string
  readonly opened: OpenedBundle
  readonly close: () => Promise<void>
}

/** [B63] Null when the path is no bundle. Settings, trust and links of a bundle do not exist: only files of runs are unpacked. */
export async function openBundle(
  path: string,
  passphrase: string | null,
): Promise<UnpackedBundle | null> {
  const file = resolve(path)
  if (!file.endsWith(bundleEnding) || !(await isFile(file)) || !(await looksLikeBundle(file)))
    return null
  const folder = await realpath(makePrivateFolder('bundle'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    const root = join(folder, basename(file, bundleEnding) || 'bundle')
    await mkdir(root, { mode: 0o700 })
    const reading = await readBundle(file, { passphrase, folder: root, signal: neverCancelled })
    const opened = { file, name: basename(file), facts: bundleFacts(reading), reading }
    return { root, cacheFolder: join(folder, 'cache'), opened, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Why nothing can be changed in it. */
export function bundleReadOnlyReason({ name, facts }: OpenedBundle): string {
  const { madeBy, madeAt, source, redacted, damaged } = facts
  const secrets = redacted ? 'secrets masked' : 'nothing masked'
  const whole = damaged === 0 ? '' : `, ${damaged} of its files not whole`
  const made = `made ${madeAt.slice(0, 16).replace('T', ' ')} UTC by ${madeBy.application} ${madeBy.version} from ${source.workspace}`
  return `This is the bundle ${name} (${secrets}${whole}; ${made}), opened to be read. To go on with a run of it, import it into a workspace: unstuck import ${name} --apply --workspace DIR`
}

/** Steps of a bundle are never executed. */
export const neverTrusted: Trust = {
  isTrusted: async () => false,
  setTrusted: async (trusted) => {
    if (!trusted) return
    const message =
      'A bundle is never trusted: nothing of it is executed. Import the run into a workspace of yours, and trust that one.'
    throw new AppError('invalid-input', message)
  },
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    // Whoever opens it says what is wrong with the path.
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}
