// The files of a bundled run as those of a run of this workspace.
import { readBundlePath } from '../../../shared/core/bundle/bundlePath.ts'
import type { NewIds } from '../../../shared/core/bundle/runLinks.ts'
import { renameRecord, renameRun, type NewIdentity } from '../../../shared/core/bundle/renameRun.ts'
import { AppError } from '../../../shared/errors.ts'
import { nativeFormat } from '../../../shared/schema/head.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { BundleReading } from '../../bundle/readBundle.ts'
import { workspacePath } from '../../bundle/workspacePath.ts'
import type { Adoption, AdoptedFile } from '../../store/adoptRun.ts'
import type { Store } from '../../store/store.ts'
import type { ServiceContext } from '../context.ts'
import { readStoredRun } from '../openStoredRun.ts'
import { changedTexts, isWhole, type Texts } from './sealedTexts.ts'

type Names = {
  readonly run: RunId
  readonly as: RunId
  /** Of all runs that are imported with it. */
  readonly ids: NewIds
}
type Bundle = Pick<BundleReading, 'manifest' | 'damage'> & {
  readonly store: Store
  readonly digest: string
  /** Of the file. */
  readonly name: string
}

/** [B62] Reports of processes stay behind: they are of another machine. So do copies under an id that changed. */
export async function adoptionOf(
  context: ServiceContext,
  { run, as, ids }: Names,
  bundle: Bundle,
): Promise<Adoption> {
  const { manifest, damage, store } = bundle
  const day = manifest.runs.find(({ id }) => id === run)?.day ?? ''
  const broken = new Set(damage.map(({ file }) => file))
  const texts = await textsOf(context, { run, as, ids }, bundle)
  const files = manifest.files.flatMap((file): readonly AdoptedFile[] => {
    const from = readBundlePath(file.path)
    if (file.run !== run || from === null || broken.has(file.path)) return []
    if (from.kind === 'step' || from.kind === 'document') return []
    if (from.kind === 'backup' && as !== run) return []
    const path = workspacePath({ ...from, run: as }, day)
    const text =
      from.kind === 'head' ? texts?.head : from.kind === 'journal' ? texts?.journal : null
    if (text !== undefined && text !== null) return [{ path, parts: () => textParts(text) }]
    const source = workspacePath(from, day)
    return [{ path, parts: () => storedParts(store, source) }]
  })
  return { day, files: withBoth(files, { as, day, texts }) }
}

/** A head or journal that was damaged in the bundle, and was made of the other one. */
function withBoth(
  files: readonly AdoptedFile[],
  { as, day, texts }: { readonly as: RunId; readonly day: string; readonly texts: Texts | null },
): readonly AdoptedFile[] {
  if (texts === null) return files
  const head = workspacePath({ kind: 'head', run: as }, day)
  if (files.some(({ path }) => path === head)) return files
  return [...files, { path: head, parts: () => textParts(texts.head) }]
}

/** Null for a damaged run: it is taken as it is, for whoever repairs it. */
async function textsOf(
  context: ServiceContext,
  { run, as, ids }: Names,
  { store, digest, name }: Bundle,
): Promise<Texts | null> {
  const opened = await readStoredRun({ ...context, store }, run)
  if (!isWhole(opened)) {
    if (as === run) return null
    throw new AppError('corrupt', `Run ${run} is damaged, and its id is taken here.`, { run })
  }
  const identity: NewIdentity = {
    id: as,
    was: run,
    origin: { format: nativeFormat, document: name, item: run, digest },
    folder: context.store.root,
    ids,
  }
  return changedTexts(context, opened, {
    run: (json) => renameRun(json, identity),
    record: (json) => renameRecord(json, identity),
  })
}

async function* textParts(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

async function* storedParts(store: Store, path: string): AsyncGenerator<Uint8Array> {
  for (let offset = 0; ;) {
    const { bytes } = await store.readSlice(path, { offset, limitBytes: pieceBytes })
    if (bytes.byteLength === 0) return
    offset += bytes.byteLength
    yield bytes
  }
}

const pieceBytes = 256 * 1024
