import { readBundlePath } from '../../shared/core/bundle/bundlePath.ts'
import { AppError } from '../../shared/errors.ts'
import { BundleManifest, BundleVersion, bundleVersion } from '../../shared/core/bundle/manifest.ts'
import { notABundle, refusedEntry } from './bundleErrors.ts'
import type { BundleLimits } from './limits.ts'

/** Throws `version-too-new` for one of a later Unstuck, `corrupt` for one that names what a bundle cannot hold. */
export function readManifest(pieces: readonly Uint8Array[], limits: BundleLimits): BundleManifest {
  const value = parse(Buffer.concat(pieces).toString('utf8'))
  const said = BundleVersion.safeParse(value)
  if (!said.success) throw notABundle()
  if (said.data.version > bundleVersion) throw tooNew(said.data)
  const manifest = BundleManifest.safeParse(value)
  if (!manifest.success) {
    const [issue] = manifest.error.issues
    const message = `The manifest of the bundle does not fit: /${issue?.path.map(String).join('/') ?? ''} ${issue?.message ?? ''}. Nothing of it was kept.`
    throw new AppError('corrupt', message)
  }
  checkFiles(manifest.data, limits)
  return manifest.data
}

/** [B57] Before the first byte of a file: names, their twins in another case, sizes, and what they come to together. */
function checkFiles(
  { version, runs, files, documents = [] }: BundleManifest,
  limits: BundleLimits,
): void {
  if (runs.length + documents.length === 0) throw refusedEntry('manifest.json', 'names nothing')
  const hasDocuments = documents.length > 0 || files.some(({ run }) => run === null)
  if (version === 1 && (hasDocuments || runs.length === 0))
    throw refusedEntry('manifest.json', 'names what no bundle of its version holds')
  const known = new Set<string>(runs.map(({ id }) => id))
  if (known.size !== runs.length) throw refusedEntry('manifest.json', 'names a run twice')
  if (files.length > limits.files) throw refusedEntry('manifest.json', 'names too many files')
  const seen = new Set<string>()
  let total = 0
  for (const { path, run, sizeBytes } of files) {
    const place = readBundlePath(path)
    if (place === null) throw refusedEntry(path, 'has a name that no file of a run has')
    if (place.run !== run || (run !== null && !known.has(run)))
      throw refusedEntry(path, 'belongs to no run of it')
    if (seen.has(path.toLowerCase())) throw refusedEntry(path, 'is there twice')
    seen.add(path.toLowerCase())
    total += sizeBytes
    if (sizeBytes > limits.fileBytes || total > limits.totalBytes)
      throw refusedEntry(path, 'is larger than a bundle may hold')
  }
  for (const path of seen) {
    const below = foldersOf(path).find((folder) => seen.has(folder))
    if (below !== undefined) throw refusedEntry(path, 'lies below a file of it')
  }
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

function tooNew({ version, madeBy }: BundleVersion): AppError {
  const made = madeBy === undefined ? '' : `, made by Unstuck ${madeBy.version.slice(0, 40)}`
  const message = `The bundle is of format version ${version}${made}; this Unstuck knows versions up to ${bundleVersion}. Open it with a newer Unstuck.`
  return new AppError('version-too-new', message, { version })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
