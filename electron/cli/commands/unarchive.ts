import { defineCommand } from '../command.ts'
import { describeArchived } from '../describe/archived.ts'
import { exitOfRows } from '../exitCodes.ts'
import { findRunIds } from '../findRunIds.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'
import { sayProgress } from '../sayProgress.ts'

export const unarchiveCommand = defineCommand({
  name: 'unarchive',
  usage: 'RUN…',
  summary: 'Bring archived runs back: all their files, as they were.',
  positionals: { min: 1, max: 10_000 },
  options: passphraseOption,
  examples: [
    'unstuck unarchive deploy-20260102-101500-ab12',
    'unstuck unarchive deploy-20260102-101500-ab12 --passphrase-file -',
  ],
  run: async (context) => {
    const passphrase = await readPassphrase(context.options['passphrase-file'], context)
    const client = await context.client()
    const runs = await findRunIds({ ...context, client }, context.positionals)
    const output = await client.call(
      'run.unarchive',
      { runs, passphrase },
      { signal: context.signal, onProgress: sayProgress(context) },
    )
    const lines = describeArchived(output, { verb: 'brought back' })
    return { output, lines, exit: exitOfRows(output.rows) }
  },
})
