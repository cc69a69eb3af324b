// Encryption of whole bundles to a passphrase, in the format of age: `age -d FILE` opens them too.
import type { Readable } from 'node:stream'
import { AppError } from '../../shared/errors.ts'
import { throughSealThread } from './sealThread.ts'

const firstLine = Buffer.from('age-encryption.org/v1\n')

/** Whether a file that begins like this is encrypted. */
export function isSealed(start: Uint8Array): boolean {
  return Buffer.from(start.subarray(0, firstLine.length)).equals(firstLine)
}

/** How many bytes of a file tell what it is. */
export const sealMarkBytes = firstLine.length

/** What makes each guess of a passphrase cost a second. */
export const usualWorkFactor = 18

export type Seal = {
  readonly passphrase: string
  /** Binary logarithm of the work of one guess. */
  readonly workFactor: number
}

export async function sealedWith(
  content: Readable,
  { passphrase, workFactor }: Seal,
): Promise<Readable> {
  requirePassphrase(passphrase)
  return throughSealThread(content, { kind: 'seal', passphrase, workFactor })
}

/** Throws `invalid-input` for a wrong passphrase; a part that was changed ends the stream with an error. */
export async function openedWith(content: Readable, passphrase: string | null): Promise<Readable> {
  if (passphrase === null)
    throw new AppError(
      'invalid-input',
      'The bundle is encrypted: its passphrase is needed. Look at it with unstuck open FILE --passphrase-file -, or import it into a workspace, which asks for it.',
      { needs: 'passphrase' },
    )
  try {
    return await throughSealThread(content, { kind: 'open', passphrase })
  } catch (error) {
    content.destroy()
    const message = 'The bundle does not open with this passphrase, or its header is damaged.'
    throw new AppError('invalid-input', message, { needs: 'passphrase' }, { cause: error })
  }
}

function requirePassphrase(passphrase: string): void {
  if (passphrase.length > 0) return
  throw new AppError('invalid-input', 'The passphrase is empty. Nothing was written.')
}
