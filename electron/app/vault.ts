import { safeStorage } from 'electron'

export type Vault = {
  /** Why nothing can be kept safely on this machine; null: it can. */
  readonly whyNot: () => string | null
  /** Only where it can be kept safely. */
  readonly seal: (secret: string) => string
  /** Null: it was sealed on another machine or for another account, and is of no use here. */
  readonly unseal: (sealed: string) => string | null
}

/** Secrets encrypted with a key that the system keeps for this account. */
export function createVault(): Vault {
  return {
    whyNot,
    seal: (secret) => safeStorage.encryptString(secret).toString('base64'),
    unseal: (sealed) => {
      if (whyNot() !== null) return null
      try {
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'))
      } catch {
        return null // the token is asked for again
      }
    },
  }
}

/** Without a key ring, Electron on Linux encrypts with a key that is known to everybody. */
function whyNot(): string | null {
  const isLinux = process.platform === 'linux'
  const isPlain = isLinux && safeStorage.getSelectedStorageBackend() === 'basic_text'
  if (safeStorage.isEncryptionAvailable() && !isPlain) return null
  return 'Tokens are not kept on this machine: it has no key ring. The host is remembered, and its token asked for each time.'
}
