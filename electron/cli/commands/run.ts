import { resolve } from 'node:path'
import { defineCommand, type Outcome } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { followRun, outcomeOfRun } from '../followRun.ts'
import { saySettingsProblem } from '../saySettingsProblem.ts'
import { inputValues } from '../inputValues.ts'

export const runCommand = defineCommand({
  name: 'run',
  usage: 'FILE',
  summary: 'Start a workflow and wait until it rests.',
  details: [
    'Ctrl-C pauses the run and waits for its rest; a second one cancels it, a third stops waiting.',
    'With --detach the run goes on in a process of its own, and its id is printed.',
    'A value of --input is read by the type that the workflow gives it; @FILE stands for what a file holds.',
  ],
  positionals: { min: 1, max: 1 },
  options: {
    input: { type: 'string', multiple: true, value: 'KEY=VALUE', help: 'an input of the workflow' },
    detach: { type: 'boolean', help: 'let it go on in a process of its own, and end at once' },
  },
  examples: ['unstuck run deploy.yaml --input env=staging --trust'],
  run: async (context) => {
    const [file = ''] = context.positionals
    if (context.options.detach) return detachedOutcome(await context.detach())
    const client = await context.client()
    await saySettingsProblem(client, context.say)
    const definition = resolve(context.cwd, file)
    const pairs = context.options.input
    const inputs = await inputValues(client, pairs, { definition, cwd: context.cwd })
    const started = await client.call('run.start', { definition, inputs })
    context.say(`Started ${started.ref.document}`)
    if (started.kept === false)
      context.say('Nothing of it is kept: persistence is off in unstuck.json.')
    return outcomeOfRun(context, started, await followRun(context, started.ref))
  },
})

function detachedOutcome(run: string): Outcome {
  return { output: { run }, lines: [run], exit: exits.done }
}
