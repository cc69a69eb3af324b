import { resolve } from 'node:path'
import { bundleEnding } from '../../../shared/core/bundle/manifest.ts'
import { defineCommand } from '../command.ts'
import { describeImport } from '../describe/document.ts'
import { exits } from '../exitCodes.ts'
import { importBundle } from '../importBundle.ts'
import { passphraseOption } from '../passphrase.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { findRef, insideWorkspace } from '../references.ts'
import { keyValue } from '../values.ts'

export const importCommand = defineCommand({
  name: 'import',
  usage: 'FILE',
  summary:
    "Plan runs of Unstuck of another engine's state or of a bundle, and with --apply make them.",
  details: [
    'The document stays where it is. What cannot be expressed is named.',
    'Of a bundle (FILE.unstuck) all runs, or those named with --run; one whose id is taken gets another.',
  ],
  positionals: { min: 1, max: 1 },
  options: {
    ...planOrApply,
    definition: { type: 'string', value: 'FILE', help: "the engine's own definition" },
    command: {
      type: 'string',
      multiple: true,
      value: 'STEP=COMMAND',
      help: 'what runs a step, where the document does not say',
    },
    run: { type: 'string', multiple: true, value: 'RUN', help: 'only this run of a bundle' },
    ...passphraseOption,
  },
  examples: [
    'unstuck import storage/states/6f1c.json --definition .awf/workflows/deploy.yaml',
    'unstuck import storage/states/6f1c.json --apply',
    'unstuck import incident-4711.unstuck --apply',
  ],
  run: async (context) => {
    const [text = ''] = context.positionals
    const isApplied = wantsApply(context.options)
    if (text.endsWith(bundleEnding)) {
      const { run: runs, 'passphrase-file': passphraseFile } = context.options
      const path = resolve(context.cwd, text)
      return importBundle(context, { path, isApplied, runs, passphraseFile })
    }
    const client = await context.client()
    const ref = await findRef({ ...context, client }, text)
    const { definition: named, command } = context.options
    const definition = named === undefined ? null : (insideWorkspace(named, context) ?? named)
    const commands = Object.fromEntries(command.map((pair) => keyValue(pair, 'command')))
    const input = { ref, definition, commands }
    const planned = await client.call('document.import.plan', input, context)
    const { plan, rev, digest, asOf } = planned
    const lines = describeImport(plan)
    if (!isApplied || !plan.ready) {
      const hint = plan.ready ? ['', 'Do it: the same command with --apply'] : []
      const exit = plan.ready ? exits.done : exits.notReady
      return { output: planned, lines: [...lines, ...hint], exit }
    }
    const approved = { ...input, run: plan.run, rev, digest, asOf }
    const output = await client.call('document.import.apply', approved)
    const run = output.ref.document
    const verb = output.observed ? 'Imported, and read back' : 'Requested'
    return {
      output,
      lines: [`${verb}: run ${run}.`, `Let it go on: unstuck resume ${run}`],
      exit: output.observed ? exits.done : exits.notSeen,
    }
  },
})
