import { resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand } from '../command.ts'
import { describeBundle } from '../describe/bundle.ts'
import { exits } from '../exitCodes.ts'
import { findExported } from '../findExported.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'
import { sayProgress } from '../sayProgress.ts'
import { piecesOfBundle } from '../sendFile.ts'
import { size } from '../text/quantities.ts'
import { writePieces } from '../writePieces.ts'

export const bundleCommand = defineCommand({
  name: 'bundle',
  usage: 'RUN…|FILE…',
  summary: 'Put runs into one file, secrets masked, to be opened on any machine.',
  details: [
    'Journal, logs, definition and annotations of each run are in it. --plan shows what is, and what is masked.',
    'A document of another engine is carried as the file that it is, with what its engine keeps beside it; it is looked at there, and not imported.',
    'unstuck open FILE shows it read-only; unstuck import FILE --apply makes runs of a workspace of it.',
    'All that match: unstuck select --status failed | xargs unstuck bundle -o failed.unstuck',
  ],
  positionals: { min: 1, max: 10_000 },
  options: {
    plan: { type: 'boolean', help: 'only show what would be in it, and what would be masked' },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'the file (named after the runs)' },
    'no-logs': { type: 'boolean', help: 'without the outputs of attempts' },
    backups: { type: 'boolean', help: 'with backups; only together with --no-redact' },
    paths: { type: 'boolean', help: 'with the folders of this machine' },
    'no-redact': { type: 'boolean', help: 'mask nothing; needs --reason' },
    reason: {
      type: 'string',
      value: 'TEXT',
      help: 'why nothing is masked, for the operations log',
    },
    ...passphraseOption,
  },
  examples: [
    'unstuck bundle latest --plan',
    'unstuck bundle deploy-2026 -o incident-4711.unstuck',
    'unstuck bundle deploy-2026 --passphrase-file ~/secret.txt',
  ],
  run: async (context) => {
    const { options, signal } = context
    const client = await context.client()
    const named = await findExported({ ...context, client }, context.positionals)
    const input = {
      ...named,
      logs: !options['no-logs'],
      backups: options.backups,
      redact: !options['no-redact'],
      paths: options.paths,
    }
    const working = { signal, onProgress: sayProgress(context) }
    const planned = await client.call('bundle.export.plan', input, { signal })
    const lines = describeBundle(planned.plan)
    const { plan, rev, digest, asOf } = planned
    if (options.plan || !plan.ready)
      return { output: planned, lines, exit: plan.ready ? exits.done : exits.notReady }
    const { reason = null } = options
    if (!input.redact && reason === null)
      throw new AppError(
        'invalid-input',
        '--no-redact needs --reason TEXT: the operations log keeps why.',
      )

    const passphrase = await readPassphrase(options['passphrase-file'], context)
    const approved = { ...input, rev, digest, asOf, passphrase, reason }
    const made = await client.call('bundle.export.apply', approved, working)
    const path = resolve(context.cwd, options.output ?? made.name)
    await writePieces(piecesOfBundle(client, made), path)
    const output = { path, sizeBytes: made.sizeBytes, digest: made.digest, plan }
    const { documents = [] } = plan
    const left = [...plan.rows, ...documents].some(({ problem }) => problem !== null)
    return {
      output,
      lines: [
        ...lines,
        `${path}: ${size(made.sizeBytes)}${passphrase === null ? '' : ', encrypted'}`,
      ],
      exit: left ? exits.failedRows : exits.done,
    }
  },
})
