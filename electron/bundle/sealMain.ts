// The entry of the thread that encrypts and decrypts, in the format of age.
import { isMainThread, parentPort } from 'node:worker_threads'
import type { ReadableStream } from 'node:stream/web'
import { Decrypter, Encrypter } from 'age-encryption'
import { invariant } from '../../shared/assert.ts'
import type { SealReply, SealRequest } from './sealThread.ts'

invariant(!isMainThread && parentPort !== null, 'The thread that encrypts is started by a host.')
const port = parentPort
// Listening keeps the thread: a stream alone does not. Its host ends it.
port.on('message', (request: SealRequest) => void answer(request))

async function answer(request: SealRequest): Promise<void> {
  try {
    const content = await through(request)
    port.postMessage({ kind: 'begun', content } satisfies SealReply, [content])
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    port.postMessage({ kind: 'failed', message } satisfies SealReply)
  }
}

async function through({ task, content }: SealRequest): Promise<ReadableStream<Uint8Array>> {
  if (task.kind === 'open') {
    const decrypter = new Decrypter()
    decrypter.addPassphrase(task.passphrase)
    return decrypter.decrypt(content)
  }
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(task.workFactor)
  encrypter.setPassphrase(task.passphrase)
  return encrypter.encrypt(content)
}
