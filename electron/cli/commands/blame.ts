import type { BlameRow } from '../../../shared/contract/compare.ts'
import type { CallOutput } from '../../../shared/contract/contract.ts'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { readPassphrase, unlockOption } from '../passphrase.ts'
import { findSide } from '../references.ts'
import { oneLineOfJson } from '../text/oneLineOfJson.ts'
import { printable } from '../text/printable.ts'
import { count, time } from '../text/quantities.ts'
import { wholeNumber } from '../values.ts'

export const blameCommand = defineCommand({
  name: 'blame',
  usage: 'RUN[@CHECKPOINT] POINTER',
  summary: 'Say which record last changed a value, and every change of it before.',
  details: ['POINTER is an RFC 6901 pointer into the state, such as /steps/build/output.'],
  positionals: { min: 2, max: 2 },
  options: {
    limit: { type: 'string', value: 'N', help: 'at most this many changes (20)' },
    offset: { type: 'string', value: 'N', help: 'leave out this many changes (0)' },
    ...unlockOption,
  },
  examples: ['unstuck blame latest /variables/total', 'unstuck blame latest@cp-2 /steps/build'],
  run: async (context) => {
    const { options, signal } = context
    const [text = '', path = ''] = context.positionals
    const client = await context.client()
    const passphrase = await readPassphrase(options['passphrase-file'], context)
    const { ref, checkpoint } = await findSide({ ...context, client, passphrase }, text)
    const offset = wholeNumber(options.offset, 'offset') ?? 0
    const limit = wholeNumber(options.limit, 'limit') ?? 20
    const pointer = path === '' || path.startsWith('/') ? path : `/${path}`
    const input = { ref, checkpoint, pointer, offset, limit }
    const output = await client.call('state.blame', input, { signal })
    return { output, lines: describe(output, { pointer, offset }), exit: exits.done }
  },
})

function describe(
  { changes, total, parent, problem }: CallOutput<'state.blame'>,
  { pointer, offset }: { readonly pointer: string; readonly offset: number },
): readonly string[] {
  if (problem !== null) return [problem]
  if (total === 0) return [`Nothing has ever been at ${printable(pointer)}.`]
  const shown = offset + changes.length
  const isTakenOver = parent !== null && shown === total
  return [
    `${printable(pointer === '' ? '(the whole state)' : pointer)} was changed by ${count(total, 'record')}, the newest first:`,
    ...changes.flatMap(describeChange),
    ...(shown < total ? [`${total - shown} more: --offset ${shown}`] : []),
    ...(isTakenOver ? [`What was before is in its parent: unstuck blame ${parent.run}`] : []),
  ]
}

function describeChange(row: BlameRow): readonly string[] {
  const { seq, at, sentence, before, after, gapFromSeq, checkpoint } = row
  const record = gapFromSeq === null ? `record ${seq}` : `records ${gapFromSeq} to ${seq}`
  const where = checkpoint === null ? '' : `, in checkpoint ${printable(checkpoint.name)}`
  const missing = gapFromSeq === null ? '' : ' Some of these records are missing.'
  return [
    `${time(at)}  ${record}${where}: ${printable(sentence)}${missing}`,
    `    ${valueText(before)} → ${valueText(after)}`,
  ]
}

function valueText(json: string | null): string {
  return json === null ? '(not there)' : oneLineOfJson(json)
}
