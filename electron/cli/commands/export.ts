import { AppError } from '../../../shared/errors.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { changeDocument } from '../changeDocument.ts'
import { defineCommand } from '../command.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { findRef } from '../references.ts'

export const exportCommand = defineCommand({
  name: 'export',
  usage: 'RUN',
  summary: 'Plan how an imported run is written back into its document, and with --apply do it.',
  details: ['Unchanged, the document stays byte for byte as it is.'],
  positionals: { min: 1, max: 1 },
  options: { ...planOrApply, reason: { type: 'string', value: 'TEXT', help: 'why' } },
  examples: ['unstuck export deploy-2026', 'unstuck export deploy-2026 --apply'],
  run: async (context) => {
    const [text = ''] = context.positionals
    const isApplied = wantsApply(context.options)
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    const { origin } = await client.call('document.origin', { ref }, context)
    if (origin === null)
      throw new AppError('invalid-input', `Run ${ref.document} was not imported from a document.`)
    const action = { kind: 'export', run: RunId.parse(ref.document) } as const
    const reason = isApplied ? (context.options.reason ?? `export of ${ref.document}`) : null
    return changeDocument(context, origin, { action, reason })
  },
})
