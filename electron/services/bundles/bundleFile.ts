// The file of a bundle: made where it waits to be taken, of runs that are still what its manifest says.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { posix } from 'node:path'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import { bundleEnding, type BundleManifest } from '../../../shared/core/bundle/manifest.ts'
import type { Redactor } from '../../../shared/core/secrets/redact.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import { writeBundle } from '../../bundle/writeBundle.ts'
import type { ServiceContext } from '../context.ts'
import { bundleRedactor } from './bundleRedactor.ts'
import { openSources, type BundleSource, type RunSources } from './bundleSources.ts'
import { learnDocument, openDocumentSources } from './documentSources.ts'
import { distinct } from './gatherDocuments.ts'
import { requireBundleDesk } from './requireBundleDesk.ts'

type Input = HandlerInput<'bundle.export.plan'>
type Options = HandlerOptions<'bundle.export.plan'>

export async function makeBundleFile(
  context: ServiceContext,
  work: {
    readonly name: string
    readonly manifest: BundleManifest
    readonly input: Input
    readonly passphrase: string | null
  },
  { signal, progress }: Options,
): Promise<CallOutput<'bundle.export.apply'>> {
  const { name, manifest, input, passphrase } = work
  const desk = requireBundleDesk(context)
  const { token, path } = await desk.put('download', name)
  const content = contentOf(context, input, { manifest, signal, progress })
  try {
    const seal = passphrase === null ? null : { passphrase, workFactor: desk.workFactor }
    await writeBundle(path, { manifest, content, seal, signal })
    const { size } = await stat(path)
    return { download: token, name, sizeBytes: size, digest: await digestOf(path) }
  } catch (error) {
    await desk.remove(token)
    throw error
  }
}

/** Files of a run come one after the other, so each run is read once, and one is in memory at a time. */
function contentOf(
  context: ServiceContext,
  input: Input,
  { manifest, signal, progress }: Options & { readonly manifest: BundleManifest },
): (path: string) => AsyncIterable<Uint8Array> {
  const runs = new Map(manifest.files.map(({ path, run }) => [path, run]))
  const ids = manifest.runs.map(({ id }) => id)
  // What is masked was counted when the plan was made: the same in the same order, so that the labels are the same.
  const redactor = bundleRedactor(context, input)
  let current: { readonly run: RunId; readonly opened: RunSources } | null = null
  let documents: ReadonlyMap<string, BundleSource> | null = null
  return async function* content(path) {
    const run = runs.get(path)
    if (run === undefined) throw new AppError('bug', `${path} is not in the manifest.`)
    if (run === null) {
      documents ??= await documentSources(context, input, { manifest, redactor, signal })
      yield* sourceOf(documents.get(path), path).parts()
      return
    }
    if (current?.run !== run) {
      progress({ done: ids.indexOf(run), total: ids.length, item: run })
      current = { run, opened: await openSources(context, run, { ...input, redactor, signal }) }
    }
    const source = current.opened.sources.find((one) => one.path === path)
    yield* sourceOf(source, path).parts()
  }
}

function sourceOf(source: BundleSource | undefined, path: string): BundleSource {
  if (source !== undefined) return source
  throw new AppError('stale', `${path} is gone. No bundle was made. Review the plan again.`)
}

/** All secrets are learnt before the first is masked, as when the plan was made. */
async function documentSources(
  context: ServiceContext,
  input: Input,
  options: Pick<Options, 'signal'> & {
    readonly manifest: BundleManifest
    readonly redactor: Redactor | null
  },
): Promise<ReadonlyMap<string, BundleSource>> {
  const { manifest, redactor } = options
  const documents = distinct(input.documents)
  if (redactor !== null) for (const ref of documents) await learnDocument(context, ref, redactor)
  const taken = new Set(manifest.documents?.map(({ document }) => document))
  const found = new Map<string, BundleSource>()
  for (const ref of documents) {
    if (!taken.has(ref.document)) continue
    const { sources } = await openDocumentSources(context, ref, options)
    for (const source of sources) found.set(source.path, source)
  }
  return found
}

export function bundleName({
  runs,
  documents = [],
  madeAt,
}: {
  readonly runs: readonly { readonly id: string }[]
  readonly documents?: readonly { readonly document: string }[] | undefined
  readonly madeAt: string
}): string {
  const names = [...runs.map(({ id }) => id), ...documents.map(({ document }) => stemOf(document))]
  const [first = ''] = names
  const what = names.length === 1 ? first : `${names.length}-runs`
  return `${what}-${madeAt.slice(0, 10)}${bundleEnding}`
}

function stemOf(document: string): string {
  return posix.basename(document).replace(/(\.[A-Za-z0-9]{1,6})+$/, '')
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return `sha256:${hash.digest('hex')}`
}
