import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from './app.ts'

/** A key ring of the system: the key lies beside the application's own files, and is never given to it. */
export const safeStorage = {
  isEncryptionAvailable: () => process.env['UNSTUCK_DOUBLE_KEY_RING'] !== 'none',
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string): Buffer => {
    const iv = randomBytes(16)
    const cipher = createCipheriv('aes-256-ctr', key(), iv)
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()])
  },
  decryptString: (sealed: Buffer): string => {
    const cipher = createDecipheriv('aes-256-ctr', key(), sealed.subarray(0, 16))
    return Buffer.concat([cipher.update(sealed.subarray(16)), cipher.final()]).toString('utf8')
  },
}

function key(): Buffer {
  const path = join(dirname(app.getPath('userData')), 'key-ring')
  try {
    return readFileSync(path)
  } catch {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, randomBytes(32)) // it is made with the first use
    return readFileSync(path)
  }
}
