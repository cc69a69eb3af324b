import { readTrash, restoreAll } from '../../../shared/contract/cleanUpAll.ts'
import type { TrashEntry } from '../../../shared/contract/plans.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand } from '../command.ts'
import { describeRows } from '../describe/rows.ts'
import { describeTrash } from '../describe/trash.ts'
import { exitOfRows, exits } from '../exitCodes.ts'
import { sayProgress } from '../sayProgress.ts'

export const restoreCommand = defineCommand({
  name: 'restore',
  usage: '[ENTRY|RUN…]',
  summary: 'Bring runs back from the trash; without arguments, list the trash.',
  positionals: { min: 0, max: 10_000 },
  options: {},
  examples: ['unstuck restore', 'unstuck restore deploy-20260102-101500-ab12'],
  run: async (context) => {
    const client = await context.client()
    const trash = await readTrash(client, context)
    if (context.positionals.length === 0) {
      return { output: trash, lines: describeTrash(trash.entries, context.now), exit: exits.done }
    }
    const entries = context.positionals.map((text) => find(trash.entries, text).id)
    const work = { signal: context.signal, onProgress: sayProgress(context) }
    const output = await restoreAll(client, entries, work)
    return { output, lines: describeRows(output.rows), exit: exitOfRows(output.rows) }
  },
})

/** The newest entry of a run, or the entry of that id. */
function find(entries: readonly TrashEntry[], text: string): TrashEntry {
  const newestFirst = entries.toSorted((a, b) => b.at.localeCompare(a.at))
  const found = newestFirst.find(({ id, run }) => id === text || run === text)
  if (found) return found
  const message = `The trash has neither an entry nor a run "${text}". "unstuck restore" lists it.`
  throw new AppError('not-found', message, { entry: text })
}
