import { pointer } from '../../../schema/pointer.ts'
import { textFinding } from '../../codec/headFinding.ts'
import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import type { Run } from '../../../schema/run.ts'
import type { Finding } from '../../integrity/finding.ts'
import type { FileSet, FormatContext, FormatPoint, FormatReading } from '../format.ts'
import { list, openStore, table, type Store } from './storeDocument.ts'
import { member } from '../text/parseText.ts'
import { findingsAt, type Breach } from '../view/findingAt.ts'
import { repeatedKeys } from '../view/repeatedKeys.ts'
import { latest, momentOfIso } from '../view/times.ts'
import { referenceBreaches } from './referenceFindings.ts'
import { runBreaches } from './runFindings.ts'
import { storeHistory } from './storeHistory.ts'
import { shapeBreaches } from './shapeFindings.ts'
import { runsDiagnoses } from './runsDiagnoses.ts'
import { storeDiagnoses, type RunFacts } from './storeDiagnoses.ts'
import { saidOfRun, storeView } from './storeView.ts'
import { textIn } from '../textIn.ts'

/** What a store says, of one of its runs or of all. Never throws, whatever the text is. */
export function readStore(set: FileSet, context: FormatContext): FormatReading {
  const text = textIn(set, set.document)
  const opened = openStore(text)
  const points = storePoints(set)
  const common = { label: 'multyagents store', version: null, isOld: false, points }
  const left = leftOver(points)
  if (opened.kind === 'broken') {
    return {
      ...common,
      run: null,
      said: { status: null, steps: {} },
      findings: [brokenStore(text, opened.flaw), ...left],
      diagnoses: [],
    }
  }
  const { store } = opened
  const item = set.item ?? onlyRun(store)
  const run = item === null ? null : storeView(store, item, context.now)
  return {
    ...common,
    run,
    said: item === null ? { status: null, steps: {} } : saidOfRun(store, item),
    findings: [...findingsAt(text, store.root, storeBreaches(store, item)), ...left],
    diagnoses: diagnosesOf(store, { item, run, context }),
    history: item === null ? [] : storeHistory(store, item),
  }
}

function diagnosesOf(
  store: Store,
  { item, run, context }: Omit<RunFacts, 'store' | 'item' | 'run'> & Opened,
): readonly Diagnosis[] {
  if (run !== null && item !== null) return storeDiagnoses({ store, item, run, context })
  return item === null && table(store, 'workflow_runs').size > 1
    ? runsDiagnoses(store, context)
    : []
}

type Opened = { readonly item: string | null; readonly run: Run | null }

/** All of the store, for its reader takes all or nothing; of the runs only the one that is looked at. */
export function storeBreaches(store: Store, item: string | null): readonly Breach[] {
  return [
    ...shapeBreaches(store),
    ...referenceBreaches(store),
    ...runBreaches(store, item),
    ...repeatedKeys(store.root).map(repeated),
  ]
}

function onlyRun(store: Store): string | null {
  const [first, second] = table(store, 'workflow_runs').keys()
  return second === undefined ? (first ?? null) : null
}

/** [F143] */
function repeated(path: readonly string[]): Breach {
  return {
    rule: 'F143',
    severity: 'error',
    sentence: `${pointer(...path)} stands twice: multyagents takes the last, and its next write drops the first.`,
    path,
    remedy: 'Remove the one that is wrong.',
  }
}

/** [F141] */
function brokenStore(
  text: string,
  flaw: { readonly index: number; readonly sentence: string },
): Finding {
  const what = text.trim() === '' ? 'The store is empty.' : `The store is broken. ${flaw.sentence}`
  return textFinding(text, {
    rule: 'F141',
    severity: 'error',
    sentence: `${what} The API does not start with it, and has no other copy.`,
    file: 'document',
    index: flaw.index,
    pointer: null,
    remedy: 'Take the left-over temporary file, or what can be salvaged.',
  })
}

function storePoints(set: FileSet): readonly FormatPoint[] {
  const temporary = `${set.document}.tmp`
  const current = pointOf(set, {
    id: 'current',
    label: 'As it is',
    kind: 'current',
    document: set.document,
  })
  if (!set.texts.has(temporary)) return [current]
  const label = 'Left over from a write that did not end'
  return [current, pointOf(set, { id: 'temporary', label, kind: 'temporary', document: temporary })]
}

function pointOf(
  set: FileSet,
  what: Pick<FormatPoint, 'id' | 'label' | 'kind' | 'document'>,
): FormatPoint {
  const opened = openStore(textIn(set, what.document))
  const modified = set.files.find(({ path }) => path === what.document)?.modifiedAt ?? null
  return {
    ...what,
    item: set.item,
    at: (opened.kind === 'ok' ? lastEventAt(opened.store) : null) ?? modified,
    problem: opened.kind === 'ok' ? null : `It is no JSON. ${opened.flaw.sentence}`,
  }
}

/** When a store was last written, as far as it tells: its last event. */
export function lastEventAt(store: Store): ReturnType<typeof momentOfIso> {
  return latest(
    ...list(store, 'events')
      .slice(-20)
      .map((event) => momentOfIso(member(event, 'created_at'))),
  )
}

/** [F163] */
function leftOver(points: readonly FormatPoint[]): readonly Finding[] {
  return points
    .filter(({ kind }) => kind === 'temporary')
    .map(({ document, problem }) => ({
      rule: 'F163',
      severity: 'warning',
      sentence: `${document} is left over from a write that did not end, and is ${problem === null ? 'whole: it may be the newer one' : 'broken itself'}.`,
      file: 'temporary',
      offset: null,
      line: null,
      column: null,
      pointer: null,
      remedy: problem === null ? 'Compare the two.' : 'Clean it up.',
    }))
}
