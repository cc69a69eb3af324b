import { defineCommand } from '../command.ts'
import { describeArchived } from '../describe/archived.ts'
import { exitOfRows } from '../exitCodes.ts'
import { findRunIds } from '../findRunIds.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'
import { sayProgress } from '../sayProgress.ts'

export const archiveCommand = defineCommand({
  name: 'archive',
  usage: 'RUN…',
  summary: 'Move runs that are at rest into one compressed file each. They stay listed.',
  details: [
    'An archived run is read as before, and not written: "unstuck unarchive RUN" brings it back.',
    'With a passphrase it is encrypted: its row stays in the list, and all else is read with the passphrase only: unstuck show RUN --passphrase-file -',
    'The file is .unstuck/archive/<day>/<run>.tar.zst; zstd -dc FILE | tar x reads it without Unstuck.',
  ],
  positionals: { min: 1, max: 10_000 },
  options: passphraseOption,
  examples: [
    'unstuck archive deploy-2026',
    'unstuck archive latest',
    'unstuck archive latest --passphrase-file -',
  ],
  run: async (context) => {
    const passphrase = await readPassphrase(context.options['passphrase-file'], context)
    const client = await context.client()
    const runs = await findRunIds({ ...context, client }, context.positionals)
    const output = await client.call(
      'run.archive',
      { runs, passphrase },
      { signal: context.signal, onProgress: sayProgress(context) },
    )
    const lines = describeArchived(output, { verb: 'archived' })
    return { output, lines, exit: exitOfRows(output.rows) }
  },
})
