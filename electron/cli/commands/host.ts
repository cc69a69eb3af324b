import type { CallOutput } from '../../../shared/contract/contract.ts'
import { defineCommand } from '../command.ts'
import { describeHost } from '../describe/host.ts'
import { exits } from '../exitCodes.ts'
import { wholeNumber } from '../values.ts'

export const hostCommand = defineCommand({
  name: 'host',
  usage: '',
  summary: 'Show what a host keeps of itself: runs in progress, batches that were cut.',
  details: [
    'Of a server or the desktop application its state file is looked at; it goes on writing it.',
    'Journals, locks and the operations log win over the file: where they say something else, both are shown.',
  ],
  positionals: { min: 0, max: 0 },
  options: {
    'state-file': {
      type: 'string',
      value: 'FILE',
      help: 'the file to look at (UNSTUCK_STATE_FILE)',
    },
    dismiss: { type: 'boolean', help: 'forget cut batches and differences: they were seen' },
    batch: { type: 'string', value: 'N', help: 'with --dismiss: only this batch' },
  },
  examples: ['unstuck host --state-file /var/lib/unstuck/host.json', 'unstuck host --dismiss'],
  run: async ({ openHost, workspace, options, paint }) => {
    const host = await openHost(workspace, 'cli', { stateFile: options['state-file'] })
    const client = host.client()
    const batch = wholeNumber(options.batch, 'batch')
    const output: CallOutput<'host.get'> = options.dismiss
      ? await client.call('host.dismiss', { batches: batch === null ? null : [batch] })
      : await client.call('host.get', {})
    return { output, lines: describeHost(output, paint), exit: exits.done }
  },
})
