import { stripVTControlCharacters } from 'node:util'
import { assertNever } from '../../../shared/assert.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import type { Diagnosis, DiagnosisAction } from '../../../shared/core/diagnose/diagnosis.ts'
import type { Checkpoint } from '../../../shared/schema/run.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { age, duration, size, time } from '../text/quantities.ts'
import { indented, section, table } from '../text/table.ts'
import { statusWord } from './statusWord.ts'
import { describeFindings } from './findings.ts'

type View = { readonly paint: Paint; readonly now: number }

/** The end of the log of the attempt that the first reason is about. */
export type LogTail = {
  readonly step: string
  readonly attempt: number
  readonly lines: readonly string[]
}

/** The diagnosis first, then what it rests on, then the run itself. */
export function describeRun(
  detail: RunDetail,
  view: View,
  tail: LogTail | null = null,
): readonly string[] {
  const [first, ...others] = detail.diagnoses
  return [
    ...(first ? describeDiagnosis(first, detail, view.paint) : []),
    ...(tail === null ? [] : describeTail(tail, detail.ref)),
    ...others.flatMap((other) => describeOther(other, detail)),
    ...section('Run', describeFacts(detail, view)),
    ...section('Steps', describeSteps(detail, view)),
    ...section('Checkpoints', describeCheckpoints(detail.run?.checkpoints ?? [], detail)),
    ...section('Runs in it', describeItems(detail)),
    ...section('Findings', describeFindings(detail.findings, view.paint)),
    ...section(
      'Backups',
      table(detail.backups.map((one) => [one.id, time(one.at), printable(one.reason)])),
    ),
  ]
}

function bringBack({ archive, unlocked, ref }: RunDetail): string | null {
  if (!archive) return null
  return `unstuck unarchive ${ref.document}${unlocked === true ? ' --passphrase-file -' : ''}`
}

function describeItems({ foreign, ref }: RunDetail): readonly string[] {
  const items = foreign?.items ?? []
  if (ref.item !== null || items.length === 0) return []
  return table(
    items.map(({ item, label }) => [printable(`${ref.document}#${item}`), printable(label)]),
  )
}

function describeDiagnosis(
  diagnosis: Diagnosis,
  detail: RunDetail,
  paint: Paint,
): readonly string[] {
  const command = commandFor(diagnosis.action, detail)
  return [
    paint('bold', printable(diagnosis.sentence)),
    ...indented(
      table(diagnosis.evidence.map((one) => [printable(one.label), printable(one.value)])),
    ),
    ...(command === null ? [] : [`  ${printable(diagnosis.action.label)}: ${command}`]),
  ]
}

function describeTail({ step, attempt, lines }: LogTail, ref: Ref): readonly string[] {
  const whole = `unstuck show ${ref.document} --log ${step} --attempt ${attempt}`
  return [
    `Log of ${printable(step)}, attempt ${attempt}, its last lines (all of it: ${printable(whole)}):`,
    ...indented(lines.map((line) => printable(stripVTControlCharacters(line)))),
  ]
}

function describeOther({ sentence, action }: Diagnosis, detail: RunDetail): readonly string[] {
  const command = commandFor(action, detail)
  return [
    `Also: ${printable(sentence)}`,
    ...(command === null ? [] : [`  ${printable(action.label)}: ${command}`]),
  ]
}

/** The command line that does what the diagnosis advises. */
function commandFor(
  { kind, step, run: other }: DiagnosisAction,
  { ref, foreign }: RunDetail,
): string | null {
  const run = ref.document
  const isInside = foreign?.items.some(({ item }) => item === other) === true
  const commands = {
    start: `unstuck run ${run}`,
    resume: `unstuck resume ${run}`,
    repair: `unstuck repair ${run}`,
    migrate: `unstuck migrate ${run}`,
    trust: 'unstuck trust',
    retryNow: step === null ? null : `unstuck retry ${run} ${step}`,
    decide:
      step === null ? null : `unstuck approve ${run} ${step}, or unstuck reject ${run} ${step}`,
    openStep: step === null ? null : `unstuck show ${run} --log ${step}`,
    openRun:
      typeof other === 'string'
        ? `unstuck show ${isInside ? `${run}#${other}` : other}`
        : `unstuck show ${run} ${ref.format === 'unstuck' ? '--history' : '--raw document'}`,
    openHistory: `unstuck show ${run} --history`,
    breakLock: `unstuck lock show ${run}, then unstuck lock break ${run}`,
    map: `unstuck map ${run}`,
    cleanUp: 'unstuck cleanup',
    upgrade: null,
    wait: null,
    none: null,
  } as const satisfies Record<DiagnosisAction['kind'], string | null>
  const command = commands[kind]
  return command === null ? null : printable(command)
}

function describeFacts(detail: RunDetail, { paint, now }: View): readonly string[] {
  const { run, holder } = detail
  const status = paintStatus(paint, statusWord({ ...detail, status: run?.status ?? null }))
  const facts: (readonly [string, string | null])[] = [
    ['id', detail.ref.document],
    ['status', status],
    ['workflow', run && [run.workflow.name, run.workflow.version].filter(Boolean).join(' ')],
    ['definition', run?.workflow.source ?? null],
    ['created', run && time(run.createdAt)],
    ['changed', run && `${time(run.updatedAt)} (${age(run.updatedAt, now)} ago)`],
    ['finished', run?.finishedAt ? time(run.finishedAt) : null],
    ['error', run?.error ? `${run.error.name}: ${run.error.message}` : null],
    [
      'imported from',
      run?.origin
        ? `${printable(run.origin.document)} (${run.origin.format}, ${run.origin.digest})`
        : null,
    ],
    ['from', run?.lineage ? `${run.lineage.relation} of ${run.lineage.parent}` : null],
    ['copy of', run?.lineage?.was ?? null],
    ['forks', detail.forks.map((fork) => fork.run).join(', ') || null],
    ['held by', holder && `${holder.hostName}, process ${holder.pid}, since ${time(holder.since)}`],
    ['size', size(detail.sizeBytes)],
    ['archive', detail.archive ?? null],
    ['encrypted', detail.unlocked ? 'yes: it was opened to be read, in memory only' : null],
    ['bring back', bringBack(detail)],
  ]
  return table(
    facts.flatMap(([label, value]) =>
      value ? [[label, label === 'status' ? value : printable(value)]] : [],
    ),
  )
}

function describeSteps({ run }: RunDetail, { paint }: View): readonly string[] {
  if (!run) return []
  const rows = run.steps.map((step) => [
    paintStatus(paint, step.status),
    printable(step.id),
    step.attempts.length > 1 ? `${step.attempts.length} attempts` : '',
    tookOf(step),
    noteOf(step),
  ])
  const left = run.stepsTotal - run.steps.length
  return [...table(rows), ...(left > 0 ? [`and ${left} more`] : [])]
}

function tookOf({ startedAt, finishedAt }: StepView): string {
  if (startedAt === null || finishedAt === null) return ''
  return duration(Date.parse(finishedAt) - Date.parse(startedAt))
}

function noteOf(step: StepView): string {
  if (step.inDoubt) return 'in doubt: it began, and nothing tells how it ended'
  const { error, exitCode } = step.attempts.at(-1) ?? {}
  if (error && step.status !== 'succeeded') return shortened(error.message, 100)
  if (step.waitingOn) return `waits for ${waitsFor(step.waitingOn)}`
  if (step.skippedBy) return `skipped by ${step.skippedBy}`
  return exitCode ? `exit code ${exitCode}` : ''
}

function waitsFor(waiting: NonNullable<StepView['waitingOn']>): string {
  switch (waiting.kind) {
    case 'retry':
      return `attempt ${waiting.attempt} at ${time(waiting.until)}`
    case 'time':
      return time(waiting.until)
    case 'gate':
      return waiting.who === null ? 'approval' : `approval by ${printable(waiting.who)}`
    case 'run':
      return `run ${printable(waiting.run)}`
    case 'items':
      return `its ${waiting.total} items`
    default:
      return assertNever(waiting)
  }
}

function describeCheckpoints(
  checkpoints: readonly Checkpoint[],
  { run }: RunDetail,
): readonly string[] {
  const rows = checkpoints.map(({ id, name, at, progress }) => [
    printable(id),
    time(at),
    `${Math.round(progress * 100)} %`,
    printable(name),
  ])
  const left = (run?.checkpointsTotal ?? 0) - checkpoints.length
  return [...(left > 0 ? [`${left} older ones, then`] : []), ...table(rows)]
}
