import { currentVersion, type ListedFacts } from '../../schema/head.ts'
import type { RecordBody } from '../../schema/journal.ts'
import type { Run, RunStatus } from '../../schema/run.ts'
import { diagnose } from './diagnose.ts'

/** What a head says for the list; `records` are those with which the run came to rest. */
export function listedFacts(
  run: Run,
  options: { readonly journalBytes: number; readonly records: readonly RecordBody[] },
): ListedFacts {
  const { journalBytes, records } = options
  return needsMore(run, records) ? { journalBytes } : { journalBytes, reason: why(run, records) }
}

const restful: readonly RunStatus[] = ['paused', 'failed', 'completed', 'cancelled']

/** Processes and older records may say more of these than the run itself does. */
function needsMore(run: Run, records: readonly RecordBody[]): boolean {
  if (!restful.includes(run.status)) return true
  if (Object.values(run.steps).some(({ status }) => status === 'running')) return true
  return (run.status === 'paused' || run.status === 'cancelled') && restedBy(records) === null
}

function why(run: Run, records: readonly RecordBody[]): NonNullable<ListedFacts['reason']> {
  const [first] = diagnose({
    run,
    health: 'ok',
    version: currentVersion,
    liveness: 'none',
    holder: null,
    heldHere: false,
    inDoubt: [],
    traces: {},
    findings: [],
    trusted: true,
    now: run.updatedAt,
    formatLabel: 'Unstuck',
    restedBy: restedBy(records),
  })
  return {
    rule: first?.rule ?? 'G31',
    sentence: first?.sentence ?? '',
    severity: first?.severity ?? 'attention',
  }
}

function restedBy(records: readonly RecordBody[]) {
  const last = records.findLast(({ type }) => type === 'runPaused' || type === 'runCancelled')
  return last?.type === 'runPaused' || last?.type === 'runCancelled'
    ? { by: last.by, reason: last.reason }
    : null
}
