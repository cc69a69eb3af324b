import { AppError } from '../../../shared/errors.ts'
import { defineCommand } from '../command.ts'
import { describeBatches } from '../describe/batch.ts'
import { exits } from '../exitCodes.ts'
import { followBatch, outcomeOfBatch } from '../followBatch.ts'
import { verbOf, wholeNumber } from '../values.ts'

const verbs = ['list', 'show', 'pause', 'continue', 'cancel', 'retry'] as const

const options = {
  offset: { type: 'string', value: 'N', help: 'with list and show: rows from here on' },
  reason: { type: 'string', value: 'TEXT', help: 'why, for the operations log' },
  'no-wait': { type: 'boolean', help: 'with continue and retry: leave the work to another host' },
} as const

export const batchCommand = defineCommand({
  name: 'batch',
  usage: 'list | show|pause|continue|cancel|retry BATCH',
  summary: 'Look at resumes of many runs, pause them, let them go on, or end them.',
  details: [
    'continue works on the batch in this process until it rests, unless another host does.',
    'retry plans what failed as it is now, and begins what is ready once more.',
  ],
  positionals: { min: 0, max: 2 },
  options,
  examples: ['unstuck batch', 'unstuck batch show BATCH', 'unstuck batch continue BATCH'],
  run: async (context) => {
    const [word = 'list', batch = ''] = context.positionals
    const verb = verbOf(word, verbs, 'batch')
    const client = await context.client()
    const offset = wholeNumber(context.options.offset, 'offset') ?? 0
    if (verb === 'list') {
      const output = await client.call('resume.batch.list', { offset })
      return { output, lines: describeBatches(output), exit: exits.done }
    }
    if (batch === '') throw new AppError('invalid-input', `Say which: unstuck batch ${verb} BATCH`)
    if (verb === 'show') {
      const shown = await client.call('resume.batch.get', { batch, offset })
      return { ...outcomeOfBatch(context, shown), exit: exits.done }
    }
    const { reason = null, 'no-wait': isLeft } = context.options
    const told = await client.call('resume.batch.control', { batch, action: verb, reason })
    for (const { document, sentence } of told.refused) context.say(`${document}: ${sentence}`)
    if (verb === 'pause' || verb === 'cancel' || isLeft) {
      const shown = await client.call('resume.batch.get', { batch })
      const { lines } = outcomeOfBatch(context, shown)
      return { output: told, lines, exit: exits.done }
    }
    const followed = await followBatch(context, batch)
    const { batch: summary } = await client.call('resume.batch.get', { batch, limit: 1 })
    return { ...followed, output: { ...told, batch: summary } }
  },
})
