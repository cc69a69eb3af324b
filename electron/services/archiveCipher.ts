import { openedWith, sealedWith, usualWorkFactor } from '../bundle/passphrase.ts'
import { AppError, needsPassphrase } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { ArchiveCipher } from '../store/store.ts'
import type { ServiceContext } from './context.ts'

/** [E219] Encrypts an archive to a passphrase, in the format of age, and opens it. */
export function archiveCipher(
  { bundleDesk }: Pick<ServiceContext, 'bundleDesk'>,
  run: RunId,
  passphrase: string,
): ArchiveCipher {
  const workFactor = bundleDesk?.workFactor ?? usualWorkFactor
  return {
    encrypt: (plain) => sealedWith(plain, { passphrase, workFactor }),
    decrypt: async (sealed) => {
      try {
        return await openedWith(sealed, passphrase)
      } catch (error) {
        if (!needsPassphrase(error)) throw error
        const message = `The archive of run ${run} does not open with this passphrase, or its header is damaged. Nothing was changed.`
        throw new AppError('invalid-input', message, { run, needs: 'passphrase' }, { cause: error })
      }
    },
  }
}
