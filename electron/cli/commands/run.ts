import { resolve } from 'node:path'
import { defineCommand } from '../command.ts'
import { followRun, outcomeOfRun } from '../followRun.ts'
import { saySettingsProblem } from '../saySettingsProblem.ts'
import { keyValues } from '../values.ts'

export const runCommand = defineCommand({
  name: 'run',
  usage: 'FILE',
  summary: 'Start a workflow and wait until it rests.',
  details: [
    'Ctrl-C cancels the run and waits for its end; a second Ctrl-C stops waiting.',
    'A value of --input that is JSON is taken as JSON, anything else as text.',
  ],
  positionals: { min: 1, max: 1 },
  options: {
    input: { type: 'string', multiple: true, value: 'KEY=VALUE', help: 'an input of the workflow' },
  },
  examples: ['unstuck run deploy.yaml --input env=staging --trust'],
  run: async (context) => {
    const [file = ''] = context.positionals
    const inputs = keyValues(context.options.input, 'input')

    const client = await context.client()
    await saySettingsProblem(client, context.say)
    const definition = resolve(context.cwd, file)
    const started = await client.call('run.start', { definition, inputs })
    context.say(`Started ${started.ref.document}`)
    return outcomeOfRun(context, started, await followRun(context, started.ref))
  },
})
