import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'

export const sampleCommand = defineCommand({
  name: 'sample',
  usage: '[DIR]',
  summary: 'Fill an empty folder with real runs of every kind, to look around.',
  positionals: { min: 0, max: 1 },
  options: {},
  examples: ['unstuck sample /tmp/sample', 'unstuck list --workspace /tmp/sample'],
  run: async (context) => {
    const [text] = context.positionals
    const folder = text === undefined ? context.workspace : resolve(context.cwd, text)
    mkdirSync(folder, { recursive: true })

    const client = (await context.openHost(folder, 'cli')).client()
    const onProgress = ({ sentence }: { sentence: string }): void =>
      context.say(printable(sentence))
    const output = await client.call('sample.create', {}, { signal: context.signal, onProgress })
    const next = `Look at them: unstuck list --workspace ${folder}`
    return { output, lines: [`${count(output.runs, 'run')} in ${folder}`, next], exit: exits.done }
  },
})
