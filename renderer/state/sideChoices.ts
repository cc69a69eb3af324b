import type { RunDetail, RunRow } from '../../shared/contract/runs.ts'
import type { Checkpoint } from '../../shared/schema/run.ts'
import { shownStatus } from '../../shared/core/diagnose/shownStatus.ts'
import type { RouteSide } from './route.ts'

export type SideChoice = {
  readonly id: string
  readonly label: string
  /** What is to be known of it, and a moment that belongs to it. */
  readonly note: string
  readonly at: string | null
  readonly side: RouteSide
}

export type SideChoiceGroup = { readonly title: string; readonly choices: readonly SideChoice[] }

export type SideFacts = {
  /** The run that something is compared with; null: none is chosen. */
  readonly subject: RunDetail | null
  /** Completed runs of its workflow, the latest first. */
  readonly good: readonly RunRow[]
  readonly runs: readonly RunRow[]
}

/** What one side of a comparison may be, what is most likely meant first. */
export function sideChoices(facts: SideFacts, text: string): readonly SideChoiceGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ label, note }: SideChoice) => {
    const said = `${label} ${note}`.toLowerCase()
    return words.every((word) => said.includes(word))
  }
  const { subject } = facts
  const groups = [
    { title: 'Most likely', choices: likely(facts) },
    { title: 'Checkpoints of this run', choices: subject === null ? [] : pointsOf(subject) },
    { title: 'Runs', choices: facts.runs.filter(isReadable).map(runChoice) },
  ]
  return groups
    .map(({ title, choices }) => ({ title, choices: choices.filter(fits) }))
    .filter(({ choices }) => choices.length > 0)
}

function likely({ subject, good }: SideFacts): readonly SideChoice[] {
  const run = subject?.run ?? null
  if (subject === null || run === null) return []
  const lastGood = good.find(
    ({ id, workflow, status }) =>
      id !== run.id && workflow === run.workflow.name && status === 'completed',
  )
  const before = run.checkpoints.findLast(({ seq }) => seq < run.seq)
  const choices: readonly (SideChoice | null)[] = [
    lastGood === undefined
      ? null
      : {
          id: 'good',
          label: `Last completed run of ${run.workflow.name}`,
          note: lastGood.id,
          at: lastGood.finishedAt,
          side: sideOf(lastGood.ref.document, lastGood.ref.format),
        },
    before === undefined
      ? null
      : { ...pointChoice(subject, before), id: 'before', label: `Last checkpoint: ${before.name}` },
    run.lineage === null
      ? null
      : {
          id: 'parent',
          label: 'The run that it came from',
          note: run.lineage.parent,
          at: null,
          side: { ...sideOf(run.lineage.parent, 'unstuck'), checkpoint: run.lineage.checkpoint },
        },
    ...subject.forks.map(({ run: fork }): SideChoice => ({
      id: `fork ${fork}`,
      label: 'A fork of it',
      note: fork,
      at: null,
      side: sideOf(fork, 'unstuck'),
    })),
  ]
  return choices.filter((choice) => choice !== null)
}

/** As it is now, and its checkpoints, the newest first. */
function pointsOf(subject: RunDetail): readonly SideChoice[] {
  const { ref, run } = subject
  const now: SideChoice = {
    id: 'now',
    label: 'Now',
    note: ref.document,
    at: run?.updatedAt ?? null,
    side: sideOf(ref.document, ref.format),
  }
  const points = (run?.checkpoints ?? []).toReversed()
  return [now, ...points.map((checkpoint) => pointChoice(subject, checkpoint))]
}

function pointChoice({ ref }: RunDetail, { id, name, seq, at }: Checkpoint): SideChoice {
  return {
    id: `checkpoint ${id}`,
    label: name,
    note: `record ${seq}`,
    at,
    side: { ...sideOf(ref.document, ref.format), checkpoint: id },
  }
}

function runChoice(row: RunRow): SideChoice {
  const { ref, workflow, updatedAt } = row
  const status = shownStatus(row).replaceAll('-', ' ')
  return {
    id: `run ${ref.document}`,
    label: ref.document,
    note: workflow === null ? status : `${workflow}, ${status}`,
    at: updatedAt,
    side: sideOf(ref.document, ref.format),
  }
}

function sideOf(document: string, format: RouteSide['format']): RouteSide {
  return { document, format, checkpoint: null }
}

/** Only what can be read as a run can be compared. */
function isReadable({ health, stepsTotal }: RunRow): boolean {
  return health === 'ok' || stepsTotal > 0
}
