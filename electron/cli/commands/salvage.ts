import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { applySalvage } from '../../../shared/core/repair/salvage/applySalvage.ts'
import type { Salvage } from '../../../shared/core/repair/salvage/salvageResult.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand } from '../command.ts'
import { describeSalvage } from '../describe/salvage.ts'
import { exits } from '../exitCodes.ts'
import { salvageFile } from '../salvageFile.ts'
import { printableLog } from '../text/printable.ts'

export const salvageCommand = defineCommand({
  name: 'salvage',
  usage: 'FILE',
  summary:
    'Take out of broken JSON what can be read, and say what is certain. FILE stays as it is.',
  details: [
    'The document goes to the standard output, everything that was found to the error output.',
    'Without options it holds what is certain or likely. What was cut is shown, never completed.',
  ],
  positionals: { min: 1, max: 1 },
  options: {
    certain: { type: 'boolean', help: 'only what cannot have been otherwise' },
    guesses: { type: 'boolean', help: 'also what is a guess' },
    reject: { type: 'string', multiple: true, value: 'ID', help: 'do without an item' },
    out: { type: 'string', value: 'FILE', help: 'write the document to a new file' },
  },
  examples: [
    'unstuck salvage broken.json --out mended.json',
    'unstuck salvage broken.json --certain',
    'unstuck salvage broken.json --guesses --reject zeroed@4096',
  ],
  run: async (context) => {
    const [file = ''] = context.positionals
    const { certain, guesses, reject, out } = context.options
    const result = await salvageFile(resolve(context.cwd, file), context)
    const rejected = rejectedIds(result, reject, guesses)
    const document = certain ? certainOf(result) : applySalvage(result, rejected)

    if (out !== undefined && document !== null) await writeNew(resolve(context.cwd, out), document)
    if (out === undefined && document !== null)
      context.write(`${context.isTty ? printableLog(document) : document}\n`)

    const { source: _source, text: _text, hasEscapedBytes: _bytes, ...told } = result
    const exit = document === null ? exits.findings : exits.done
    return {
      output: { ...told, document },
      lines: [],
      notes: describeSalvage(file, result, out),
      exit,
    }
  },
})

function certainOf({ kind, text }: Salvage): string | null {
  return kind === 'nothing' ? null : text
}

function rejectedIds(
  { items }: Salvage,
  reject: readonly string[],
  withGuesses: boolean,
): readonly string[] {
  const unknown = reject.find(
    (id) => !items.some((item) => item.id === id && item.without !== null),
  )
  if (unknown !== undefined)
    throw new AppError('invalid-input', `There is no item "${unknown}" that can be done without.`)
  const guesses = items.filter(({ confidence }) => confidence === 'guess').map(({ id }) => id)
  return withGuesses ? reject : [...reject, ...guesses]
}

/** Never over a file that is there: it may be the one that is to be saved. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    if (isThere)
      throw new AppError(
        'invalid-input',
        `${path} is there already. Name a new file.`,
        {},
        { cause },
      )
    throw new AppError('io', `${path} cannot be written.`, {}, { cause })
  }
}
