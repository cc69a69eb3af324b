// What a change of another engine's state would write: planned from the files as they are, nothing is written.
import type { DocumentAction, DocumentFile, DocumentPlan } from '../../shared/contract/documents.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { changeExcerpt } from '../../shared/core/formats/changeExcerpt.ts'
import type {
  FileChange,
  FormatChange,
  FormatContext,
  FormatRepair,
  RepairItem,
} from '../../shared/core/formats/format.ts'
import { broken } from '../../shared/core/formats/unknown/broken.ts'
import { whyNoSalvage, type NoSalvage } from '../../shared/core/formats/view/salvageRepair.ts'
import { parseText } from '../../shared/core/formats/text/parseText.ts'
import { parseDocument } from '../../shared/core/formats/text/textTree.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { editPatches } from './editPatches.ts'
import { exportOf } from './exportRun.ts'
import { openDocumentKind } from './readDocumentText.ts'
import { openForRepair, withPacking } from './openForRepair.ts'
import { shownRepair } from './shownRepair.ts'
import { readFormat, type FormatState } from './readFormat.ts'
import { wholeForView, type DocumentKind } from './documentKind.ts'
import { planned, type Planned } from './planned.ts'
import { requireWorkspace } from './refs.ts'

export type MadeDocumentPlan = {
  readonly shown: Planned<DocumentPlan>
  /** Nothing when the plan is not ready. */
  readonly changes: readonly FileChange[]
  readonly state: FormatState
}

export async function planDocumentChange(
  context: ServiceContext,
  input: HandlerInput<'document.plan'>,
): Promise<CallOutput<'document.plan'>> {
  return (await makeDocumentPlan(context, input)).shown
}

export async function makeDocumentPlan(
  context: ServiceContext,
  input: HandlerInput<'document.plan'>,
): Promise<MadeDocumentPlan> {
  const asOf = input.asOf ?? context.now()
  const isRepair = input.action.kind === 'repair'
  const opened = isRepair ? await openForRepair(context, input.ref) : null
  const { state, findings } = opened ?? (await openFormat(context, input.ref))
  const found = await findChange(context, state, { action: input.action, asOf })
  const { change, repair } = found
  const repairs = opened === null ? found.repairs : withPacking(found.repairs, opened.unpacked)
  const items = found.items ?? repairs.find(({ id }) => id === repair)?.items ?? []
  const changes = change.kind === 'ok' ? change.changes.filter((one) => isChange(state, one)) : []
  const problems = [...(change.kind === 'ok' ? [] : change.problems)]
  if (change.kind === 'ok' && changes.length === 0) problems.push('Nothing would be different.')
  const plan: DocumentPlan = {
    document: input.ref.document,
    engine: state.format.name,
    ready: problems.length === 0,
    files: changes.map((one) => fileOf(state, one)),
    notes: change.kind === 'ok' ? [...change.notes] : [],
    problems,
    repairs: repairs.map(({ id, label, confidence, losses, changes: files }) => ({
      id,
      label,
      confidence,
      losses: [...losses],
      files: files.map(({ path }) => path),
    })),
    repair,
    ...itemsOf(items),
    ...(isRepair ? shownRepair(state.set, { repair, changes, items, repairs }) : {}),
    findings: findings.slice(0, mostFindings),
  }
  return { shown: planned(context, plan, { rev: state.rev, asOf }), changes, state }
}

/** [R95] */
function itemsOf(items: readonly RepairItem[]): Pick<DocumentPlan, 'items'> {
  return items.length === 0
    ? {}
    : { items: items.slice(0, mostFindings).map((item) => ({ ...item })) }
}

const mostFindings = 200

/** The state of another engine. Throws for a document that no format reads. */
export async function openFormat(
  context: ServiceContext,
  ref: Ref,
): Promise<{ readonly state: FormatState; readonly findings: DocumentPlan['findings'] }> {
  requireWorkspace(context, ref)
  const kind = await openDocumentKind(context, ref)
  const { foreign, findings } = kind
  if (foreign !== null) return { state: foreign, findings: [...findings] }
  const state = await openBroken(context, ref, kind)
  if (state !== null) return { state, findings: [...findings] }
  throw new AppError('invalid-input', whyNoFormat(ref, kind), { document: ref.document })
}

function whyNoFormat({ document }: Ref, { text, findings }: DocumentKind): string {
  const [damage] = findings
  if (text === null && damage !== undefined)
    return `${document} cannot be changed as it lies: ${damage.sentence} Repair it first.`
  return `${document} is no state of another engine that Unstuck can change. Its bytes can be seen in Raw.`
}

/** [R95] A document that is no JSON, of whomever it is; null: it is some, or no text at all. */
async function openBroken(
  context: ServiceContext,
  { document }: Ref,
  { text, rev }: Pick<DocumentKind, 'text' | 'rev'>,
): Promise<FormatState | null> {
  if (text === null || parseText(text).kind === 'ok') return null
  const limits = { fileBytes: wholeForView, totalBytes: wholeForView }
  return readFormat(context, broken, { document, item: null, text, rev, limits })
}

type FoundChange = {
  readonly change: FormatChange
  readonly repairs: readonly FormatRepair[]
  readonly repair: string | null
  /** What was found in a document of which not enough can be read. */
  readonly items?: readonly RepairItem[]
}

async function findChange(
  context: ServiceContext,
  state: FormatState,
  { action, asOf }: { readonly action: DocumentAction; readonly asOf: string },
): Promise<FoundChange> {
  const { format, set } = state
  const asked: FormatContext = { sha256: context.sha256, now: asOf, ...choicesOf(action) }
  switch (action.kind) {
    case 'edit':
      return only(editOf(state, action.edits, asked))
    case 'repair':
      return repairOf(format.repairs(set, asked), action.repair, () =>
        whyNoSalvage(set, { read: (...of) => format.read(...of), context: asked }),
      )
    case 'migrate':
      return only(format.migrate?.(set, asked) ?? noMigration(format.name))
    default:
      return only(await exportOf(context, state, action.run))
  }
}

function choicesOf(action: DocumentAction): Pick<FormatContext, 'choices'> {
  if (action.kind !== 'repair') return {}
  return { choices: { accepted: action.accepted ?? [], rejected: action.rejected ?? [] } }
}

function only(change: FormatChange): FoundChange {
  return { change, repairs: [], repair: null }
}

function noMigration(engine: string): FormatChange {
  return refused(`${engine} has no older version that its own code would migrate.`)
}

function refused(problem: string): FormatChange {
  return { kind: 'refused', problems: [problem] }
}

function editOf(
  { format, set, text }: FormatState,
  edits: Extract<DocumentAction, { readonly kind: 'edit' }>['edits'],
  context: FormatContext,
): FormatChange {
  const parsed = parseDocument(text)
  if (parsed.kind === 'broken') return refused(`It is damaged: ${parsed.flaw.sentence}`)
  const { patches, notes, problems } = editPatches({ text, root: parsed.root }, edits, format.name)
  if (problems.length > 0) return { kind: 'refused', problems }
  const change = format.edit(set, patches, context)
  return change.kind === 'ok' ? { ...change, notes: [...notes, ...change.notes] } : change
}

function repairOf(
  repairs: readonly FormatRepair[],
  wanted: string | null,
  whyNone: () => NoSalvage | null,
): FoundChange {
  const chosen = wanted === null ? repairs[0] : repairs.find(({ id }) => id === wanted)
  if (chosen !== undefined) {
    // What is lost is said with each way there is.
    const change = { kind: 'ok', changes: chosen.changes, notes: [] } as const
    return { change, repairs, repair: chosen.id }
  }
  const none = whyNone()
  const problem =
    wanted === null || (wanted === 'salvage' && none !== null)
      ? (none?.problem ?? 'There is nothing to repair, or nothing beside it that would help.')
      : `There is no repair "${wanted}" any more. Look at the plan again.`
  // What is a guess in it may be accepted: then it may be enough.
  return { change: refused(problem), repairs, repair: null, items: none?.items ?? [] }
}

function isChange({ set }: FormatState, { path, text }: FileChange): boolean {
  // What is written is never what such bytes are.
  if (path === set.document && set.bytes !== undefined) return true
  const before = set.texts.get(path)
  return text === null ? set.files.some((file) => file.path === path) : before !== text
}

function fileOf({ set }: FormatState, { path, text, why }: FileChange): DocumentFile {
  const before = set.texts.get(path) ?? null
  const kind = text === null ? 'removed' : before === null ? 'added' : 'changed'
  return { path, why, kind, ...changeExcerpt(before, text) }
}
