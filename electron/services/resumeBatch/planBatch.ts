// The plan of a resume of many runs: which, what would be done with each, and what is approved.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import { throwIfCancelled } from '../../../shared/cancel.ts'
import { planResumeBatch } from '../../../shared/core/batch/planResumeBatch.ts'
import type { ResumeBatchPlan, ResumeBatchRow } from '../../../shared/core/batch/resumeBatchPlan.ts'
import { AppError } from '../../../shared/errors.ts'
import { mapBounded } from '../../../shared/mapBounded.ts'
import type { ServiceContext } from '../context.ts'
import type { Planned } from '../planned.ts'
import { findPlaces } from '../queryRuns.ts'
import { placesOf } from '../selectRuns.ts'
import { rememberPlan } from '../shownPlans.ts'
import { planRow, type RowOptions } from './planRow.ts'

type Input = HandlerInput<'resume.batch.plan'>
type Which = Omit<Input, 'digest' | 'only' | 'offset' | 'limit'>
type Following = Pick<HandlerOptions<'resume.batch.plan'>, 'signal' | 'progress'>

/** [R98] The rest of a plan that was shown is given from memory. */
export async function planBatch(
  context: ServiceContext,
  input: Input,
  options: Following,
): Promise<CallOutput<'resume.batch.plan'>> {
  const shown =
    remembered(context, input.digest, input.asOf) ?? (await makeBatchPlan(context, input, options))
  rememberPlan(context, shown)
  const { plan } = shown
  const found = input.only === null ? plan.rows : plan.rows.filter(isOf(input.only))
  const rows = pageOf(found, input)
  const next = input.offset + rows.length
  const nextOffset = next < found.length && rows.length > 0 ? next : null
  return { ...shown, plan: { ...plan, rows }, nextOffset }
}

function isOf(outcome: ResumeBatchRow['outcome']): (row: ResumeBatchRow) => boolean {
  return (row) => row.outcome === outcome
}

function pageOf(
  rows: readonly ResumeBatchRow[],
  { offset, limit }: Pick<Input, 'offset' | 'limit'>,
): ResumeBatchRow[] {
  const page: ResumeBatchRow[] = []
  let characters = 0
  for (const row of rows.slice(offset, offset + limit)) {
    characters += JSON.stringify(row).length
    if (page.length > 0 && characters > mostCharacters) break
    page.push(row)
  }
  return page
}

/** Each may take three bytes, and a message no more than a million. */
const mostCharacters = 250_000

/** The plan that was shown, else the same one made again. Throws `stale` where it comes to another. */
export async function approvedBatch(
  context: ServiceContext,
  input: Which & { readonly rev: string; readonly digest: string; readonly asOf: string | null },
  options: Following,
): Promise<Planned<ResumeBatchPlan>> {
  const known = remembered(context, input.digest, input.asOf)
  if (known !== null && known.rev === input.rev) return known
  const made = await makeBatchPlan(context, input, options)
  if (made.digest === input.digest && made.rev === input.rev) return made
  throw new AppError('stale', 'Runs changed since you looked. Review the plan again.', {
    digest: made.digest,
  })
}

function remembered(
  context: ServiceContext,
  digest: string | null,
  asOf: string | null,
): Planned<ResumeBatchPlan> | null {
  const plan = digest === null ? undefined : context.shownPlans.get(digest)
  if (digest === null || asOf === null || plan === undefined || !('questions' in plan)) return null
  return { plan, digest, rev: revOf(context, plan), asOf }
}

async function makeBatchPlan(
  context: ServiceContext,
  input: Which,
  options: Following,
): Promise<Planned<ResumeBatchPlan>> {
  const asOf = input.asOf ?? context.now()
  const refs = input.refs ?? (await chosenRefs(context, input, options))
  const { definition, stopAfter, decisions } = input
  const asked = { definition, stopAfter, decisions, asOf }
  const rows = await planRows(context, refs, asked, options)
  const plan = planResumeBatch(rows, decisions)
  return { plan, digest: digestOf(context, plan, asked), rev: revOf(context, plan), asOf }
}

/** Of what is done, whenever it was planned: a command line plans again, a moment later. */
function digestOf(
  context: ServiceContext,
  { rows }: ResumeBatchPlan,
  { definition, stopAfter, decisions }: RowOptions,
): string {
  const told = rows.map((row) => ({ ...row, digest: null }))
  const text = JSON.stringify([definition, stopAfter, decisions, told])
  return `sha256:${context.sha256(text)}`
}

function revOf(context: ServiceContext, { rows }: ResumeBatchPlan): string {
  const revs = rows.map(({ document, item, rev }) => [document, item, rev])
  return `sha256:${context.sha256(JSON.stringify(revs))}`
}

async function chosenRefs(
  context: ServiceContext,
  input: Which,
  options: Following,
): Promise<readonly Ref[]> {
  const which = { ...input, sort: inOrder }
  const elsewhere = context.rowsElsewhere?.selectRefs
  const found =
    elsewhere === undefined
      ? await selectRefs(context, which, options)
      : await elsewhere(which, options)
  const refs = found.map((ref) => ({ ...ref, workspace: context.workspace.id, item: null }))
  if (refs.length <= mostRuns) return refs
  const message = `${refs.length} runs are chosen, and at most ${mostRuns} are resumed together. Narrow it down.`
  throw new AppError('invalid-input', message)
}

/** By id: an order that does not move while runs go on. */
const inOrder = { column: 'id', descending: false } as const
export const mostRuns = 20_000

async function selectRefs(
  context: ServiceContext,
  input: Which & { readonly sort: typeof inOrder },
  options: Pick<Following, 'signal'>,
): Promise<readonly Pick<Ref, 'document' | 'format'>[]> {
  const matching = await findPlaces(context, input, { signal: options.signal })
  const found = input.documents === null ? [...matching] : placesOf(context, input.documents)
  const except = new Set(placesOf(context, input.except))
  return found.flatMap((place) => {
    return except.has(place) ? [] : [context.index.rows.rowAt(place).ref]
  })
}

async function planRows(
  context: ServiceContext,
  refs: readonly Ref[],
  asked: RowOptions,
  { signal, progress }: Following,
): Promise<readonly ResumeBatchRow[]> {
  const elsewhere = context.rowsElsewhere?.planResumes
  if (elsewhere !== undefined) return elsewhere(refs, asked, { signal, progress })
  let done = 0
  return mapBounded(refs, plannedAtOnce, async (ref) => {
    throwIfCancelled(signal, 'The plan')
    const row = await planRow(context, ref, asked)
    done += 1
    progress({ done, total: refs.length, item: ref.document })
    return row
  })
}

const plannedAtOnce = 4
