import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { RepairInput } from '../../shared/core/repair/repairInput.ts'
import { planRepair, type RepairOutcome } from '../../shared/core/repair/planRepair.ts'
import { StepId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { readStoredRun, requireKnownVersion, type OpenedRun } from './openStoredRun.ts'
import { planned, type Planned } from './planned.ts'
import { runIdOf } from './refs.ts'
import { readBackups, readTemporaries } from './repairSpares.ts'

export type PlannedRepair = {
  readonly shown: CallOutput<'repair.plan'>
  readonly outcome: RepairOutcome | null
}

/** Reads everything that a repair can be made from, and plans it. */
export async function makeRepairPlan(
  context: ServiceContext,
  input: HandlerInput<'repair.plan'>,
): Promise<PlannedRepair> {
  const id = runIdOf(context, input.ref)
  const opened = await readStoredRun(context, id)
  requireKnownVersion(opened)
  const isDamaged = opened.reading.findings.some(({ severity }) => severity !== 'info')
  const asOf = input.asOf ?? context.now()
  const { plan, outcome } = planRepair({
    document: id,
    reading: opened.reading,
    head: opened.head,
    journal: opened.stored.journal,
    backups: await readBackups(context, id),
    temporaries: isDamaged ? await readTemporaries(context, id) : [],
    lastAttempts: lastAttempts(context, opened.stored),
    lines: await readFlawed(context, opened),
    now: asOf,
    rejected: input.rejected,
    source: input.source,
    sha256: context.sha256,
  })
  const shown: Planned<typeof plan> = planned(context, plan, { rev: opened.stored.rev, asOf })
  return { shown, outcome }
}

/** By step the number of its last attempt of which there is a log. */
function lastAttempts(
  { store }: ServiceContext,
  { id, files }: OpenedRun['stored'],
): Readonly<Record<string, number>> {
  const last: Record<string, number> = {}
  for (const { path, kind } of files) {
    const [, step = '', attempt = ''] = /([^/]+)\.(\d+)\.log$/.exec(path) ?? []
    const [name, number] = [StepId.safeParse(step), Number(attempt)]
    if (kind !== 'log' || !name.success || store.layout.log(id, name.data, number) !== path)
      continue
    last[step] = Math.max(last[step] ?? 0, number)
  }
  return last
}

/** The bytes of the first lines that do not fit: what of them can be read is shown. */
async function readFlawed(
  { store }: ServiceContext,
  { stored }: OpenedRun,
): Promise<NonNullable<RepairInput['lines']>> {
  const flaws = (stored.journal?.flaws ?? []).slice(0, linesRead)
  if (flaws.length === 0 || stored.archive !== null) return []
  const journal = store.layout.journal(stored.id)
  return Promise.all(
    flaws.map(async ({ offset, sizeBytes }) => {
      const limitBytes = Math.min(sizeBytes, lineBytes)
      return { offset, bytes: (await store.readSlice(journal, { offset, limitBytes })).bytes }
    }),
  )
}

const [linesRead, lineBytes] = [20, 64 * 1024]
