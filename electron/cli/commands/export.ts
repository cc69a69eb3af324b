import { AppError } from '../../../shared/errors.ts'
import { ExportForm } from '../../../shared/contract/exports.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { changeDocument } from '../changeDocument.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { exportAs } from '../exportAs.ts'
import { unlockOption } from '../passphrase.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { findRef } from '../references.ts'
import { oneOf } from '../values.ts'

const options = {
  as: { type: 'string', value: 'FORM', help: `a file: ${ExportForm.options.join(', ')}` },
  output: {
    type: 'string',
    short: 'o',
    value: 'FILE',
    help: 'that file (named after the runs), or -',
  },
  from: { type: 'string', value: 'CHECKPOINT', help: 'of a patch: where it begins' },
  to: { type: 'string', value: 'CHECKPOINT', help: 'of a patch: where it leads (now)' },
  logs: { type: 'boolean', help: 'of json: with what the attempts wrote' },
  'no-redact': { type: 'boolean', help: 'with all secrets; needs --reason' },
  reason: { type: 'string', value: 'TEXT', help: 'why, for the operations log' },
  ...unlockOption,
  ...planOrApply,
} as const
export type ExportOptions = typeof options

export const exportCommand = defineCommand({
  name: 'export',
  usage: 'RUN…',
  summary: 'Write runs as files for other programs, or an imported run back into its document.',
  details: [
    'With --as: json is one document, jsonl the journal, patch an RFC 6902 patch, otlp a trace of OpenTelemetry.',
    'A document of another engine is exported as json: all of it, and what its engine keeps beside it.',
    'Secrets are taken out, and where is told; --plan shows that and the beginning, and writes nothing.',
    'Without --as it is planned how an imported run is written back into its document; --apply does it.',
  ],
  positionals: { min: 1, max: 10_000 },
  options,
  examples: [
    'unstuck export latest --as otlp -o trace.json',
    'unstuck export deploy-2026 --as json --logs -o - | jq .runs[0].run.status',
    'unstuck export deploy-2026 --as patch --from cp-1 --to cp-4',
    'unstuck export deploy-2026 --apply',
  ],
  run: async (context) => {
    const form = oneOf(context.options.as, ExportForm.options, 'as')
    return form === undefined ? writeBack(context) : exportAs(context, form)
  },
})

async function writeBack(context: CommandContext<ExportOptions>): Promise<Outcome> {
  const [text = '', ...more] = context.positionals
  if (more.length > 0)
    throw new AppError('invalid-input', 'Say as what with --as: one run at a time is written back.')
  const isApplied = wantsApply(context.options)
  const client = await context.client()
  const ref = await findRef({ ...context, client }, text)
  const { origin } = await client.call('document.origin', { ref }, context)
  if (origin === null)
    throw new AppError(
      'invalid-input',
      `Run ${ref.document} was not imported from a document. For a file, say as what: --as json.`,
    )
  const action = { kind: 'export', run: RunId.parse(ref.document) } as const
  const reason = isApplied ? (context.options.reason ?? `export of ${ref.document}`) : null
  return changeDocument(context, origin, { action, reason })
}
