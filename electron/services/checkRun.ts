// Checking tells every integrity problem: of the files, of the run in itself, and of what lies around it. It only reads.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { Ref } from '../../shared/contract/call.ts'
import { checkPlace } from '../../shared/core/integrity/checkPlace.ts'
import type { Finding } from '../../shared/core/integrity/finding.ts'
import { placeInRun, runFindings } from '../../shared/core/reading/runFindings.ts'
import { readRun } from '../../shared/core/reading/readRun.ts'
import { shownFindings } from '../../shared/core/repair/shownFindings.ts'
import { gatherPlace } from './checkRunPlace.ts'
import type { ServiceContext } from './context.ts'
import { openRun } from './openRun.ts'
import { readStoredRun } from './openStoredRun.ts'
import { requireWorkspace, runIdOf } from './refs.ts'

type Output = CallOutput<'run.check'>

/** Every integrity problem of one run or document. Reading only. */
export async function checkRun(
  context: ServiceContext,
  { ref }: HandlerInput<'run.check'>,
): Promise<Output> {
  const { health, findings } = await checkItem(context, ref, { around: true })
  return { item: ref.document, health, findings: shownFindings(findings) }
}

export type CheckedItem = Pick<Output, 'health'> & { readonly findings: readonly Finding[] }

/** `around`: looks for left-over files too, for which the whole workspace is gone through. */
export async function checkItem(
  context: ServiceContext,
  ref: Ref,
  options: { readonly around: boolean },
): Promise<CheckedItem> {
  requireWorkspace(context, ref)
  if (ref.format === 'unstuck') return checkNative(context, ref, options)
  const journal = await checkJournal(context, ref)
  return journal ?? openRun(context, { ref })
}

async function checkNative(
  context: ServiceContext,
  ref: Ref,
  options: { readonly around: boolean },
): Promise<CheckedItem> {
  const opened = await readStoredRun(context, runIdOf(context, ref))
  const { stored, head, reading, run } = opened
  const facts = await gatherPlace(context, opened, options)
  const around = checkPlace(facts)
  const files = { id: stored.id, head, journal: stored.journal }
  const inRun = around.filter(({ file }) => file === 'head')
  const placed = run === null ? inRun : placeInRun(inRun, { ...files, run })
  const beside = around.filter(({ file }) => file !== 'head')
  return { health: opened.health, findings: [...runFindings(files, reading), ...placed, ...beside] }
}

/** A journal that lies elsewhere than a run's does: the run that it tells of has no head there. */
async function checkJournal(context: ServiceContext, ref: Ref): Promise<CheckedItem | null> {
  if (!ref.document.endsWith('.jsonl')) return null
  const journal = await context.store.readJournal(ref.document)
  if (journal.records.length === 0) return null
  const files = { head: null, journal }
  const reading = readRun(files, context.sha256)
  const findings = runFindings(files, reading)
    .filter(({ rule }) => rule !== 'J24')
    .map((finding): Finding => ({ ...finding, file: 'document' }))
  return { health: reading.health, findings }
}
