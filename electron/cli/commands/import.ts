import { defineCommand } from '../command.ts'
import { describeImport } from '../describe/document.ts'
import { exits } from '../exitCodes.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { findRef, insideWorkspace } from '../references.ts'
import { keyValue } from '../values.ts'

export const importCommand = defineCommand({
  name: 'import',
  usage: 'FILE',
  summary: "Plan a run of Unstuck of another engine's state, and with --apply make it.",
  details: ['The document stays where it is. What cannot be expressed is named.'],
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
  },
  examples: [
    'unstuck import storage/states/6f1c.json --definition .awf/workflows/deploy.yaml',
    'unstuck import storage/states/6f1c.json --apply',
  ],
  run: async (context) => {
    const [text = ''] = context.positionals
    const isApplied = wantsApply(context.options)
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
