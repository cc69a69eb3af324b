import type { CallInput, CallOutput, Client } from '../../shared/contract/contract.ts'
import type { Ref } from '../../shared/contract/call.ts'
import { toAppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { exits } from './exitCodes.ts'
import { sayProgress } from './sayProgress.ts'
import { printable } from './text/printable.ts'
import { count } from './text/quantities.ts'
import { table } from './text/table.ts'

type Row = {
  readonly run: string
  readonly ready: boolean
  readonly source: string | null
  readonly fixes: number
  readonly loses: readonly string[]
  readonly problems: readonly string[]
}

/** Plans the repair of every run with findings that are more than information. */
export async function planAllRepairs(context: CommandContext<OptionTable>): Promise<Outcome> {
  const client = await context.client()
  const rows: Row[] = []
  for await (const ref of flawedRuns(context, client)) rows.push(await rowOf(client, ref))
  const ready = rows.filter((row) => row.ready).length
  return {
    output: { rows },
    lines: [
      ...table(rows.map(cells)),
      rows.length === 0
        ? 'No run has findings: there is nothing to repair.'
        : `${count(rows.length, 'run')} with findings, ${ready} can be repaired. Do it: unstuck repair RUN --apply`,
    ],
    exit: ready === rows.length ? exits.done : exits.notReady,
  }
}

async function* flawedRuns(
  context: CommandContext<OptionTable>,
  client: Client,
): AsyncGenerator<Ref> {
  const onProgress = sayProgress(context)
  for (let offset: number | null = 0; offset !== null;) {
    const input: CallInput<'run.checkAll'> = { sort: { column: 'id', descending: false }, offset }
    const page: CallOutput<'run.checkAll'> = await client.call('run.checkAll', input, {
      signal: context.signal,
      onProgress,
    })
    for (const { ref, counts } of page.items) {
      const isFlawed = (counts.error ?? 0) + (counts.warning ?? 0) > 0
      if (ref.format === 'unstuck' && isFlawed) yield ref
    }
    offset = page.nextOffset
  }
}

async function rowOf(client: Client, ref: Ref): Promise<Row> {
  try {
    const { plan } = await client.call('repair.plan', { ref })
    const { ready, source, fixes, problems } = plan
    const loses = plan.sources.find(({ id }) => id === source)?.loses ?? []
    return { run: ref.document, ready, source, fixes: fixes.length, loses, problems }
  } catch (error) {
    const none = { ready: false, source: null, fixes: 0, loses: [] }
    return { run: ref.document, ...none, problems: [toAppError(error).message] }
  }
}

function cells({ run, ready, source, fixes, loses, problems }: Row): readonly string[] {
  const loss = loses.length === 0 ? 'loses nothing' : `loses: ${loses.join(' ')}`
  const what = ready ? `${count(fixes, 'fix', 'fixes')}, ${loss}` : problems.join(' ')
  return [printable(run), ready ? 'ready' : 'not ready', printable(source ?? '-'), printable(what)]
}
