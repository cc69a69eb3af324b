import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { RunDetail, StepView } from '../../shared/contract/runs.ts'
import { statusWord } from '../../shared/core/formats/statusWord.ts'
import { order } from '../../shared/core/graph/order.ts'
import { runFindings } from '../../shared/core/reading/runFindings.ts'
import { thinnedSeqs } from '../../shared/core/reading/thinnedSeqs.ts'
import { shownFindings } from '../../shared/core/repair/shownFindings.ts'
import { AppError } from '../../shared/errors.ts'
import { StepId, type RunId } from '../../shared/schema/ids.ts'
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { Attempt, Checkpoint, Run, RunError } from '../../shared/schema/run.ts'
import { countItems, stepFactsOf } from './openRunSteps.ts'
import { childrenOf } from './openRunChildren.ts'
import type { ServiceContext } from './context.ts'
import { diagnoseOpened } from './diagnoseOpened.ts'
import { foreignFacts } from './foreignFacts.ts'
import { openStoredRun, readTraces } from './openStoredRun.ts'
import { openDocumentKind } from './readDocumentText.ts'
import type { FormatState } from './readFormat.ts'
import { requireWorkspace } from './refs.ts'
import { livenessOf, reasonsOf } from './documentReasons.ts'
import { gatherSurroundings } from './gatherSurroundings.ts'
import { listForks } from './listForks.ts'

/** Everything the Run screen shows at once. Opening never writes. */
export async function openRun(
  context: ServiceContext,
  input: HandlerInput<'run.get'>,
): Promise<RunDetail> {
  const { ref, leaveOut = [] } = input
  requireWorkspace(context, ref)
  const detail =
    ref.format === 'unstuck' ? await openNative(context, ref) : await openDocument(context, ref)
  // Every run of the workspace is looked at for them.
  if (leaveOut.includes('forks')) return detail
  return { ...detail, forks: [...(await forksOf(context, ref))] }
}

async function forksOf(context: ServiceContext, ref: Ref): Promise<RunDetail['forks']> {
  if (context.rowsElsewhere !== undefined) return context.rowsElsewhere.forks(ref)
  return (await listForks(context, { ref })).forks
}

export async function readSteps(
  context: ServiceContext,
  input: HandlerInput<'run.steps'>,
): Promise<CallOutput<'run.steps'>> {
  const opened = await openForPaging(context, input.ref)
  const steps = stepIds(opened.run)
  const page = steps.slice(input.offset, input.offset + input.limit)
  return {
    steps: viewsOf(opened.run, page, opened.inDoubt),
    total: steps.length,
  }
}

export async function readCheckpoints(
  context: ServiceContext,
  input: HandlerInput<'run.checkpoints'>,
): Promise<CallOutput<'run.checkpoints'>> {
  const { run, journal } = await openForPaging(context, input.ref)
  const page = run.checkpoints.slice(input.offset, input.offset + input.limit)
  return { checkpoints: withThinned(page, journal), total: run.checkpoints.length }
}

/** [X32] Those that were thinned away are told so: they can be looked at no more. */
function withThinned(
  checkpoints: readonly Checkpoint[],
  journal: JournalReading | null,
): Checkpoint[] {
  if (journal === null) return [...checkpoints]
  const isThinned = thinnedSeqs(journal)
  return checkpoints.map((one) => (isThinned(one.seq) ? { ...one, thinned: true } : one))
}

/** The run of any reference that has one: native, or an old version upcast in memory. */
export async function openForPaging(
  context: ServiceContext,
  ref: Ref,
): Promise<{
  readonly run: Run
  readonly inDoubt: readonly StepId[]
  readonly journal: JournalReading | null
}> {
  requireWorkspace(context, ref)
  if (ref.format === 'unstuck') {
    const opened = await openStoredRun(context, ref)
    if (opened.run !== null) {
      const { journal } = opened.stored
      return {
        run: opened.run,
        journal,
        ...(await readTraces(context, opened.run, opened.liveness)),
      }
    }
  } else {
    const kind = await openDocumentKind(context, ref)
    if (kind.run !== null) return { run: kind.run, inDoubt: [], journal: null }
  }
  throw new AppError(
    'corrupt',
    `${ref.document} cannot be read as a run. Its bytes can be seen in Raw.`,
    { document: ref.document },
  )
}

async function openNative(context: ServiceContext, ref: Ref): Promise<RunDetail> {
  const opened = await openStoredRun(context, { ...ref, format: 'unstuck' })
  const { stored, reading, run, holder, liveness } = opened
  const around = await gatherSurroundings(context, opened)
  const { diagnoses, inDoubt } = await diagnoseOpened(context, opened, { around })
  const backups = await seenBackups(context, stored.id)
  const heldHere = holder !== null && context.store.isHeldHere(holder)

  const files = { id: stored.id, head: opened.head, journal: stored.journal }
  const findings = shownFindings(runFindings(files, reading))
  return {
    ref,
    rev: stored.rev,
    health: opened.health,
    liveness,
    findings,
    diagnoses: [...diagnoses],
    holder,
    heldHere,
    sizeBytes: stored.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    archive: stored.archive?.path ?? null,
    ...(stored.archive?.isSealed === true ? { unlocked: true } : {}),
    files: [...stored.files],
    backups: backups.map(({ id, at, reason, sizeBytes }) => ({ id, at, reason, sizeBytes })),
    forks: [],
    run: run === null ? null : nativeView(run, inDoubt, stored.journal),
  }
}

/** None where they may not be looked at: the run is shown without them. */
async function seenBackups(
  { store }: ServiceContext,
  run: RunId,
): Promise<Awaited<ReturnType<ServiceContext['store']['backups']>>> {
  try {
    return await store.backups(run)
  } catch (error) {
    const isRefused = error instanceof AppError && refusals.has(error.details['code'])
    if (isRefused) return []
    throw error
  }
}

const refusals: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM'])

async function openDocument(context: ServiceContext, ref: Ref): Promise<RunDetail> {
  const kind = await openDocumentKind(context, ref)
  const { foreign } = kind
  const { sizeBytes } = await context.store.readSlice(ref.document, { offset: 0, limitBytes: 1 })
  return {
    ref,
    rev: kind.rev,
    health: kind.health,
    liveness: livenessOf(kind),
    findings: shownFindings(kind.findings),
    diagnoses: [...reasonsOf(context, kind)],
    holder: null,
    heldHere: false,
    sizeBytes,
    files:
      foreign === null
        ? [{ path: ref.document, kind: 'document', sizeBytes }]
        : foreign.set.files.map((file) => ({
            path: file.path,
            kind: file.path === ref.document ? 'document' : 'beside',
            sizeBytes: file.sizeBytes,
          })),
    backups: foreign === null ? [] : await documentBackups(context, ref.document),
    forks: [],
    ...(foreign === null ? {} : { foreign: foreignFacts(foreign) }),
    run: kind.run === null ? null : foreignView(kind.run, foreign),
  }
}

async function documentBackups(
  { store }: ServiceContext,
  document: string,
): Promise<RunDetail['backups']> {
  const backups = await store.documentBackups(document)
  return backups
    .slice(0, 100)
    .map(({ id, at, reason, sizeBytes }) => ({ id, at, reason, sizeBytes }))
}

/** [F193] The status is the engine's own word where Unstuck does not know it. */
function foreignView(run: Run, foreign: FormatState | null): NonNullable<RunDetail['run']> {
  const view = runView(run, [])
  if (foreign === null) return view
  return { ...view, status: statusWord({ ...foreign.reading, run }) ?? view.status }
}

function nativeView(
  run: Run,
  inDoubt: readonly StepId[],
  journal: JournalReading | null,
): NonNullable<RunDetail['run']> {
  const view = runView(run, inDoubt)
  const checkpoints = withThinned(view.checkpoints, journal)
  return { ...view, checkpoints, children: childrenOf(journal?.records ?? []) }
}

const pageSize = 200

function runView(run: Run, inDoubt: readonly StepId[]): NonNullable<RunDetail['run']> {
  const steps = stepIds(run)
  return {
    id: run.id,
    kind: run.kind,
    workflow: {
      name: run.workflow.name,
      version: run.workflow.version,
      source: run.workflow.source,
      digest: run.workflow.digest,
    },
    status: run.status,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    updatedAt: run.updatedAt,
    finishedAt: run.finishedAt,
    place: { user: run.place.user, host: run.place.host, folder: run.place.folder },
    error: run.error === null ? null : clipError(run.error),
    lineage: run.lineage,
    ...(run.origin === undefined ? {} : { origin: run.origin }),
    annotations: run.annotations,
    seq: run.journal.seq,
    steps: viewsOf(run, steps.slice(0, pageSize), inDoubt),
    stepsTotal: steps.length,
    checkpoints: run.checkpoints.slice(-pageSize),
    checkpointsTotal: run.checkpoints.length,
    decisions: run.decisions.slice(-pageSize),
  }
}

/** In dependency order; steps that the definition does not know come last. */
export function stepIds(run: Run): readonly StepId[] {
  const known = run.workflow.definition === null ? [] : order(run.workflow.definition)
  const defined = new Set(known)
  const rest = Object.keys(run.steps).flatMap((key) => {
    const parsed = StepId.safeParse(key)
    return parsed.success && !defined.has(parsed.data) ? [parsed.data] : []
  })
  return [...known, ...rest]
}

function viewsOf(
  run: Run,
  steps: readonly StepId[],
  inDoubt: readonly StepId[],
): NonNullable<RunDetail['run']>['steps'] {
  const items = countItems(run)
  return steps.map((step) => ({
    ...stepView(run, step, inDoubt),
    ...(items.has(step) ? { items: items.get(step) } : {}),
  }))
}

function stepView(run: Run, step: StepId, inDoubt: readonly StepId[]): StepView {
  const state = run.steps[step]
  const attempts = state?.attempts ?? []
  return {
    id: step,
    ...stepFactsOf(run, step),
    status: state?.status ?? 'pending',
    attempts: attempts.slice(-attemptsShown).map(clipAttempt),
    waitingOn: state?.waitingOn ?? null,
    skippedBy: state?.skippedBy ?? null,
    inDoubt: inDoubt.includes(step),
    startedAt: attempts[0]?.startedAt ?? null,
    finishedAt: attempts.at(-1)?.finishedAt ?? null,
  }
}

const attemptsShown = 20
const errorCharacters = 2000

function clipAttempt(attempt: Attempt): Attempt {
  return attempt.error === null ? attempt : { ...attempt, error: clipError(attempt.error) }
}

function clipError(error: RunError): RunError {
  return {
    ...error,
    message: error.message.slice(0, errorCharacters),
    stack: error.stack?.slice(0, errorCharacters) ?? null,
  }
}
