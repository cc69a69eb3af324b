import type { ListedFacts, SummaryContent } from '../../schema/head.ts'
import { originKey } from '../../schema/origin.ts'
import type { Run } from '../../schema/run.ts'
import { currentStep } from '../graph/currentStep.ts'
import { utf8Length } from './locate.ts'

/** Bytes for the summary's JSON without its `sum`: with what stands around it, the line ends within the first 1,024. */
const summaryBytes = 920
const errorCharacters = 160

/** What a row of the list shows of a run, short enough for the first 1 KB of its head. */
export function summarise(run: Run): SummaryContent {
  const steps = Object.values(run.steps)
  const summary = {
    id: run.id,
    kind: run.kind,
    workflow: clip(run.workflow.name, { characters: 80, bytes: 120 }),
    version: clipOrNull(run.workflow.version, { characters: 24, bytes: 40 }),
    status: run.status,
    step: clipOrNull(currentStep(run), { characters: 110, bytes: 110 }),
    stepsDone: steps.filter(({ status }) => status === 'succeeded' || status === 'skipped').length,
    stepsTotal: steps.length,
    attempts: steps.reduce((sum, step) => sum + step.attempts.length, 0),
    checkpoints: run.checkpoints.length,
    createdAt: run.createdAt,
    updatedAt: run.updatedAt,
    finishedAt: run.finishedAt,
    error: null,
    parent: run.lineage?.parent ?? null,
    pinned: run.annotations.pinned,
    seq: run.journal.seq,
  }
  if (run.error === null) return summary
  const bytes = Math.max(0, summaryBytes - utf8Length(JSON.stringify(summary)))
  return { ...summary, error: clip(firstLine(run.error), { characters: errorCharacters, bytes }) }
}

/** The summary with what the list needs besides: each of it only where the line stays within its limit. */
export function withListedFacts(
  summary: SummaryContent,
  run: Run,
  listed: ListedFacts,
): SummaryContent & ListedFacts {
  const { journalBytes, reason } = listed
  // Without the journal's size nobody could tell that the rest is still true.
  if (journalBytes === undefined || journalBytes === null) return summary
  const relation = run.lineage?.relation
  const sized = {
    ...summary,
    journalBytes,
    ...(relation === undefined ? {} : { relation }),
    ...originOf(run),
  }
  // Marks that have no room are read from the whole run.
  const marked = { ...sized, ...marksOf(run) }
  const named = { ...sized, ...errorNameOf(run), ...marksOf(run) }
  const reasons = reason === undefined ? {} : { reason }
  const wanted = [{ ...named, ...reasons }, { ...marked, ...reasons }, marked]
  return wanted.find(isWithinLimit) ?? summary
}

/** Left out where it took the place of no whole document. */
export function originOf({ origin }: Pick<Run, 'origin'>): Pick<ListedFacts, 'origin'> {
  if (origin === undefined || origin.item !== null) return {}
  const key = originKey(origin)
  return jsonBytes(key) > originBytes ? {} : { origin: key }
}

const originBytes = 300

/** Left out where the error's class says nothing. */
export function errorNameOf({ error }: Pick<Run, 'error'>): Pick<ListedFacts, 'errorName'> {
  if (error === null || error.name === 'Error') return {}
  return { errorName: clip(error.name, { characters: 60, bytes: 80 }) }
}

/** [X112] Left out where nobody says anything of it. */
export function marksOf({ annotations }: Pick<Run, 'annotations'>): Pick<ListedFacts, 'marks'> {
  const { colour, tags, note } = annotations
  const [line = ''] = (note ?? '').trim().split(/\r\n|[\n\r]/, 1)
  if (colour === null && tags.length === 0 && line === '') return {}
  return {
    marks: {
      colour: clipOrNull(colour, { characters: 40, bytes: 40 }),
      tags: [...tags],
      note: line === '' ? null : clip(line, { characters: 100, bytes: 120 }),
    },
  }
}

function isWithinLimit(summary: SummaryContent): boolean {
  return utf8Length(JSON.stringify(summary)) <= summaryBytes
}

function firstLine(error: { readonly name: string; readonly message: string }): string {
  const line = error.message.split(/\r\n|[\n\r]/, 1)[0]?.trim()
  return line === undefined || line === '' ? error.name : line
}

type Limit = { readonly characters: number; readonly bytes: number }

function clipOrNull(text: string | null, limit: Limit): string | null {
  return text === null ? null : clip(text, limit)
}

/** The text, or as much of it as its JSON form fits, ending in an ellipsis. */
function clip(text: string, limit: Limit): string {
  if (text.length <= limit.characters && jsonBytes(text) <= limit.bytes) return text
  let kept = ''
  for (const character of text) {
    const longer = kept + character
    if (longer.length >= limit.characters || jsonBytes(longer) + 3 > limit.bytes) break
    kept = longer
  }
  return `${kept}…`
}

function jsonBytes(text: string): number {
  return utf8Length(JSON.stringify(text)) - 2
}
