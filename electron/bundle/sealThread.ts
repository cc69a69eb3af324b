// The host's end of a thread that encrypts or decrypts: a guess of a passphrase costs a second, which nobody else waits for.
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Worker } from 'node:worker_threads'

export type SealTask =
  | { readonly kind: 'seal'; readonly passphrase: string; readonly workFactor: number }
  | { readonly kind: 'open'; readonly passphrase: string }

export type SealRequest = { readonly task: SealTask; readonly content: ReadableStream<Uint8Array> }

export type SealReply =
  | { readonly kind: 'begun'; readonly content: ReadableStream<Uint8Array> }
  | { readonly kind: 'failed'; readonly message: string }

/** [X104] Resolves when the key is known, with what becomes of the content; rejects where it does not open. */
export async function throughSealThread(content: Readable, task: SealTask): Promise<Readable> {
  const worker = new Worker(sealEntry, { name: 'unstuck seal' })
  try {
    const made = Readable.fromWeb(await ask(worker, content, task))
    // The content may end with an error before anybody reads it.
    content.on('error', (error) => made.destroy(error))
    made.on('close', () => void worker.terminate())
    return made
  } catch (error) {
    await worker.terminate()
    throw error
  }
}

function ask(
  worker: Worker,
  content: Readable,
  task: SealTask,
): Promise<ReadableStream<Uint8Array>> {
  const stream: ReadableStream<Uint8Array> = Readable.toWeb(content)
  return new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('The thread that encrypts has ended.')))
    worker.on('message', (reply: SealReply) => {
      if (reply.kind === 'begun') resolve(reply.content)
      else reject(new Error(reply.message))
    })
    worker.postMessage({ task, content: stream } satisfies SealRequest, [stream])
  })
}

/** Beside the program in a bundle, beside this file in the source. */
const sealEntry = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'sealMain.ts' : 'seal.js',
)
