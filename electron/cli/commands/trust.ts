import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'

export const trustCommand = defineCommand({
  name: 'trust',
  usage: '',
  summary: 'Allow that steps of the workflows of this folder are executed.',
  details: ['The decision is kept outside the folder. To look, compare and repair needs no trust.'],
  positionals: { min: 0, max: 0 },
  options: { revoke: { type: 'boolean', help: 'take the trust back' } },
  examples: ['unstuck trust', 'unstuck trust --revoke'],
  run: async ({ client, options, workspace }) => {
    const output = await (await client()).call('workspace.trust', { trusted: !options.revoke })
    const state = output.trusted ? 'is trusted' : 'is not trusted'
    return { output, lines: [`${output.path ?? workspace} ${state}.`], exit: exits.done }
  },
})
