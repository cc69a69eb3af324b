// What a person says of documents that no engine is known for: shown over all of that shape, then stored in `unstuck.json`.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { MappingPlan } from '../../shared/contract/documentMapping.ts'
import { statusWord } from '../../shared/core/formats/statusWord.ts'
import { isSameShape, mappingFor } from '../../shared/core/formats/unknown/mappingFor.ts'
import { AppError } from '../../shared/errors.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { isAtOrBelow } from '../../shared/schema/pointer.ts'
import { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import type { ServiceContext } from './context.ts'
import { planned, requireApproved, type Planned } from './planned.ts'
import { readMappings, readSettingsFile } from './readMappings.ts'
import { shapeOfText, unknownDocuments, type Shape } from './documentShapes.ts'
import { requireWorkspace } from './refs.ts'
import { readDocumentKind, wholeForView, type DocumentKind } from './documentKind.ts'
import { withMappings } from './withMappings.ts'
import { writeSettings } from './writeSettings.ts'

type Asked = HandlerInput<'document.map.plan'>

export async function planMapping(
  context: ServiceContext,
  input: Asked,
): Promise<CallOutput<'document.map.plan'>> {
  return (await makePlan(context, input)).shown
}

/** [F247] */
export async function applyMapping(
  context: ServiceContext,
  input: HandlerInput<'document.map.apply'>,
): Promise<CallOutput<'document.map.apply'>> {
  const { shown, text, rev } = await makePlan(context, input)
  const { document } = input.ref
  requireApproved(shown, input, document)
  if (!shown.plan.ready || text === null) {
    const message = `What was said of ${document} is not stored: ${shown.plan.problems.join(' ')}`
    throw new AppError('invalid-input', message, { document, problems: shown.plan.problems })
  }
  const { backup, observed } = await writeSettings(context, {
    call: 'document.map',
    item: document,
    text,
    rev,
    reason: `what is what in documents like ${document}`,
  })
  context.emit('runs.changed', { runs: null })
  return { backup, observed }
}

type Made = {
  readonly shown: Planned<MappingPlan>
  /** The settings as they would be written. */
  readonly text: string | null
  readonly rev: string | null
}

async function makePlan(context: ServiceContext, input: Asked): Promise<Made> {
  requireWorkspace(context, input.ref)
  const { document } = input.ref
  const asOf = input.asOf ?? context.now()
  const kept = await readMappings(context.store)
  const settings = await readSettingsFile(context.store)
  const now = await readWith(context, input.ref, kept)
  const own = shapeOf(document, now)
  const shape = { ...own, folder: folderOf(input, own) }
  const mapping = mappingOf(input, shape)
  const others = kept.filter((one) => !isSameShape(one, shape))
  const mappings = mapping === null ? others : [...others, mapping]
  const kind = await readWith(context, input.ref, mappings)
  const { rows, notLookedAt } = await previewRows(context, { ...shape, mappings })
  const changed = withMappings(settings.text, mappings)
  const problems = [
    ...problemsOf(kind, mapping),
    ...('problem' in changed ? [changed.problem] : []),
  ]
  const plan: MappingPlan = {
    document,
    ready: problems.length === 0,
    problems,
    mapping,
    stored: mappingFor(kept, own),
    fields: (kind.foreign?.reading.guesses ?? []).map((one) => ({ ...one })),
    ...shownOf(kind),
    rows,
    notLookedAt,
  }
  const rev = `${kind.rev} ${settings.rev ?? ''}`
  const text = 'text' in changed ? changed.text : null
  return { shown: planned(context, plan, { rev, asOf }), text, rev: settings.rev }
}

async function readWith(
  context: ServiceContext,
  { document, item }: Pick<Asked['ref'], 'document' | 'item'>,
  mappings: readonly UnknownMapping[],
): Promise<DocumentKind> {
  const limits = { wholeBytes: wholeForView, item, mappings }
  return readDocumentKind(context, { document, kind: 'document', problem: null }, limits)
}

/** That of the document, or one above it. */
function folderOf({ folder, ref }: Asked, own: Shape): string {
  if (folder === null) return own.folder
  if (folder === '' || isAtOrBelow(own.folder, folder)) return folder
  const message = `${ref.document} does not lie in ${folder}: what is said of documents like it holds for a folder that it lies in.`
  throw new AppError('invalid-input', message, { document: ref.document, folder })
}

function shapeOf(document: string, { format, text, findings }: DocumentKind): Shape {
  const shape = format === 'unknown' && text !== null ? shapeOfText(document, text) : null
  if (shape !== null) return shape
  const why =
    format === 'unknown' ? (findings[0]?.sentence ?? 'It is no JSON.') : `It is ${format}.`
  const message = `${document} is no JSON of an unknown engine, of which could be said what is what. ${why}`
  throw new AppError('invalid-input', message, { document })
}

/** Null: what was said is forgotten. */
function mappingOf({ paths, words }: Asked, shape: Shape): UnknownMapping | null {
  if (Object.keys(paths).length + Object.keys(words).length === 0) return null
  const lower = Object.fromEntries(
    Object.entries(words).map(([word, status]) => [word.toLowerCase(), status]),
  )
  return UnknownMapping.parse({ ...shape, paths, words: lower })
}

function problemsOf(
  { run, foreign }: DocumentKind,
  mapping: UnknownMapping | null,
): readonly string[] {
  if (mapping === null || run !== null || (foreign?.items.length ?? 0) > 0) return []
  return ['With this the document shows neither a status, nor steps, nor an end.']
}

function shownOf({
  run,
  foreign,
}: DocumentKind): Pick<MappingPlan, 'status' | 'workflow' | 'steps' | 'runs' | 'unknownWords'> {
  const said = foreign?.reading.said ?? { status: null, steps: {} }
  const steps = Object.entries(run?.steps ?? {}).slice(0, mostSteps)
  const words = [said.status, ...Object.values(said.steps)].filter((word) => word !== null)
  return {
    status: run === null ? null : statusWord({ said, run }),
    workflow: run?.workflow.name ?? null,
    steps: steps.map(([id, state]) => ({ id, status: said.steps[id] ?? state.status })),
    runs: run === null ? (foreign?.items ?? []).slice(0, mostRows).map(({ label }) => label) : [],
    unknownWords: [...new Set(words)].slice(0, 50),
  }
}

const mostSteps = 200
const mostRows = 200

/** Documents of the same shape in the folder and below, as they would be shown. */
async function previewRows(
  context: ServiceContext,
  { folder, keys, mappings }: Shape & { readonly mappings: readonly UnknownMapping[] },
): Promise<Pick<MappingPlan, 'rows' | 'notLookedAt'>> {
  const listed = await unknownDocuments(context, folder)
  const looked = listed.slice(0, mostRows)
  const rows = await mapBounded(looked, 8, async (path) => {
    const kind = await readWith(context, { document: path, item: null }, mappings)
    const shape =
      kind.format !== 'unknown' || kind.text === null ? null : shapeOfText(path, kind.text)
    const isOne = shape !== null && isSameShape({ folder, keys }, { ...shape, folder })
    return isOne ? [rowOf(path, kind)] : []
  })
  return { rows: rows.flat(), notLookedAt: listed.length - looked.length }
}

function rowOf(document: string, kind: DocumentKind): MappingPlan['rows'][number] {
  const states = Object.values(kind.run?.steps ?? {})
  const stepsDone = states.filter(
    ({ status }) => status === 'succeeded' || status === 'skipped',
  ).length
  const runs = kind.run === null ? (kind.foreign?.items.length ?? 0) : 0
  const { status } = shownOf(kind)
  const row = { document, status, stepsDone, stepsTotal: states.length }
  return runs === 0 ? row : { ...row, runs }
}
