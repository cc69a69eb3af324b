// What a person says of documents that no engine is known for: shown over all of that shape, then stored in `unstuck.json`.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { MappingPlan } from '../../shared/contract/documents.ts'
import { statusWord } from '../../shared/core/formats/statusWord.ts'
import { isSameShape } from '../../shared/core/formats/unknown/mappingFor.ts'
import { keysOf, recordsOf } from '../../shared/core/formats/unknown/records.ts'
import { AppError } from '../../shared/errors.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { planned, requireApproved, type Planned } from './planned.ts'
import { readMappings, readSettingsFile } from './readMappings.ts'
import { requireWorkspace } from './refs.ts'
import { readDocumentKind, wholeForView, type DocumentKind } from './rowFacts.ts'
import { withMappings } from './withMappings.ts'

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
  const bytes = new TextEncoder().encode(text)
  const changes = [{ path: settingsFile, bytes, why: 'the settings' }]
  const backup = await logged(
    context,
    {
      call: 'document.map',
      item: document,
      file: { before: settingsFile, after: settingsFile },
    },
    () =>
      context.store.replaceDocuments(settingsFile, {
        changes,
        revs: new Map([[settingsFile, rev]]),
        reason: `what is what in documents like ${document}`,
      }),
    ({ id }) => ({ undo: { call: 'document.undo', item: settingsFile, target: id } }),
  )
  context.emit('runs.changed', { runs: null })
  const { text: stored } = await readSettingsFile(context.store)
  return { backup: backup.id, observed: stored === text }
}

const settingsFile = 'unstuck.json'

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
  const shape = shapeOf(document, now)
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

type Shape = Pick<UnknownMapping, 'folder' | 'keys'>

function shapeOf(document: string, { format, text, findings }: DocumentKind): Shape {
  const records = text === null ? null : recordsOf(text)
  const root =
    records?.kind === 'one'
      ? records.root
      : records?.kind === 'lines'
        ? records.lines.at(-1)?.root
        : undefined
  if (format !== 'unknown' || root === undefined) {
    const why =
      format === 'unknown' ? (findings[0]?.sentence ?? 'It is no JSON.') : `It is ${format}.`
    const message = `${document} is no JSON of an unknown engine, of which could be said what is what. ${why}`
    throw new AppError('invalid-input', message, { document })
  }
  const keys = keysOf(root)
    .map((key) => key.slice(0, 200))
    .slice(0, 100)
  return { folder: document.slice(0, Math.max(0, document.lastIndexOf('/'))), keys }
}

/** Null: what was said is forgotten. */
function mappingOf({ paths, words }: Asked, shape: Shape): UnknownMapping | null {
  if (Object.keys(paths).length + Object.keys(words).length === 0) return null
  const lower = Object.fromEntries(
    Object.entries(words).map(([word, status]) => [word.toLowerCase(), status]),
  )
  return UnknownMapping.parse({ ...shape, paths, words: lower })
}

function problemsOf({ run }: DocumentKind, mapping: UnknownMapping | null): readonly string[] {
  if (mapping === null || run !== null) return []
  return ['With this the document shows neither a status, nor steps, nor an end.']
}

function shownOf({
  run,
  foreign,
}: DocumentKind): Pick<MappingPlan, 'status' | 'workflow' | 'steps' | 'unknownWords'> {
  const said = foreign?.reading.said ?? { status: null, steps: {} }
  const steps = Object.entries(run?.steps ?? {}).slice(0, mostSteps)
  const words = [said.status, ...Object.values(said.steps)].filter((word) => word !== null)
  return {
    status: run === null ? null : statusWord({ said, run }),
    workflow: run?.workflow.name ?? null,
    steps: steps.map(([id, state]) => ({ id, status: said.steps[id] ?? state.status })),
    unknownWords: [...new Set(words)].slice(0, 50),
  }
}

const mostSteps = 200
const mostRows = 200

/** Documents of the same shape in the same folder, as they would be shown. */
async function previewRows(
  context: ServiceContext,
  { folder, keys, mappings }: Shape & { readonly mappings: readonly UnknownMapping[] },
): Promise<Pick<MappingPlan, 'rows' | 'notLookedAt'>> {
  const listed = (await context.store.listFolder(folder)).filter(
    ({ path, sizeBytes }) =>
      isJsonFile.test(path) && path !== settingsFile && sizeBytes <= mostBytes,
  )
  const looked = listed.slice(0, mostRows)
  const rows = await mapBounded(looked, 8, async ({ path }) => {
    const kind = await readWith(context, { document: path, item: null }, mappings)
    const isOne =
      kind.format === 'unknown' &&
      kind.text !== null &&
      isSameShape({ folder, keys }, looseShape(path, kind.text))
    return isOne ? [rowOf(path, kind)] : []
  })
  return { rows: rows.flat(), notLookedAt: listed.length - looked.length }
}

const isJsonFile = /\.(?:jsonl?|ndjson)(?:\.(?:gz|zst))?$/i
const mostBytes = 4 * 1024 * 1024

function looseShape(document: string, text: string): Shape {
  const records = recordsOf(text)
  const root =
    records.kind === 'one'
      ? records.root
      : records.kind === 'lines'
        ? records.lines.at(-1)?.root
        : undefined
  const folder = document.slice(0, Math.max(0, document.lastIndexOf('/')))
  return { folder, keys: root === undefined ? [] : [...keysOf(root)] }
}

function rowOf(document: string, kind: DocumentKind): MappingPlan['rows'][number] {
  const states = Object.values(kind.run?.steps ?? {})
  const stepsDone = states.filter(
    ({ status }) => status === 'succeeded' || status === 'skipped',
  ).length
  return { document, status: shownOf(kind).status, stepsDone, stepsTotal: states.length }
}
