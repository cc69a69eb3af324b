// Where a passphrase comes from: a file, or a line that is typed. Never an argument, which every process of the machine can read.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { OptionTable } from './command.ts'

export const passphraseOption = {
  'passphrase-file': {
    type: 'string',
    value: 'FILE',
    help: 'encrypt to, or decrypt with, the first line of this file; "-": ask for it',
  },
} as const satisfies OptionTable

/** Of commands that read: it is open in the memory of the command, and gone with it. */
export const unlockOption = {
  'passphrase-file': {
    type: 'string',
    value: 'FILE',
    help: 'open an encrypted archived run with the first line of this file; "-": ask for it',
  },
} as const satisfies OptionTable

/** Null: none was asked for. */
export async function readPassphrase(
  file: string | undefined,
  { cwd, ask }: { readonly cwd: string; readonly ask: (question: string) => Promise<string> },
): Promise<string | null> {
  if (file === undefined) return null
  const text = file === '-' ? await ask('Passphrase: ') : await readText(resolve(cwd, file), file)
  const [line = ''] = text.split(/\r?\n/)
  if (line !== '') return line
  throw new AppError('invalid-input', 'The passphrase is empty.')
}

async function readText(path: string, named: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const message = `The passphrase cannot be read from ${named}. Check the name and the rights of the file.`
    throw new AppError('invalid-input', message, {}, { cause: error })
  }
}
