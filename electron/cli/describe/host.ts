import type { BatchFacts, HostFacts } from '../../../shared/contract/host.ts'
import type { Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { count, time } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'

/** A host's account of itself, as lines. */
export function describeHost(facts: HostFacts, paint: Paint): readonly string[] {
  const { runs, approvals, locks, operations, definitions, differences, batches } = facts
  const cut = batches.shown.filter(({ state }) => state === 'cut')
  const others = batches.shown.filter(({ state }) => state !== 'cut')
  return [
    ...table(headOf(facts)),
    ...cut.flatMap((batch) => cutBatch(batch, paint)),
    ...section(
      'Not as the state file said',
      differences.shown.map(({ said, now }) => `${printable(said)} Now: ${printable(now)}`),
    ),
    ...section(
      'Runs in progress',
      runs.shown.map(
        ({ run, workflow, since }) => `${run}  ${printable(workflow)}  ${time(since)}`,
      ),
    ),
    ...section(
      'Definitions in use',
      definitions.shown.map(
        ({ workflow, version, runs: using }) =>
          `${printable(workflow)} ${printable(version ?? '')} (${count(using, 'run')})`,
      ),
    ),
    ...section(
      'Waiting for a decision',
      approvals.shown.map(({ run, step, since }) => `${run}  ${step}  ${time(since)}`),
    ),
    ...section(
      'Locks',
      locks.shown.map(({ run, purpose, since }) => `${run}  ${printable(purpose)}  ${time(since)}`),
    ),
    ...section(
      'Under way',
      operations.shown.map(
        ({ call, item, since }) => `${call}  ${printable(item)}  ${time(since)}`,
      ),
    ),
    ...section('Batches', others.map(batchLine)),
  ]
}

function headOf({ process, stateFile, workspaces, counters }: HostFacts): readonly string[][] {
  const { application, pid, hostName, since, isAlive } = process
  const state = isAlive ? `since ${time(since)}` : 'ended'
  const numbers = Object.entries(counters).map(([name, number]) => `${name} ${number}`)
  return [
    [
      'Host',
      `${application.host} ${application.version}, process ${pid} ${printable(hostName)}, ${state}`,
    ],
    ['State file', fileLine(stateFile)],
    ...(stateFile?.problem ? [['', printable(stateFile.problem)]] : []),
    ['Workspaces', workspaces.shown.map(({ path }) => printable(path)).join(', ')],
    ['Numbers given', numbers.join(', ')],
  ]
}

function fileLine(file: HostFacts['stateFile']): string {
  if (file === null) return 'none: nothing is kept over a restart'
  const written = file.writtenAt === null ? '' : `, written ${time(file.writtenAt)}`
  return `${printable(file.path)} (${uses[file.use]}${written})`
}

const uses = {
  kept: 'kept by this host',
  shared: 'kept by another host',
  read: 'only looked at',
  failed: 'cannot be used',
} as const

function cutBatch(batch: BatchFacts, paint: Paint): readonly string[] {
  const { rows, problem } = batch
  const lines = table(
    rows.shown.map(({ item, outcome, cause }) => [
      outcome,
      printable(item),
      shortened(cause ?? '', 100),
    ]),
  )
  const more = rows.total - rows.shown.length
  return section(`${paint('yellow', 'Cut')}: ${batchLine(batch)}`, [
    ...(problem === null ? [] : [problem]),
    ...lines,
    ...(more > 0 ? [`and ${more} more`] : []),
  ])
}

function batchLine({ number, call, by, startedAt, state, total, counts }: BatchFacts): string {
  const parts = [
    `${counts.done} of ${total} done`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.stale > 0 ? [`${counts.stale} changed since`] : []),
    ...(counts.unfinished > 0 ? [`${counts.unfinished} to be looked at`] : []),
    ...(counts.notReached > 0 ? [`${counts.notReached} not reached`] : []),
  ]
  const when = `${time(startedAt)} by ${printable(by)}`
  return `batch ${number}, ${call}, ${when}, ${state}: ${parts.join(', ')}`
}
