import type { AnnotationChange } from '../../../shared/schema/annotationChange.ts'
import { annotationColours } from '../../../shared/schema/annotationChange.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand, type OptionTable, type OptionValues } from '../command.ts'
import { describeRows } from '../describe/rows.ts'
import { exitOfRows } from '../exitCodes.ts'
import { findRunIds } from '../findRunIds.ts'
import { sayProgress } from '../sayProgress.ts'
import { oneOf } from '../values.ts'

const options = {
  pin: { type: 'boolean', help: 'pin it: clean up leaves it alone' },
  unpin: { type: 'boolean', help: 'take the pin away' },
  note: { type: 'string', value: 'TEXT', help: 'its note; an empty one takes it away' },
  colour: {
    type: 'string',
    value: 'COLOUR',
    help: `${annotationColours.join(', ')}, or none`,
  },
  tag: { type: 'string', value: 'TAG', multiple: true, help: 'a tag; these replace all it has' },
  'no-tags': { type: 'boolean', help: 'take all its tags away' },
} as const satisfies OptionTable

export const annotateCommand = defineCommand({
  name: 'annotate',
  usage: 'RUN…',
  summary: 'Pin runs, or give them a note, a colour or tags. It is recorded in the run itself.',
  positionals: { min: 1, max: 10_000 },
  options,
  examples: [
    'unstuck annotate latest --pin --note "kept for the audit"',
    'unstuck annotate deploy-2026 --colour red --tag payments --tag eu',
  ],
  run: async (context) => {
    const change = changeOf(context.options)
    if (Object.keys(change).length === 0) {
      const message = 'Say what: --pin, --unpin, --note, --colour, --tag or --no-tags.'
      throw new AppError('invalid-input', message)
    }
    const client = await context.client()
    const runs = await findRunIds({ ...context, client }, context.positionals)
    const output = await client.call(
      'run.annotate',
      { runs: [...runs], change },
      { signal: context.signal, onProgress: sayProgress(context) },
    )
    return { output, lines: describeRows(output.rows), exit: exitOfRows(output.rows) }
  },
})

function changeOf(given: OptionValues<typeof options>): AnnotationChange {
  const { pin, unpin, note, colour, tag } = given
  if (pin && unpin) throw new AppError('invalid-input', 'Say --pin or --unpin, not both.')
  const chosen = oneOf(colour, [...annotationColours, 'none'] as const, 'colour')
  return {
    ...(pin ? { pinned: true } : {}),
    ...(unpin ? { pinned: false } : {}),
    ...(note === undefined ? {} : { note: note === '' ? null : note }),
    ...(chosen === undefined ? {} : { colour: chosen === 'none' ? null : chosen }),
    ...(given['no-tags'] ? { tags: [] } : tag.length > 0 ? { tags: [...tag] } : {}),
  }
}
