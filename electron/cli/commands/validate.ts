import { resolve } from 'node:path'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { count } from '../text/quantities.ts'

export const validateCommand = defineCommand({
  name: 'validate',
  usage: 'FILE',
  summary: 'Say everything that is wrong with a workflow. Starts nothing.',
  details: [
    'Each problem is a line: FILE:LINE:COLUMN: what is wrong, and what may have been meant.',
    'A workflow in TypeScript or JavaScript is executed to be read, so its folder has to be trusted.',
  ],
  positionals: { min: 1, max: 1 },
  options: {},
  examples: ['unstuck validate deploy.yaml', 'unstuck validate deploy.ts --trust'],
  run: async (context) => {
    const [file = ''] = context.positionals
    const client = await context.client()
    const definition = resolve(context.cwd, file)
    const output = await client.call('workflow.read', { definition }, context)
    const problems = output.problems.map(({ line, column, message, suggestion }) => {
      const hint = suggestion === null ? '' : ` Did you mean \`${suggestion}\`?`
      return `${file}:${line}:${column}: ${message}${hint}`
    })
    const summary =
      problems.length > 0
        ? `${file} has ${count(problems.length, 'problem')}.`
        : `${file} is valid: ${output.name ?? ''}, ${count(output.steps.length, 'step')}.`
    const exit = problems.length > 0 ? exits.notReady : exits.done
    return { output, lines: [...problems, summary], exit }
  },
})
