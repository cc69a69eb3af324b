import { createHash } from 'node:crypto'
import { digestOf } from './files.ts'
import { runStepsInTurns, type Steps } from './steps.ts'

/** `sha256:<hex>` of bytes; of many of them while others have their turns: 100 MB take a tenth of a second. */
export async function digestInTurns(bytes: Uint8Array): Promise<string> {
  return bytes.byteLength <= stepBytes ? digestOf(bytes) : runStepsInTurns(digestSteps(bytes))
}

export function* digestSteps(bytes: Uint8Array): Steps<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.byteLength; at += stepBytes) {
    if (at > 0) yield
    hash.update(bytes.subarray(at, at + stepBytes))
  }
  return `sha256:${hash.digest('hex')}`
}

const stepBytes = 1024 * 1024
