// Makes runs of this workspace out of those of a bundle. The bundle is the work of a stranger, and is read as one.
import { appendFile, rm, stat } from 'node:fs/promises'
import type { CancelSignal } from '../../../shared/cancel.ts'
import type { BundleImportPlan, BundleImportRow } from '../../../shared/contract/bundles.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import { linkNotes, type NewIds } from '../../../shared/core/bundle/runLinks.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { Run } from '../../../shared/schema/run.ts'
import { readBundle, type BundleReading } from '../../bundle/readBundle.ts'
import type { Store } from '../../store/store.ts'
import { batch } from '../batch.ts'
import type { ServiceContext } from '../context.ts'
import { logged } from '../logged.ts'
import { readStoredRun } from '../openStoredRun.ts'
import { planned, requireApproved, type Planned } from '../planned.ts'
import { adoptionOf } from './adoptionOf.ts'
import { bundleFacts } from './bundleFacts.ts'
import { freeRunId } from './freeRunId.ts'
import { isWhole } from './sealedTexts.ts'
import { requireBundleDesk } from './requireBundleDesk.ts'

type Input = HandlerInput<'bundle.import.plan'>

export async function receiveBundle(
  context: ServiceContext,
  { upload, name, offset, bytes }: HandlerInput<'bundle.receive'>,
): Promise<CallOutput<'bundle.receive'>> {
  const desk = requireBundleDesk(context)
  const { token, path } =
    upload === null ? await desk.put('upload', name) : desk.find('upload', upload)
  const sizeBytes = upload === null ? 0 : (await stat(path)).size
  if (offset !== sizeBytes)
    throw new AppError('stale', `${sizeBytes} bytes arrived, and the next piece is of ${offset}.`)
  const piece = Buffer.from(bytes, 'base64')
  if (sizeBytes + piece.byteLength > mostBytes)
    throw new AppError('invalid-input', 'The bundle is larger than 64 GiB.')
  await appendFile(path, piece, { mode: 0o600 })
  return { upload: token, sizeBytes: sizeBytes + piece.byteLength }
}

export function planBundleImport(
  context: ServiceContext,
  input: Input,
  { signal }: { readonly signal: CancelSignal },
): Promise<CallOutput<'bundle.import.plan'>> {
  return unpacked(context, { ...input, signal }, (bundle) => planFrom(context, input, bundle))
}

export async function planFrom(
  context: ServiceContext,
  chosen: Chosen,
  bundle: Unpacked,
): Promise<CallOutput<'bundle.import.plan'>> {
  return (await makePlan(context, chosen, bundle)).shown
}

/** [B61] */
export function applyBundleImport(
  context: ServiceContext,
  input: HandlerInput<'bundle.import.apply'>,
  options: HandlerOptions<'bundle.import.apply'>,
): Promise<CallOutput<'bundle.import.apply'>> {
  const { signal } = options
  return unpacked(context, { ...input, signal }, (bundle) =>
    applyFrom(context, input, bundle, options),
  )
}

export async function applyFrom(
  context: ServiceContext,
  input: Chosen & Approval,
  bundle: Unpacked,
  options: Parameters<typeof batch>[2],
): Promise<CallOutput<'bundle.import.apply'>> {
  const { shown, rows } = await makePlan(context, input, bundle)
  requireApproved(shown, input, 'The bundle, or a run of the workspace,')
  const able = rows.filter(({ problem }) => problem === null)
  const ids = new Map(able.map(({ run, as }) => [run, as]))
  const items = able.map((row) => ({
    item: row.run,
    work: async () => {
      const made = await importRun(context, { ...row, ids }, bundle)
      context.emit('runs.changed', { runs: [made] })
      return made
    },
  }))
  const done = await batch(context, { call: 'bundle.import', rows: items }, options)
  return { rows: [...done] }
}

/** Which runs of the bundle, and for which moment. */
type Chosen = Pick<Input, 'runs' | 'asOf'>
type Approval = Pick<HandlerInput<'bundle.import.apply'>, 'rev' | 'digest' | 'asOf'>

/** A bundle whose files lie in a folder, as in a workspace. */
export type Unpacked = BundleReading & {
  readonly name: string
  readonly store: Store
  readonly digest: string
}

/** Into a folder of its own, which goes when the work is done. */
async function unpacked<T>(
  context: ServiceContext,
  { upload, passphrase, signal }: Input & { readonly signal: CancelSignal },
  work: (bundle: Unpacked) => Promise<T>,
): Promise<T> {
  const desk = requireBundleDesk(context)
  const { path, name } = desk.find('upload', upload)
  const folder = await desk.makeFolder()
  try {
    const reading = await readBundle(path, { passphrase, folder, signal })
    const store = await desk.openStore(folder)
    try {
      const digest = `sha256:${context.sha256(JSON.stringify(reading.manifest))}`
      return await work({ ...reading, name, store, digest })
    } finally {
      await store.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function makePlan(
  context: ServiceContext,
  input: Chosen,
  bundle: Unpacked,
): Promise<{
  readonly shown: Planned<BundleImportPlan>
  readonly rows: readonly BundleImportRow[]
}> {
  const asOf = input.asOf ?? context.now()
  const ids = new Set<string>(input.runs ?? bundle.manifest.runs.map(({ id }) => id))
  const chosen = bundle.manifest.runs.filter(({ id }) => ids.has(id))
  const taken = new Set<RunId>()
  const gathered: Gathered[] = []
  for (const run of chosen) {
    const as = await freeRunId(context, run.id, { taken, digest: bundle.digest })
    taken.add(as)
    gathered.push(await rowOf(context, { run, as }, bundle))
  }
  const rows = withLinkNotes(gathered)
  const plan: BundleImportPlan = {
    ready: rows.some(({ problem }) => problem === null),
    bundle: bundleFacts(bundle),
    rows: rows.slice(0, 500),
    runs: rows.filter(({ problem }) => problem === null).length,
  }
  return { shown: planned(context, plan, { rev: bundle.digest, asOf }), rows }
}

async function rowOf(
  context: ServiceContext,
  { run, as }: { readonly run: Unpacked['manifest']['runs'][number]; readonly as: RunId },
  { manifest, damage, store }: Unpacked,
): Promise<Gathered> {
  const files = manifest.files.filter((file) => file.run === run.id)
  const damaged = damage.filter(({ file }) => files.some(({ path }) => path === file))
  const notes = [
    ...(as === run.id ? [] : [`Its id is taken here: a fork of ${run.id} is made.`]),
    ...damaged.slice(0, 5).map(({ file, problem }) => `${file} is not whole: ${problem}`),
  ]
  const row = {
    run: run.id,
    as,
    workflow: run.workflow,
    status: run.status,
    files: files.length - damaged.length,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    notes,
  }
  const entry = await store.entry(run.id)
  if (entry === null)
    return {
      run: null,
      row: { ...row, problem: `Neither head nor journal of run ${run.id} is whole in the bundle.` },
    }
  const opened = await readStoredRun({ ...context, store }, run.id)
  if (opened.reading.health === 'newer-version')
    return { run: null, row: { ...row, problem: `Run ${run.id} needs a newer Unstuck.` } }
  if (!isWhole(opened) && as !== run.id)
    return {
      run: null,
      row: {
        ...row,
        problem: `Run ${run.id} is damaged, and its id is taken here: a damaged run keeps its id. Import it into another workspace, and repair it there.`,
      },
    }
  return { run: opened.run, row: { ...row, problem: null } }
}

type Gathered = { readonly run: Run | null; readonly row: BundleImportRow }

/** [X102] Which runs come along is known when each was looked at. */
function withLinkNotes(gathered: readonly Gathered[]): readonly BundleImportRow[] {
  const able = gathered.filter(({ row }) => row.problem === null)
  const ids = new Map<string, string>(able.map(({ row }) => [row.run, row.as]))
  return gathered.map(({ run, row }) =>
    run === null ? row : { ...row, notes: [...row.notes, ...linkNotes(run, ids)] },
  )
}

async function importRun(
  context: ServiceContext,
  { run, as, ids }: Pick<BundleImportRow, 'run' | 'as'> & { readonly ids: NewIds },
  bundle: Unpacked,
): Promise<RunId> {
  const adoption = await adoptionOf(context, { run, as, ids }, bundle)
  await logged(
    context,
    { call: 'bundle.import', item: as, reason: `from a bundle, where it was ${run}` },
    () => context.store.adopt(as, adoption),
    () => ({ undo: { call: 'bundle.import.apply', item: as, target: null } }),
  )
  const { stored } = await readStoredRun(context, as)
  if (stored.head !== null || stored.journal !== null) return as
  throw new AppError('io', `Run ${as} is not there after it was written. Look at it again.`)
}

const mostBytes = 64 * 1024 * 1024 * 1024
